using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;

namespace Engagement.Consultations.Application;

/// <summary>A timetable as the API shows it.</summary>
/// <param name="Compliant">Plain arithmetic; null when no regime fixes a period or a date it needs is missing.</param>
/// <param name="ShortByDays">Days that the closing date is too early; 0 when it is not.</param>
/// <param name="OutsideWindow">True when the consultation lies outside the days in which a regime lets it run.</param>
/// <param name="EarliestLawfulClose">The first closing date, the day counted in, that every regime allows; null when none can be named.</param>
/// <param name="DecidedBy">The rule that decides it, such as <c>tro-permanent/min_close</c>.</param>
/// <param name="Obstacle">Why no closing date would be lawful with these dates; null otherwise.</param>
public sealed record TimetableView(
    IReadOnlyList<TimetableStepView> Steps,
    bool? Compliant,
    int ShortByDays,
    bool OutsideWindow,
    DateOnly? EarliestLawfulClose,
    string? DecidedBy,
    string? Obstacle,
    IReadOnlyList<VersionUsedView> Versions,
    IReadOnlyList<FindingView> Findings)
{
    internal static TimetableView Of(Timetable timetable) => new(
        [.. timetable.Steps.Select(s => new TimetableStepView(
            s.Regime.Id, s.Key, s.Date, Wire.Name(s.Rule.Kind), s.Rule.Label, s.Rule.Citation, Wire.Name(s.Rule.Confidence), s.Rule.Rule.Name, s.Working, s.Start))],
        timetable.Compliant,
        timetable.ShortByDays,
        timetable.OutsideWindow,
        timetable.Proposal.EarliestClose,
        timetable.Proposal.DecidedBy is { } decidedBy ? $"{decidedBy.Regime.Id}/{decidedBy.Key}" : null,
        timetable.Proposal.Obstacle,
        [.. timetable.Versions.Select(v => new VersionUsedView(v.Regime.Id, v.Trigger, v.Version.From, v.Version.To, v.Version.Change))],
        [.. timetable.Findings.Select(f => new FindingView(Wire.Name(f.Grade), f.Code, f.Regime, f.Step, f.Message, f.Citation, f.EarliestLawful))]);
}

/// <param name="Kind">One of <c>last_day_min</c>, <c>latest</c>, <c>earliest</c>, <c>window_start</c>, <c>window_end</c>, <c>recommended</c>, <c>info</c>, <c>fixed_day</c>.</param>
/// <param name="Confidence">One of <c>verified</c>, <c>high</c>, <c>medium</c>; a lawyer should check a medium one.</param>
/// <param name="CountingRule">The counting rule's name, such as <c>bw</c> for "beginning with".</param>
/// <param name="Working">The count in words.</param>
/// <param name="CountedFrom">The date it was counted from; null in a timetable that was recorded before this was.</param>
public sealed record TimetableStepView(
    string Regime, string Key, DateOnly Date, string Kind, string Label, string Citation, string Confidence, string CountingRule, string Working, DateOnly? CountedFrom = null);

/// <param name="Trigger">The date that chose the version; null when none was given and the newest was taken.</param>
/// <param name="From">The first day on which it applied; null when not recorded.</param>
/// <param name="To">The last day on which it applied; null while it does.</param>
public sealed record VersionUsedView(string Regime, DateOnly? Trigger, DateOnly? From, DateOnly? To, string Change);

/// <param name="Grade"><c>breach</c> blocks, <c>risk</c> needs a reason, <c>advice</c> is free.</param>
/// <param name="Regime">Null where it holds for any consultation.</param>
/// <param name="EarliestLawful">The first date that would do; null where no date mends it.</param>
public sealed record FindingView(
    string Grade, string Code, string? Regime, string? Step, string Message, string? Citation, DateOnly? EarliestLawful);

/// <summary>Names of the timescale engine as they travel: lower case, words joined as the regime files join them.</summary>
internal static class Wire
{
    public static string Name(StepKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public static string Name(RegimeKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    public static string Name(Confidence confidence) => JsonNamingPolicy.KebabCaseLower.ConvertName(confidence.ToString());

    public static string Name(FindingGrade grade) => JsonNamingPolicy.KebabCaseLower.ConvertName(grade.ToString());

    public static string Name(InputKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
