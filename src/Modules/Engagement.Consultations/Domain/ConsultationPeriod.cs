using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>
/// When people may respond: wall times of the UK calendar, which are what was published, and the instants they stand for.
/// Half open: a response at <see cref="OpensAt"/> is accepted, one at <see cref="ClosesAt"/> is not.
/// </summary>
internal sealed record ConsultationPeriod
{
    /// <summary>People write it for the end of a day, and it is taken as that: 11:59pm is counted in.</summary>
    private static readonly TimeOnly LastMinuteOfDay = new(23, 59);

    private ConsultationPeriod()
    {
    }

    public DateOnly OpensOn { get; private init; }

    /// <summary>UK wall time; null is the beginning of the day.</summary>
    public TimeOnly? OpensTime { get; private init; }

    public bool? OpensSecond { get; private init; }

    public DateOnly ClosesOn { get; private init; }

    /// <summary>UK wall time, the first minute that is too late; null is the end of the day.</summary>
    public TimeOnly? ClosesTime { get; private init; }

    public bool? ClosesSecond { get; private init; }

    public DateTimeOffset OpensAt { get; private init; }

    /// <summary>The first instant that is too late: for a whole last day, the midnight in London after it.</summary>
    public DateTimeOffset ClosesAt { get; private init; }

    public UkMoment Opens => new(OpensOn, OpensTime, OpensSecond);

    public UkMoment Closes => new(ClosesOn, ClosesTime, ClosesSecond);

    /// <summary>The UK date on which the last response in time can arrive.</summary>
    public DateOnly LastDay => UkTime.DateOf(ClosesAt.AddTicks(-1));

    /// <summary>The last day on which people can respond until midnight: a minimum period takes no account of parts of a day.</summary>
    public DateOnly LastWholeDay => ClosesTime is null ? ClosesOn : ClosesOn.AddDays(-1);

    /// <exception cref="RuleBrokenException">
    /// <c>time-does-not-exist</c> or <c>time-occurs-twice</c> where the clocks change; <c>closes-at-midnight</c> for a closing time of
    /// 00:00, which people read as either end of the day; <c>period-ends-before-it-opens</c>.
    /// </exception>
    public static ConsultationPeriod Between(UkMoment opens, UkMoment closes)
    {
        if (closes.Time == TimeOnly.MinValue)
        {
            throw new RuleBrokenException(
                "closes-at-midnight",
                $"Midnight at the start of {UkTime.Spell(closes.Date)} is easily taken for midnight at its end. For the whole of {UkTime.Spell(closes.Date.AddDays(-1))} give that date without a time.");
        }

        var wholeDay = closes.Time is null || closes.Time == LastMinuteOfDay;
        var period = new ConsultationPeriod
        {
            OpensOn = opens.Date,
            OpensTime = opens.Time,
            OpensSecond = opens.Second,
            ClosesOn = closes.Date,
            ClosesTime = wholeDay ? null : closes.Time,
            ClosesSecond = wholeDay ? null : closes.Second,
            OpensAt = UkTime.At(opens.Date, opens.Time ?? TimeOnly.MinValue, opens.Second),
            ClosesAt = wholeDay ? UkTime.StartOf(closes.Date.AddDays(1)) : UkTime.At(closes.Date, closes.Time!.Value, closes.Second),
        };
        return period.ClosesAt > period.OpensAt
            ? period
            : throw new RuleBrokenException("period-ends-before-it-opens", "The consultation closes before it opens, or at the same moment. Choose a later closing date.");
    }

    /// <summary>The same opening with another end.</summary>
    public ConsultationPeriod Until(UkMoment closes) => Between(Opens, closes);
}
