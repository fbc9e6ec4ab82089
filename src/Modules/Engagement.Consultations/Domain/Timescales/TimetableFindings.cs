using System.Globalization;
using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>What is wrong or unwise about the dates: by the regimes' own rules first, then by what holds for any consultation.</summary>
internal sealed class TimetableFindings(UkCalendar calendar, CouncilCalendar council)
{
    public IReadOnlyList<Finding> Of(IReadOnlyList<RegimeTimetable> timetables, TimetableInputs inputs)
    {
        List<Finding> findings = [];
        foreach (var timetable in timetables)
        {
            findings.AddRange(OfVersion(timetable));
            findings.AddRange(OfCheck(timetable, inputs));
            findings.AddRange(OfActualDates(timetable, inputs));
        }

        findings.AddRange(OfCalendar(timetables, inputs));
        findings.AddRange(new PeriodFindings(calendar, council).Of(timetables, inputs));
        return [.. findings.OrderBy(f => f.Grade)];
    }

    /// <summary>A statute that the product is sure of blocks; guidance, practice and rules of medium confidence warn.</summary>
    private static FindingGrade GradeOf(Regime regime, RegimeStep step) => step.MilderGrade
        ?? (regime.Kind is RegimeKind.Statutory or RegimeKind.StatutoryNoFixedPeriod
            && step.Kind != StepKind.Recommended
            && step.Confidence != Confidence.Medium
                ? FindingGrade.Breach
                : FindingGrade.Risk);

    private static IEnumerable<Finding> OfVersion(RegimeTimetable timetable)
    {
        if (timetable.Trigger is not { } trigger)
        {
            yield break;
        }

        if (!timetable.Version.Covers(trigger))
        {
            var version = timetable.Version;
            var when = version.From > trigger
                ? $"the oldest law held here began on {UkTime.Spell(version.From.Value)}"
                : $"the newest law held here ended on {UkTime.Spell(version.To ?? trigger)}";
            yield return new Finding(
                FindingGrade.Risk,
                "not-in-force",
                timetable.Regime.Id,
                null,
                $"{timetable.Regime.Name}: {UkTime.Spell(trigger)} is outside the law this was computed with: {when}. Check which law applies.",
                timetable.Regime.LegalBasis[0]);
        }
    }

    private static IEnumerable<Finding> OfCheck(RegimeTimetable timetable, TimetableInputs inputs)
    {
        if (timetable.Regime.Check is not { } check)
        {
            yield break;
        }

        var earliest = EarliestClose(timetable, inputs);
        if (timetable.ShortByDays > 0 && timetable.Step(check.Minimum) is { } minimum && inputs.Date(TimetableInputs.Closes) is { } closes)
        {
            var days = timetable.ShortByDays == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{timetable.ShortByDays} days");
            var chosen = TimetableCalculator.LastWholeDay(inputs) == closes
                ? $"Closing on {UkTime.Spell(closes)}"
                : $"Closing at {inputs.ClosingTime!.Value.ToString("HH:mm", CultureInfo.InvariantCulture)} on {UkTime.Spell(closes)}, which cuts that day off the period,";
            yield return new Finding(
                GradeOf(timetable.Regime, minimum.Rule),
                "closes-too-early",
                timetable.Regime.Id,
                minimum.Key,
                $"{chosen} is {days} too early: {minimum.Working} Responses must be accepted to the end of that day.",
                minimum.Rule.Citation,
                earliest);
        }

        if (timetable.OutsideWindow && TimetableCalculator.WindowOf(timetable) is { } window)
        {
            var start = timetable.Step(check.WindowStart!)!;
            yield return new Finding(
                GradeOf(timetable.Regime, start.Rule),
                "outside-window",
                timetable.Regime.Id,
                start.Key,
                $"The consultation must run between {UkTime.Spell(window.First)} and {UkTime.Spell(window.Last)}, both included.",
                start.Rule.Citation,
                earliest);
        }
    }

    private static DateOnly? EarliestClose(RegimeTimetable timetable, TimetableInputs inputs)
    {
        var minimum = timetable.Step(timetable.Regime.Check!.Minimum)?.Date;
        return TimetableCalculator.WindowOf(timetable) is { } window
            && (minimum > window.Last || (inputs.Date(TimetableInputs.Opens) is { } opens && !window.Contains(opens)))
                ? null
                : minimum;
    }

    private static IEnumerable<Finding> OfActualDates(RegimeTimetable timetable, TimetableInputs inputs)
    {
        foreach (var step in timetable.Steps)
        {
            if (step.Rule.Actual is not { } name || inputs.Date(name) is not { } actual)
            {
                continue;
            }

            var isDeadline = step.Rule.Kind == StepKind.Latest;
            if (isDeadline ? actual <= step.Date : actual >= step.Date)
            {
                continue;
            }

            var grade = GradeOf(timetable.Regime, step.Rule);
            var what = name.Replace('_', ' ');
            yield return new Finding(
                grade,
                isDeadline ? "too-late" : step.Rule.Kind == StepKind.Recommended ? "shorter-than-recommended" : "too-early",
                timetable.Regime.Id,
                step.Key,
                $"{step.Rule.Label}: the date given ({what}) is {UkTime.Spell(actual)}, {(isDeadline ? "after" : "before")} {UkTime.Spell(step.Date)}. {step.Working}",
                step.Rule.Citation,
                isDeadline || grade != FindingGrade.Breach ? null : step.Date);
        }
    }

    /// <summary>Between the first and the last holiday that is recorded, none is taken to be missing.</summary>
    private bool RecordedBreaksCover(TimetableStep step) =>
        council.SchoolBreaks.Count > 0 && step.Start >= council.SchoolBreaks[0].Days.First && step.Date <= council.SchoolBreaks[^1].Days.Last;

    private IEnumerable<Finding> OfCalendar(IReadOnlyList<RegimeTimetable> timetables, TimetableInputs inputs)
    {
        var steps = timetables.SelectMany(t => t.Steps).ToList();
        if (inputs.SchoolBreaks is null && steps.Find(s => s.Rule.Rule is TermTimeWorkingDays && !RecordedBreaksCover(s)) is { } schoolDays)
        {
            yield return new Finding(
                FindingGrade.Risk,
                "school-holidays-missing",
                schoolDays.Regime.Id,
                schoolDays.Key,
                council.SchoolBreaks.Count == 0
                    ? "School days were counted without any school holidays, so the true date may be later. Give the council's school holidays as school_breaks."
                    : $"The school holidays that the council has recorded reach from {UkTime.Spell(council.SchoolBreaks[0].Days.First)} to {UkTime.Spell(council.SchoolBreaks[^1].Days.Last)} and do not cover this count, so the true date may be later. Record the others, or give them as school_breaks.",
                schoolDays.Rule.Citation);
        }

        if (steps.Exists(s => !calendar.Knows(s.Date.Year)) || (inputs.Date(TimetableInputs.Closes) is { } closes && !calendar.Knows(closes.Year)))
        {
            yield return new Finding(
                FindingGrade.Advice,
                UkCalendar.HolidaysUnknown,
                null,
                null,
                string.Create(CultureInfo.InvariantCulture, $"Some of these dates lie outside {calendar.FirstYear} to {calendar.LastYear}, the years whose bank holidays are known. None of them leaves bank holidays out; whether one falls on a bank holiday was not looked at."),
                null);
        }
    }
}
