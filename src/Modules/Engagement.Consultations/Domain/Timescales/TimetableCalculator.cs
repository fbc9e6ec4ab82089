using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>
/// Computes timetables from regimes, which are data. It knows counting rules and kinds of step; it knows no regime by name.
/// It has no state, so one instance serves the whole program.
/// </summary>
/// <param name="council">What the council has recorded; without it nothing is.</param>
internal sealed class TimetableCalculator(RegimeCatalogue regimes, UkCalendar calendar, CouncilCalendar? council = null)
{
    /// <summary>The latest time of day that still counts as the whole closing day.</summary>
    private static readonly TimeOnly LastMinute = new(23, 59);

    private readonly TimetableFindings findings = new(calendar, council ?? CouncilCalendar.Empty);

    private readonly IReadOnlyList<DateRange> recordedBreaks = [.. (council ?? CouncilCalendar.Empty).SchoolBreaks.Select(b => b.Days)];

    public RegimeCatalogue Regimes { get; } = regimes;

    public UkCalendar Calendar { get; } = calendar;

    public CouncilCalendar Council { get; } = council ?? CouncilCalendar.Empty;

    /// <summary>With the regimes and bank holidays that the program carries.</summary>
    /// <exception cref="RegimeDataException">A regime file is wrong; the program must not start.</exception>
    public static TimetableCalculator Create() => new(RegimeCatalogue.Load(), UkCalendar.Load());

    /// <summary>The timetable under one or several regimes; several combine to the strictest.</summary>
    /// <exception cref="RuleBrokenException">
    /// <c>unknown-regime</c>, <c>unknown-input</c>, <c>date-out-of-range</c>, or <c>holidays-unknown</c> when a count leaves out the
    /// bank holidays of a year that has not been published.
    /// </exception>
    public Timetable Calculate(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs)
    {
        List<Regime> chosen = [.. regimeIds.Distinct(StringComparer.Ordinal).Select(Regimes.Get)];
        CheckInputs(chosen, inputs);
        var days = new CountedDays(Calendar, inputs.SchoolBreaks ?? recordedBreaks, BreaksAreRecorded: inputs.SchoolBreaks is null && recordedBreaks.Count > 0);
        List<RegimeTimetable> computed = [.. chosen.Select(regime => Compute(regime, inputs, days))];
        return new Timetable(
            [.. computed.SelectMany(t => t.Steps)],
            Combine(computed),
            computed.Max(t => (int?)t.ShortByDays) ?? 0,
            computed.Any(t => t.OutsideWindow),
            Propose(computed, inputs),
            [.. computed.Select(t => new VersionUsed(t.Regime, t.Version, t.Trigger))],
            findings.Of(computed, inputs));
    }

    /// <summary>The earliest lawful closing date for the trigger dates given; a closing date among them is ignored.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="Calculate"/>.</exception>
    public ClosingProposal Propose(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs) =>
        Calculate(regimeIds, inputs.Without(TimetableInputs.Closes)).Proposal;

    private static void CheckInputs(List<Regime> chosen, TimetableInputs inputs)
    {
        inputs.CheckRange();
        foreach (var (name, kind) in inputs.Given())
        {
            if (KindOf(name, chosen) is not { } expected)
            {
                var allowed = TimetableInputs.General.Keys.Union(chosen.SelectMany(r => r.Inputs).Select(i => i.Name), StringComparer.Ordinal);
                throw new RuleBrokenException(
                    "unknown-input",
                    $"'{name}' is not an input of {string.Join(" or ", chosen.Select(r => r.Id))}. The inputs are: {string.Join(", ", allowed.Order(StringComparer.Ordinal))}.");
            }

            if (expected != kind)
            {
                throw new RuleBrokenException("unknown-input", $"'{name}' must be {Describe(expected)}, not {Describe(kind)}.");
            }
        }

        static string Describe(InputKind kind) => kind switch
        {
            InputKind.Date => "a date",
            InputKind.Year => "a year",
            _ => "a list of first and last days",
        };
    }

    private static InputKind? KindOf(string name, List<Regime> chosen)
    {
        foreach (var regime in chosen)
        {
            foreach (var input in regime.Inputs)
            {
                if (input.Name == name)
                {
                    return input.Kind;
                }
            }
        }

        return TimetableInputs.General.TryGetValue(name, out var kind) ? kind : null;
    }

    private static RegimeTimetable Compute(Regime regime, TimetableInputs inputs, CountedDays days)
    {
        var trigger = TriggerOf(regime, inputs);
        var version = regime.VersionFor(trigger);
        Dictionary<string, TimetableStep> steps = new(StringComparer.Ordinal);
        foreach (var step in version.Steps)
        {
            var from = SourcesOf(step, inputs, steps);
            if (from is not null)
            {
                var start = from.Max(s => s.Value);
                steps.Add(step.Key, new TimetableStep(regime, step, step.Rule.Count(start, days), start, from, days));
            }
        }

        return Judge(new RegimeTimetable(regime, version, trigger, [.. steps.Values]), inputs);
    }

    /// <summary>The earliest of the trigger dates given; a year's date only where no other is given.</summary>
    private static DateOnly? TriggerOf(Regime regime, TimetableInputs inputs)
    {
        DateOnly? trigger = null;
        DateOnly? ofYear = null;
        foreach (var input in regime.Inputs.Where(i => i.Trigger))
        {
            if (input.TriggerDate is null)
            {
                var date = inputs.Date(input.Name);
                trigger = date is null || date > trigger ? trigger : date;
            }
            else if (inputs.Years.TryGetValue(input.Name, out var year))
            {
                ofYear ??= new DateOnly(year + input.TriggerDate.YearOffset, input.TriggerDate.Month, input.TriggerDate.Day);
            }
        }

        return trigger ?? ofYear;
    }

    /// <returns>Null when a date that the step needs was not given.</returns>
    private static List<KeyValuePair<string, DateOnly>>? SourcesOf(
        RegimeStep step, TimetableInputs inputs, Dictionary<string, TimetableStep> steps)
    {
        List<KeyValuePair<string, DateOnly>> found = [];
        foreach (var source in step.Sources)
        {
            var before = found.Count;
            foreach (var name in source.Alternatives)
            {
                if (steps.TryGetValue(name, out var earlier))
                {
                    found.Add(new(name, earlier.Date));
                    break;
                }

                if (inputs.Dates.TryGetValue(name, out var date))
                {
                    found.Add(new(name, date));
                    break;
                }

                if (inputs.Years.TryGetValue(name, out var year))
                {
                    found.Add(new(name, new DateOnly(year, 1, 1)));
                    break;
                }
            }

            if (found.Count == before && !source.Optional)
            {
                return null;
            }
        }

        return found.Count == 0 ? null : found;
    }

    private static RegimeTimetable Judge(RegimeTimetable timetable, TimetableInputs inputs)
    {
        if (timetable.Regime.Check is not { } check)
        {
            return timetable;
        }

        var minimum = timetable.Step(check.Minimum);
        var lastWholeDay = LastWholeDay(inputs);
        var shortBy = minimum is null || lastWholeDay is null ? (int?)null : Math.Max(0, minimum.Date.DayNumber - lastWholeDay.Value.DayNumber);
        var window = WindowOf(timetable);
        var outside = window is not null
            && new[] { inputs.Date(TimetableInputs.Opens), inputs.Date(TimetableInputs.Closes) }.Any(d => d is not null && !window.Value.Contains(d.Value));
        return timetable with
        {
            Compliant = outside || shortBy > 0 ? false : shortBy is null ? null : true,
            ShortByDays = shortBy ?? 0,
            OutsideWindow = outside,
        };
    }

    /// <summary>
    /// The last day on which people can respond until midnight. The law takes no account of parts of a day, so a consultation
    /// that closes earlier in the day has ended, for a minimum period, with the day before.
    /// </summary>
    internal static DateOnly? LastWholeDay(TimetableInputs inputs) =>
        inputs.ClosingTime < LastMinute ? inputs.Date(TimetableInputs.Closes)?.AddDays(-1) : inputs.Date(TimetableInputs.Closes);

    internal static DateRange? WindowOf(RegimeTimetable timetable) =>
        timetable.Regime.Check is { WindowStart: { } start, WindowEnd: { } end } && timetable.Step(start) is { } first && timetable.Step(end) is { } last
            ? new DateRange(first.Date, last.Date)
            : null;

    private static bool? Combine(List<RegimeTimetable> computed)
    {
        var verdicts = computed.Where(t => t.Regime.Check is not null).Select(t => t.Compliant).ToList();
        return verdicts.Contains(false) ? false : verdicts.Count == 0 || verdicts.Contains(null) ? null : true;
    }

    private static ClosingProposal Propose(List<RegimeTimetable> computed, TimetableInputs inputs)
    {
        var minimums = computed.Where(t => t.Regime.Check is not null).Select(t => t.Step(t.Regime.Check!.Minimum)).ToList();
        var deciding = minimums.Contains(null) ? null : minimums.MaxBy(m => m!.Date);
        foreach (var timetable in computed)
        {
            if (WindowOf(timetable) is not { } window)
            {
                continue;
            }

            if (inputs.Date(TimetableInputs.Opens) is { } opens && !window.Contains(opens))
            {
                return new ClosingProposal(
                    null,
                    deciding,
                    $"{timetable.Regime.Name}: the consultation must run between {UkTime.Spell(window.First)} and {UkTime.Spell(window.Last)}, but it opens on {UkTime.Spell(opens)}.");
            }

            if (deciding?.Date > window.Last)
            {
                return new ClosingProposal(
                    null,
                    deciding,
                    $"{timetable.Regime.Name}: the consultation must end by {UkTime.Spell(window.Last)}, but the earliest lawful last day is {UkTime.Spell(deciding.Date)}. Open earlier.");
            }
        }

        return new ClosingProposal(deciding?.Date, deciding, null);
    }
}

/// <summary>One regime's part of a timetable.</summary>
internal sealed record RegimeTimetable(Regime Regime, RegimeVersion Version, DateOnly? Trigger, IReadOnlyList<TimetableStep> Steps)
{
    public bool? Compliant { get; init; }

    public int ShortByDays { get; init; }

    public bool OutsideWindow { get; init; }

    public TimetableStep? Step(string key) => Steps.FirstOrDefault(s => s.Key == key);
}
