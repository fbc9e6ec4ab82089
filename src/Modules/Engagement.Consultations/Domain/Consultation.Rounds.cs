using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>Asking again: a new round, linked to the one before it.</summary>
internal sealed partial class Consultation
{
    /// <summary>Counts from 1.</summary>
    public int Round { get; private init; } = 1;

    /// <summary>The round that this one repeats; null for a first one.</summary>
    public ConsultationId? RestartOf { get; private init; }

    /// <summary>What is different from that round, in words for the public.</summary>
    public string? WhatChanged { get; private init; }

    /// <summary>
    /// Drafts a new round with the same text and regimes: after a material change to what was proposed people must be asked again about what is proposed now.
    /// The dates that the law counts from are left out, for they are others. What is still open is withdrawn for that reason; what has closed stays as it is, and
    /// so do its responses.
    /// </summary>
    /// <param name="whatChanged">In words for the public.</param>
    /// <exception cref="RuleBrokenException"><c>never-opened</c>, or as <see cref="ConsultationPeriod.Between"/>.</exception>
    public Consultation Restart(string slug, UkMoment opens, UkMoment closes, string whatChanged, Actor author, DateTimeOffset now)
    {
        var wasOpen = Status == ConsultationStatus.Withdrawn ? FirstPublishedAt is not null : Status is not (ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval) && now >= Period.OpensAt;
        Require(wasOpen, "never-opened", "The public has not been asked yet, so there is nothing to repeat. Change this one instead.");
        var details = Details with { Opens = opens, Closes = closes, Inputs = new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal) };
        var next = new Consultation
        {
            Id = ConsultationId.New(),
            EngagementId = EngagementId,
            Slug = slug,
            Content = ConsultationContent.Of(details),
            Period = ConsultationPeriod.Between(opens, closes),
            Authors = [author.ToString()],
            Round = Round + 1,
            RestartOf = Id,
            WhatChanged = whatChanged.Trim(),
        };
        if (CanBeWithdrawn(now))
        {
            Withdraw(whatChanged, now);
        }

        Raise(new NextRoundDrafted(Id, next.Id, next.Round, now));
        next.Raise(new ConsultationDrafted(next.Id, EngagementId, slug, next.Details, now));
        next.Raise(new ConsultationRestarted(next.Id, Id, next.Round, next.WhatChanged, now));
        return next;
    }
}
