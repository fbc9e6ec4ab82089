using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>
/// Looks for an opening and a close: forwards from a first day, or backwards from the day of the decision. Whatever starts a regime's
/// clock, such as the day of publication, is taken to be the opening unless it is given. It tries day after day, so that every rule
/// and every finding counts, and none has to be known here.
/// </summary>
internal sealed class TimetablePlanner(TimetableCalculator calculator)
{
    /// <summary>How far an opening is looked for: two years hold every season and every window of a school year.</summary>
    public const int MostDays = 731;

    /// <summary>How long after the earliest close a better one is looked for.</summary>
    private const int DaysAfterEarliest = 28;

    private const string GoodPractice = "good-practice-period";

    /// <summary>Findings that no other opening and no other close can mend.</summary>
    private static readonly string[] BeyondChoice = [UkCalendar.HolidaysUnknown, "not-in-force", "school-holidays-missing", "pre-election-unknown"];

    /// <summary>The first opening on or after a day at which a close is lawful, and the first at which nothing at all is found.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="TimetableCalculator.Calculate"/>, for the first day.</exception>
    public TimetablePlan Forwards(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs, DateOnly first) => Plan(regimeIds, inputs, first, 1);

    /// <summary>The last opening before a decision at which a close is lawful, and the last at which nothing at all is found.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="TimetableCalculator.Calculate"/>, for the day before the decision.</exception>
    public TimetablePlan Backwards(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs, DateOnly decision) =>
        Plan(regimeIds, inputs.With(TimetableInputs.Decision, decision), decision.AddDays(-1), -1);

    /// <summary>The inputs with the opening on a day, and with it whatever starts a clock: what was given moves by as many days as the opening, the rest is the opening.</summary>
    public TimetableInputs OpeningOn(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs, DateOnly opens)
    {
        var moved = inputs.Date(TimetableInputs.Opens) is { } before ? opens.DayNumber - before.DayNumber : (int?)null;
        Dictionary<string, DateOnly> dates = new(inputs.Dates, StringComparer.Ordinal) { [TimetableInputs.Opens] = opens };
        foreach (var name in regimeIds.Select(calculator.Regimes.Get).SelectMany(ClockStarters).Distinct(StringComparer.Ordinal))
        {
            if (inputs.Date(name) is not { } given)
            {
                dates[name] = opens;
            }
            else if (moved is { } days && name != TimetableInputs.Opens)
            {
                dates[name] = given.AddDays(days);
            }
        }

        return inputs with { Dates = dates };
    }

    /// <summary>Dates from which a regime's periods begin to run: those that choose its version, and those that its minimum cannot do without.</summary>
    private static IEnumerable<string> ClockStarters(Regime regime)
    {
        var version = regime.Versions[^1];
        HashSet<string> names = [.. regime.Inputs.Where(i => i is { Trigger: true, Kind: InputKind.Date }).Select(i => i.Name)];
        Queue<string> open = new(regime.Check is { } check ? [check.Minimum] : Array.Empty<string>());
        while (open.TryDequeue(out var key))
        {
            foreach (var source in version.Steps.FirstOrDefault(s => s.Key == key)?.Sources.Where(s => !s.Optional) ?? [])
            {
                if (source.Alternatives.Any(names.Contains))
                {
                    continue;
                }

                var name = source.Alternatives[^1];
                if (regime.Inputs.Any(i => i.Name == name && i.Kind == InputKind.Date))
                {
                    names.Add(name);
                }
                else
                {
                    open.Enqueue(name);
                }
            }
        }

        names.ExceptWith([TimetableInputs.Closes, TimetableInputs.Decision, TimetableInputs.Poll, TimetableInputs.NoticeOfElection]);
        return names;
    }

    private TimetablePlan Plan(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs, DateOnly first, int direction)
    {
        // An opening among the inputs would keep what was given with it in its place.
        var free = inputs.Without(TimetableInputs.Opens).Without(TimetableInputs.Closes) with { ClosingTime = null };
        IReadOnlyCollection<string> advised = regimeIds.Contains(GoodPractice, StringComparer.Ordinal) ? regimeIds : [.. regimeIds, GoodPractice];

        // What is refused for the first day is refused for all, but for bank holidays that are not known.
        calculator.Calculate(regimeIds, OpeningOn(regimeIds, free, first));
        PlannedPeriod? lawful = null;
        PlannedPeriod? advisable = null;
        for (var n = 0; n < MostDays && (lawful is null || advisable is null); n++)
        {
            var opens = first.AddDays(n * direction);
            lawful ??= Lawful(regimeIds, OpeningOn(regimeIds, free, opens), opens);
            advisable ??= lawful is null ? null : Advisable(advised, OpeningOn(advised, free, opens), opens);
        }

        return new TimetablePlan(lawful, advisable);
    }

    private PlannedPeriod? Lawful(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs, DateOnly opens)
    {
        if (TryCalculate(regimeIds, inputs) is not { Proposal.Obstacle: null } without)
        {
            return null;
        }

        var closes = without.Proposal.EarliestClose is { } earliest && earliest > opens ? earliest : opens;
        return TryCalculate(regimeIds, inputs.With(TimetableInputs.Closes, closes)) is { } timetable && !timetable.Breaches.Any()
            ? new PlannedPeriod(opens, closes, timetable)
            : null;
    }

    private PlannedPeriod? Advisable(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs, DateOnly opens)
    {
        if (TryCalculate(regimeIds, inputs) is not { Proposal.Obstacle: null } without)
        {
            return null;
        }

        // What practice asks of the close counts as the law's minimum does.
        var earliest = without.Steps.Where(s => s.Rule is { Kind: StepKind.Recommended, Actual: TimetableInputs.Closes }).Select(s => s.Date)
            .Append(without.Proposal.EarliestClose ?? opens).Append(opens).Max();
        for (var closes = earliest; closes <= earliest.AddDays(DaysAfterEarliest); closes = closes.AddDays(1))
        {
            if (TryCalculate(regimeIds, inputs.With(TimetableInputs.Closes, closes)) is not { } timetable)
            {
                return null;
            }

            var found = timetable.Findings.Where(f => !BeyondChoice.Contains(f.Code, StringComparer.Ordinal)).ToList();
            if (found.Count == 0)
            {
                return new PlannedPeriod(opens, closes, timetable);
            }

            // A later close mends a close on a weekend, a holiday or a closure, or within an election; it mends nothing else.
            if (found.Exists(f => f.Code is not ("ends-on-weekend" or "ends-on-bank-holiday" or "closes-on-closure" or "closes-before-election" or "closes-too-early")))
            {
                return null;
            }
        }

        return null;
    }

    private Timetable? TryCalculate(IReadOnlyCollection<string> regimeIds, TimetableInputs inputs)
    {
        try
        {
            return calculator.Calculate(regimeIds, inputs);
        }
        catch (RuleBrokenException refusal) when (refusal.Code is UkCalendar.HolidaysUnknown or "date-out-of-range")
        {
            return null;
        }
    }
}

/// <param name="Lawful">Null where within two years no opening and close meet the law.</param>
/// <param name="Advisable">Good practice included, and nothing to advise against; null where there is none within two years.</param>
internal sealed record TimetablePlan(PlannedPeriod? Lawful, PlannedPeriod? Advisable);

/// <param name="Closes">The last day for responses, counted in: the first that will do for this opening.</param>
/// <param name="Timetable">With both dates.</param>
internal sealed record PlannedPeriod(DateOnly Opens, DateOnly Closes, Timetable Timetable);
