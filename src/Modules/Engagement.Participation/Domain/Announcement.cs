using Engagement.Consultations.Contracts;

namespace Engagement.Participation.Domain;

internal enum AnnouncementKind
{
    Opened,
    ClosingSoon,
    Closed,
    Extended,
    Withdrawn,
    Outcome,
    Corrected,
    Restarted,
}

/// <summary>
/// Something that everybody who left an address with a response, or asked for updates, is to be told once. A job composes the messages in
/// batches, first for the ones and then for the others, and notes how far it has come.
/// </summary>
internal sealed class Announcement
{
    private Announcement()
    {
    }

    public Guid Id { get; private init; }

    public ConsultationId ConsultationId { get; private init; }

    public AnnouncementKind Kind { get; private init; }

    /// <summary>Tells announcements of one kind apart: the outcome's version, or the new deadline. The same event delivered twice is one announcement.</summary>
    public string Occasion { get; private init; } = "";

    public string Slug { get; private init; } = "";

    public string Title { get; private init; } = "";

    /// <summary>The council's public reason; empty for an outcome.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>The first instant that is too late, where it is told; of an extension the new one.</summary>
    public DateTimeOffset? ClosesAt { get; private init; }

    /// <summary>Of the consultation: whoever follows one of them is told.</summary>
    public string[] Topics { get; private init; } = [];

    public string[] Areas { get; private init; } = [];

    /// <summary>Of a close: how many responded.</summary>
    public int? ResponseCount { get; private init; }

    /// <summary>Of a close: the last day on which the outcome is in time.</summary>
    public DateOnly? OutcomeDueOn { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The last contact for whom a message has been queued, in the order of ids; null before the first batch.</summary>
    public Guid? ToldUpTo { get; private set; }

    /// <summary>Those who left an address with a response are done, or are not told of this.</summary>
    public bool ContactsAreTold { get; private set; }

    /// <summary>The same for those who asked for updates.</summary>
    public Guid? FollowerUpTo { get; private set; }

    public int Told { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public int OutcomeVersion => int.Parse(Occasion, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What somebody must have asked to be told of to be told this.</summary>
    public UpdatePurpose Purpose => Kind switch
    {
        AnnouncementKind.Opened or AnnouncementKind.Restarted => UpdatePurpose.Opening,
        AnnouncementKind.ClosingSoon or AnnouncementKind.Extended or AnnouncementKind.Corrected => UpdatePurpose.Deadline,
        AnnouncementKind.Closed or AnnouncementKind.Withdrawn => UpdatePurpose.Closing,
        _ => UpdatePurpose.Outcome,
    };

    /// <summary>Whoever responded is told of what became of it; the rest is for those who asked.</summary>
    public bool IsForContacts => Kind is AnnouncementKind.Extended or AnnouncementKind.Withdrawn or AnnouncementKind.Outcome or AnnouncementKind.Corrected or AnnouncementKind.Restarted;

    public static Announcement OfOpening(ConsultationFacts facts, DateTimeOffset now) => OfFacts(facts, AnnouncementKind.Opened, "opened", now);

    public static Announcement OfClosingSoon(ConsultationFacts facts, DateTimeOffset now) => OfFacts(facts, AnnouncementKind.ClosingSoon, Spell(facts.ClosesAt), now);

    public static Announcement OfClose(ConsultationFacts facts, int responseCount, DateOnly outcomeDueOn, DateTimeOffset now) =>
        OfFacts(facts, AnnouncementKind.Closed, "closed", now, responseCount, outcomeDueOn);

    public static Announcement OfFacts(
        ConsultationFacts facts, AnnouncementKind kind, string occasion, DateTimeOffset now, int? responseCount = null, DateOnly? outcomeDueOn = null, string reason = "") => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = facts.Id,
        Kind = kind,
        Occasion = occasion,
        Slug = facts.Slug,
        Title = facts.Title,
        Reason = reason,
        ClosesAt = facts.ClosesAt,
        Topics = [.. facts.Topics],
        Areas = [.. facts.Areas],
        ResponseCount = responseCount,
        OutcomeDueOn = outcomeDueOn,
        ContactsAreTold = true,
        CreatedAt = now,
    };

    private static string Spell(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public static Announcement OfExtension(ResponseForm form, ConsultationFacts? facts, DateTimeOffset closesAt, string reason, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = form.ConsultationId,
        Kind = AnnouncementKind.Extended,
        Occasion = Spell(closesAt),
        Slug = form.Slug,
        Title = form.Title,
        Reason = reason,
        ClosesAt = closesAt,
        Topics = [.. facts?.Topics ?? []],
        Areas = [.. facts?.Areas ?? []],
        CreatedAt = now,
    };

    public static Announcement OfWithdrawal(ResponseForm form, ConsultationFacts? facts, string reason, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = form.ConsultationId,
        Kind = AnnouncementKind.Withdrawn,
        Occasion = "withdrawn",
        Slug = form.Slug,
        Title = form.Title,
        Reason = reason,
        Topics = [.. facts?.Topics ?? []],
        Areas = [.. facts?.Areas ?? []],
        CreatedAt = now,
    };

    /// <param name="correction">The notice or the paper, so that each is told once.</param>
    /// <param name="words">What was corrected or added, and why.</param>
    public static Announcement OfCorrection(ResponseForm form, ConsultationFacts? facts, Guid correction, string words, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = form.ConsultationId,
        Kind = AnnouncementKind.Corrected,
        Occasion = correction.ToString(),
        Slug = form.Slug,
        Title = form.Title,
        Reason = words,
        ClosesAt = form.ClosesAt,
        Topics = [.. facts?.Topics ?? []],
        Areas = [.. facts?.Areas ?? []],
        CreatedAt = now,
    };

    /// <summary>
    /// Of the earlier round, for those who responded to it and those who follow it itself; whoever follows a topic or an area of the new one is told of its opening.
    /// </summary>
    public static Announcement OfNewRound(ConsultationFacts earlier, ConsultationFacts opened, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = earlier.Id,
        Kind = AnnouncementKind.Restarted,
        Occasion = opened.Id.ToString(),
        Slug = opened.Slug,
        Title = opened.Title,
        Reason = opened.WhatChanged ?? "",
        ClosesAt = opened.ClosesAt,
        CreatedAt = now,
    };

    public static Announcement OfOutcome(ConsultationId consultationId, ConsultationFacts? facts, int version, string slug, string title, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = consultationId,
        Kind = AnnouncementKind.Outcome,
        Occasion = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Slug = slug,
        Title = title,
        Topics = [.. facts?.Topics ?? []],
        Areas = [.. facts?.Areas ?? []],
        CreatedAt = now,
    };

    public void Advance(Guid contact, int told)
    {
        ToldUpTo = contact;
        Told += told;
    }

    public void GoOnToFollowers() => ContactsAreTold = true;

    /// <param name="told">Of whom so many had not been told yet by another way.</param>
    public void AdvanceFollowers(Guid follower, int told)
    {
        FollowerUpTo = follower;
        Told += told;
    }

    public void Complete(DateTimeOffset now) => CompletedAt ??= now;
}
