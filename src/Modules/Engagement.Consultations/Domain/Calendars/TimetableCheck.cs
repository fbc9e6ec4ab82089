using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Calendars;

/// <summary>
/// Whether the calendar, as it has changed since, would give a recorded timetable other dates. It is found and shown, never applied:
/// the recorded timetable stays what it was until an officer acts.
/// </summary>
internal sealed class TimetableCheck
{
    public ConsultationId ConsultationId { get; init; }

    /// <summary>Of the recorded timetable that was looked at.</summary>
    public int TimetableVersion { get; set; }

    /// <summary>How many times the calendar had been changed by then.</summary>
    public int CalendarChanges { get; set; }

    public DateTimeOffset CheckedAt { get; set; }

    /// <summary>Whether an officer should look: a date moves, or something speaks against the dates that did not before.</summary>
    public bool IsMoved { get; set; }

    public TimetableMove Move { get; set; } = TimetableMove.None;
}

/// <param name="Problem">Why the dates would be unlawful now; null while they are not.</param>
/// <param name="Raised">What speaks against the dates and did not before.</param>
/// <param name="Causes">The entries of the calendar that were recorded or withdrawn since.</param>
internal sealed record TimetableMove(IReadOnlyList<DateMove> Dates, string? Problem, IReadOnlyList<string> Raised, IReadOnlyList<string> Causes)
{
    public static readonly TimetableMove None = new([], null, [], []);

    public bool IsNothing => Dates.Count == 0 && Problem is null && Raised.Count == 0;

    /// <param name="before">With the calendar as it was known when the timetable was recorded.</param>
    /// <param name="after">With the calendar as it is known now, all else being equal.</param>
    public static TimetableMove Between(Timetable before, Timetable after, IReadOnlyList<string> causes)
    {
        var known = before.Findings.Select(f => (f.Code, f.Regime, f.Step, f.Grade)).ToHashSet();
        var raised = after.Findings.Where(f => f.Grade != FindingGrade.Advice && !known.Contains((f.Code, f.Regime, f.Step, f.Grade))).ToList();
        return new TimetableMove(
            [
                .. from now in after.Steps
                   let was = before.Steps.FirstOrDefault(s => s.Regime.Id == now.Regime.Id && s.Key == now.Key)
                   where was is not null && was.Date != now.Date
                   select new DateMove($"{now.Regime.Id}/{now.Key}", now.Rule.Label, was.Date, now.Date),
            ],
            raised.Find(f => f.Grade == FindingGrade.Breach)?.Message,
            [.. raised.Select(f => f.Message)],
            causes);
    }
}

/// <param name="Rule">Such as <c>tro-permanent/min_close</c>.</param>
internal sealed record DateMove(string Rule, string Label, DateOnly Before, DateOnly After);

/// <param name="Dates">By rule, the date as recorded and as the calendar gives it now.</param>
internal sealed record TimetableFoundMoved(
    ConsultationId Id, IReadOnlyList<DateMove> Dates, IReadOnlyList<string> Causes, bool StillLawful, DateTimeOffset At) : IDomainEvent;

internal sealed record TimetableTakenOver(ConsultationId Id, IReadOnlyDictionary<string, DateOnly> Dates, DateTimeOffset At) : IDomainEvent;
