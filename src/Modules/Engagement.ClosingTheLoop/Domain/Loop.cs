using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Domain;

public enum LoopState
{
    /// <summary>The outcome is due later.</summary>
    Awaited,

    /// <summary>Something is published, but it says only what happens next.</summary>
    Open,

    /// <summary>Late: nobody has been told what became of what they said.</summary>
    Overdue,

    /// <summary>An outcome answers what people said.</summary>
    Closed,
}

/// <summary>
/// What the council owes to those who answered one closed consultation: analysis, a decision that considered it, and an outcome
/// that tells them what became of what they said. This part holds the promise and its date; the others the coding and the outcome.
/// </summary>
internal sealed partial class Loop : AggregateRoot
{
    private Loop()
    {
    }

    public ConsultationId ConsultationId { get; private init; }

    public override Guid Identity => ConsultationId.Value;

    public EngagementId EngagementId { get; private init; }

    public string Slug { get; private init; } = "";

    public string Title { get; private init; } = "";

    /// <summary>The deadline itself: the first instant that was too late.</summary>
    public DateTimeOffset ClosedAt { get; private init; }

    /// <summary>Responses in the sealed set, late ones left out.</summary>
    public int SealedResponses { get; private init; }

    public string SealedDigest { get; private init; } = "";

    /// <summary>Which themes must be answered before the outcome can be published, as set before opening.</summary>
    public AnswerThreshold Threshold { get; private init; } = AnswerThreshold.EveryTheme;

    /// <summary>The last UK day on which the outcome is in time.</summary>
    public DateOnly OutcomeDueOn { get; private set; }

    /// <summary>As promised at the close.</summary>
    public DateOnly FirstDueOn { get; private init; }

    /// <summary>Shown to the public; null while the date is the one promised at the close.</summary>
    public string? DueDateReason { get; private set; }

    /// <summary>The overdue week for which the owner was last reminded; 0 while none was, and again after the date moved.</summary>
    public int RemindedWeek { get; private set; }

    public static Loop Begin(
        ConsultationId consultationId,
        EngagementId engagementId,
        string slug,
        string title,
        DateTimeOffset closedAt,
        int responses,
        string digest,
        DateOnly outcomeDueOn,
        AnswerThreshold threshold,
        DateTimeOffset now)
    {
        var loop = new Loop
        {
            ConsultationId = consultationId,
            EngagementId = engagementId,
            Slug = slug,
            Title = title,
            ClosedAt = closedAt,
            SealedResponses = responses,
            SealedDigest = digest,
            OutcomeDueOn = outcomeDueOn,
            FirstDueOn = outcomeDueOn,
            Threshold = threshold,
        };
        loop.Raise(new OutcomePromised(consultationId, engagementId, closedAt, responses, digest, outcomeDueOn, now));
        return loop;
    }

    /// <summary>Promises the outcome for another day, earlier or later, and says to the public why.</summary>
    /// <exception cref="RuleBrokenException"><c>loop-already-closed</c> or <c>due-date-in-the-past</c>.</exception>
    public void MoveDueDate(DateOnly dueOn, string publicReason, DateTimeOffset now)
    {
        if (ClosedLoopAt is not null)
        {
            throw new RuleBrokenException("loop-already-closed", "The outcome has been published, so it is no longer due. Nothing was changed.");
        }

        if (dueOn < UkTime.DateOf(now))
        {
            throw new RuleBrokenException("due-date-in-the-past", $"{UkTime.Spell(dueOn)} has passed. Promise today or a later day.");
        }

        Raise(new OutcomeDueDateMoved(ConsultationId, OutcomeDueOn, dueOn, publicReason, now));
        OutcomeDueOn = dueOn;
        DueDateReason = publicReason;
        RemindedWeek = 0;
    }

    /// <summary>Days since the due date; 0 on the due date itself, before it, and once the loop is closed.</summary>
    public int DaysLate(DateOnly today) => ClosedLoopAt is null ? Math.Max(0, today.DayNumber - OutcomeDueOn.DayNumber) : 0;

    public LoopState StateOn(DateOnly today) =>
        ClosedLoopAt is not null ? LoopState.Closed
        : DaysLate(today) > 0 ? LoopState.Overdue
        : PublishedVersion > 0 ? LoopState.Open
        : LoopState.Awaited;

    /// <summary>Notes that the owner is reminded, where that is due: once in each week that the outcome is late.</summary>
    /// <returns>The overdue week, from 1 (the first to the seventh day late); null where nothing is due or this week's reminder is out.</returns>
    public int? RemindOwner(DateTimeOffset now)
    {
        var week = (DaysLate(UkTime.DateOf(now)) + 6) / 7;
        if (week <= RemindedWeek)
        {
            return null;
        }

        RemindedWeek = week;
        Raise(new OwnerReminded(ConsultationId, OutcomeDueOn, week, now));
        return week;
    }
}
