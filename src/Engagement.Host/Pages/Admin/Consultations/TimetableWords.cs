using Engagement.Consultations.Application;
using Engagement.Host.Pages.Admin.Regimes;
using Engagement.Host.Pages.Shared.Charts;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>A timetable as rows of a table, numbered as the picture numbers them, and as a picture.</summary>
public sealed record TimetableShown(IReadOnlyList<TimetableLine> Lines, IReadOnlyList<FindingView> Findings, TimetablePicture Picture)
{
    /// <summary>In the order of the dates, which is that of the picture.</summary>
    /// <param name="regimes">Those of the timetable, for their names and kinds.</param>
    public static TimetableShown Of(
        TimetableView timetable, ConsultationView consultation, IReadOnlyList<RegimeView> regimes, DateOnly? decision, CalendarView calendar, DateOnly today) =>
        Of(timetable, consultation.Opens.Date, UkTime.DateOf(consultation.ClosesAt.AddTicks(-1)), consultation.OutcomeDueOn, regimes, decision, calendar, today);

    /// <summary>The same without a consultation.</summary>
    public static TimetableShown Of(
        TimetableView timetable,
        DateOnly opens,
        DateOnly lastDay,
        DateOnly? outcomeDue,
        IReadOnlyList<RegimeView> regimes,
        DateOnly? decision,
        CalendarView calendar,
        DateOnly today)
    {
        List<TimetableLine> lines =
        [
            .. timetable.Steps
                .OrderBy(s => s.Date)
                .Select((s, i) =>
                {
                    var regime = regimes.FirstOrDefault(r => r.Id == s.Regime);
                    return new TimetableLine(
                        i + 1,
                        s,
                        regime?.Name ?? s.Regime,
                        StepWords.ObligationOf(regime?.Kind ?? "statutory", s.Kind),
                        ConcernOf(timetable.Findings.Where(f => f.Regime == s.Regime && f.Step == s.Key)));
                }),
        ];
        var scene = new TimetableScene(
            opens,
            lastDay,
            timetable.EarliestLawfulClose,
            decision,
            outcomeDue,
            today,
            [.. lines.Select(l => new SceneDate(
                l.Number, l.Step.Label, l.Step.Date, l.Step.CountedFrom is { } from ? Stretch.CountedBy(l.Step.CountingRule, from, l.Step.Date) : null, l.Obligation, l.Concern))],
            [.. calendar.BankHolidays.Select(h => h.Date)],
            calendar.PreElection is { } election ? new Stretch(election.First, election.Last) : null);
        return new TimetableShown(lines, timetable.Findings, TimetablePicture.Of(scene));
    }

    private static Concern ConcernOf(IEnumerable<FindingView> findings) => findings.Select(f => f.Grade switch
    {
        "breach" => Concern.Breach,
        "risk" => Concern.Risk,
        _ => Concern.Advice,
    }).DefaultIfEmpty(Concern.None).Max();
}

/// <summary>The table of a timetable's dates.</summary>
/// <param name="CountAddress">From a rule, such as <c>tro-permanent/min_close</c>, to the page that counts it day by day.</param>
public sealed record TimetableTable(IReadOnlyList<TimetableLine> Lines, bool SeveralRegimes, Func<string, string> CountAddress);

/// <param name="TakesReasons">Reasons for risks are given on the same page.</param>
public sealed record FoundInTimetable(IReadOnlyList<FindingView> Findings, bool TakesReasons);

/// <summary>One date of the timetable.</summary>
public sealed record TimetableLine(int Number, TimetableStepView Step, string Regime, Obligation Obligation, Concern Concern);

/// <summary>What a finding says to do, where its message does not say it already.</summary>
public static class FindingWords
{
    /// <summary>As a refusal and a reason name it, such as <c>tro-permanent/min_close</c>.</summary>
    public static string RuleOf(FindingView finding) => finding.Regime is null ? finding.Code : $"{finding.Regime}/{finding.Step ?? finding.Code}";

    /// <param name="takesReasons">Reasons for risks are given on the same page.</param>
    public static string ToDo(FindingView finding, bool takesReasons = true) => finding switch
    {
        { EarliestLawful: { } date } => $"Choose {UkTime.Spell(date)} or later.",
        { Code: "closes-before-it-opens" } => "Choose a later closing date.",
        { Code: "outside-window" } => "Move the consultation into these days.",
        { Code: "decides-before-it-closes" } => "Close earlier where the law allows it, or move the decision.",
        { Code: "too-late" } => "Bring the date forward, or begin again with dates that allow it.",
        { Code: "not-in-force" } => "Check the dates that choose the law; ask a lawyer where they are right.",
        { Code: "school-holidays-missing" } => "Give the school holidays with the dates.",
        { Code: "pre-election-unknown" } => "Give the day of the notice of election with the dates.",
        { Grade: "breach" } => "Change the dates: it cannot be put forward as it stands.",
        { Grade: "risk" } => takesReasons ? "Change the dates, or give a reason below that the record keeps." : "Choose other dates, or be ready to give a reason that the record keeps.",
        _ => "Consider it; nothing has to be done.",
    };
}
