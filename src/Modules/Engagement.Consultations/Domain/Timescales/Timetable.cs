using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>The dates that the law asks for, how they were counted, and what is wrong with the dates chosen.</summary>
/// <param name="Steps">By regime, each in the order of its regime. A step whose input was not given is not there.</param>
/// <param name="Compliant">
/// Plain arithmetic: false when the closing date is earlier than a regime's minimum or the consultation lies outside its window;
/// null when no regime fixes a period, or when a regime that does cannot be judged yet. What follows from it, the findings say.
/// </param>
/// <param name="ShortByDays">Days that the closing date is too early, the largest of all regimes; 0 when it is not.</param>
/// <param name="OutsideWindow">True when the opening or the closing date lies outside the days in which a regime lets a consultation run.</param>
internal sealed record Timetable(
    IReadOnlyList<TimetableStep> Steps,
    bool? Compliant,
    int ShortByDays,
    bool OutsideWindow,
    ClosingProposal Proposal,
    IReadOnlyList<VersionUsed> Versions,
    IReadOnlyList<Finding> Findings)
{
    public IEnumerable<Finding> Breaches => Findings.Where(f => f.Grade == FindingGrade.Breach);

    /// <summary>Whoever goes on in spite of these gives a reason.</summary>
    public IEnumerable<Finding> Risks => Findings.Where(f => f.Grade == FindingGrade.Risk);
}

/// <summary>One computed date.</summary>
/// <param name="CountedFrom">The dates it could have counted from, by name; it counts from the latest.</param>
internal sealed record TimetableStep(
    Regime Regime,
    RegimeStep Rule,
    DateOnly Date,
    DateOnly Start,
    IReadOnlyList<KeyValuePair<string, DateOnly>> CountedFrom,
    CountedDays Days)
{
    public string Key => Rule.Key;

    /// <summary>The count as a table, one row for each day.</summary>
    public IReadOnlyList<CountedDay> DayByDay() => Rule.Rule.DayByDay(Start, Date, Days);

    /// <summary>The count in words, to be checked with a calendar: "21 days beginning with Wednesday 17 September 2025, which counts as day 1: …".</summary>
    public string Working
    {
        get
        {
            var count = Rule.Rule.Explain(Start, Date, Days);
            return CountedFrom.Count < 2
                ? count
                : $"The latest of {string.Join(" and ", CountedFrom.Select(c => $"{UkTime.Spell(c.Value)} ({c.Key.Replace('_', ' ')})"))} decides. {count}";
        }
    }
}

/// <summary>The version of a regime that a timetable was computed with.</summary>
/// <param name="Trigger">The date that chose it; null when no trigger date was given, so that the newest was taken.</param>
internal sealed record VersionUsed(Regime Regime, RegimeVersion Version, DateOnly? Trigger);

/// <summary>The earliest closing date that all regimes allow.</summary>
/// <param name="EarliestClose">The last day for responses, counted in; null when no regime fixes one, when a trigger date is missing, or when there is none.</param>
/// <param name="DecidedBy">The step that decides it.</param>
/// <param name="Obstacle">Why no closing date would be lawful with these dates; null otherwise.</param>
internal sealed record ClosingProposal(DateOnly? EarliestClose, TimetableStep? DecidedBy, string? Obstacle);

internal enum FindingGrade
{
    /// <summary>Unlawful: it blocks.</summary>
    Breach,

    /// <summary>May be done with a reason that is recorded.</summary>
    Risk,

    Advice,
}

/// <summary>Something that is wrong or unwise about the dates.</summary>
/// <param name="Code">Stable, for machines: lower case with hyphens, such as <c>closes-too-early</c>.</param>
/// <param name="Regime">The regime's id; null where it holds for any consultation.</param>
/// <param name="Step">The key of the step it rests on.</param>
/// <param name="Message">What is wrong and what would do.</param>
/// <param name="Citation">Law, guidance or practice; null for advice of this product.</param>
/// <param name="EarliestLawful">The first date that would do; null where no date mends it.</param>
internal sealed record Finding(
    FindingGrade Grade, string Code, string? Regime, string? Step, string Message, string? Citation, DateOnly? EarliestLawful = null)
{
    /// <summary>As a refusal names it, such as <c>tro-permanent/min_close</c>.</summary>
    public string Rule => Regime is null ? Code : $"{Regime}/{Step ?? Code}";

    public Breach ToBreach() => new(Rule, Message, Citation, EarliestLawful);
}
