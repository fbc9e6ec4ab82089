using Engagement.Consultations.Contracts;

namespace Engagement.Participation.Domain;

internal enum AnnouncementKind
{
    Extended,
    Withdrawn,
    Outcome,
}

/// <summary>Something that everybody who left an address is to be told once. A job composes the messages in batches and notes how far it has come.</summary>
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

    /// <summary>Of an extension: the new first instant that is too late.</summary>
    public DateTimeOffset? ClosesAt { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The last contact for whom a message has been queued, in the order of ids; null before the first batch.</summary>
    public Guid? ToldUpTo { get; private set; }

    public int Told { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public int OutcomeVersion => int.Parse(Occasion, System.Globalization.CultureInfo.InvariantCulture);

    public static Announcement OfExtension(ResponseForm form, DateTimeOffset closesAt, string reason, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = form.ConsultationId,
        Kind = AnnouncementKind.Extended,
        Occasion = closesAt.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        Slug = form.Slug,
        Title = form.Title,
        Reason = reason,
        ClosesAt = closesAt,
        CreatedAt = now,
    };

    public static Announcement OfWithdrawal(ResponseForm form, string reason, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = form.ConsultationId,
        Kind = AnnouncementKind.Withdrawn,
        Occasion = "withdrawn",
        Slug = form.Slug,
        Title = form.Title,
        Reason = reason,
        CreatedAt = now,
    };

    public static Announcement OfOutcome(ConsultationId consultationId, int version, string slug, string title, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = consultationId,
        Kind = AnnouncementKind.Outcome,
        Occasion = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Slug = slug,
        Title = title,
        CreatedAt = now,
    };

    public void Advance(Guid contact, int told)
    {
        ToldUpTo = contact;
        Told += told;
    }

    public void Complete(DateTimeOffset now) => CompletedAt ??= now;
}
