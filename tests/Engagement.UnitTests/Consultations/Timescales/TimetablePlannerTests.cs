using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class TimetablePlannerTests
{
    private static readonly TimetablePlanner Planner = new(Engine.Real);

    [Fact]
    public void The_earliest_lawful_dates_begin_on_the_first_day_where_the_law_lets_them()
    {
        var plan = Planner.Forwards(["tro-permanent"], new TimetableInputs(), new(2027, 1, 11));

        plan.Lawful!.Opens.ShouldBe(new DateOnly(2027, 1, 11));
        plan.Lawful.Closes.ShouldBe(new DateOnly(2027, 1, 31)); // 21 days beginning with the opening
        plan.Lawful.Timetable.Breaches.ShouldBeEmpty();
    }

    [Fact]
    public void The_earliest_advisable_dates_keep_good_practice_and_raise_nothing()
    {
        var plan = Planner.Forwards(["tro-permanent"], new TimetableInputs(), new(2026, 11, 25));

        // Over Christmas and Easter twelve weeks are too few, so it opens when Easter is over.
        FoundAt(plan.Advisable!.Timetable).ShouldBeEmpty();
        (plan.Advisable.Closes.DayNumber - plan.Advisable.Opens.DayNumber).ShouldBeGreaterThanOrEqualTo(84);
        plan.Advisable.Opens.ShouldBeGreaterThan(new DateOnly(2027, 1, 3));
        Advised(plan.Advisable.Opens.AddDays(-1)).ShouldBeFalse();

        static bool Advised(DateOnly opens) => Enumerable.Range(84, 28).Select(n => opens.AddDays(n))
            .Select(closes => Engine.Real.Calculate(["tro-permanent", "good-practice-period"], Planner.OpeningOn(["tro-permanent", "good-practice-period"], new(), opens).With("closes", closes)))
            .Any(t => !FoundAt(t).Any());
    }

    [Fact]
    public void Backwards_from_a_decision_a_day_later_would_not_do()
    {
        var decision = new DateOnly(2027, 9, 14);
        var plan = Planner.Backwards(["tro-permanent"], new TimetableInputs(), decision);

        plan.Lawful!.Closes.ShouldBe(decision.AddDays(-1));
        plan.Lawful.Opens.ShouldBe(decision.AddDays(-21));
        plan.Advisable!.Closes.ShouldBeLessThanOrEqualTo(decision.AddDays(-14));
        FoundAt(plan.Advisable.Timetable).ShouldBeEmpty();
        plan.Advisable.Closes.Month.ShouldBeLessThan(8);
    }

    [Fact]
    public void A_window_that_the_law_opens_once_a_year_is_waited_for()
    {
        var plan = Planner.Forwards(["school-admission-arrangements"], new TimetableInputs { Years = new Dictionary<string, int>(StringComparer.Ordinal) { [YearInput()] = 2029 } }, new(2027, 3, 1));

        plan.Lawful!.Opens.ShouldBe(new DateOnly(2027, 10, 1));
        plan.Lawful.Timetable.OutsideWindow.ShouldBeFalse();

        static string YearInput() => Engine.Real.Regimes.Get("school-admission-arrangements").Inputs.First(i => i.Kind == InputKind.Year).Name;
    }

    [Fact]
    public void Where_nothing_will_do_nothing_is_named()
    {
        // The order is to be made on a day before objections can have ended.
        var plan = Planner.Forwards(["tro-permanent"], Engine.Inputs(("made", "2027-01-12")), new(2027, 1, 11));

        plan.Lawful.ShouldBeNull();
        plan.Advisable.ShouldBeNull();
    }

    [Fact]
    public void Whatever_starts_a_clock_moves_with_the_opening()
    {
        var given = Engine.Inputs(("opens", "2027-01-11"), ("published", "2027-01-09"), ("made", "2027-05-01"));

        var moved = Planner.OpeningOn(["tro-permanent"], given, new(2027, 1, 18));

        moved.Date("published").ShouldBe(new DateOnly(2027, 1, 16));
        moved.Date("made").ShouldBe(new DateOnly(2027, 5, 1));
        Planner.OpeningOn(["tro-permanent"], new(), new(2027, 1, 18)).Date("published").ShouldBe(new DateOnly(2027, 1, 18));
    }

    [Fact]
    public void Every_regime_that_fixes_a_period_can_be_planned_from_its_opening_alone()
    {
        var cannot = Engine.Real.Regimes.All.Where(r => r.Check is not null && r.Inputs.All(i => i.Kind == InputKind.Date))
            .Where(r => Engine.Real.Calculate([r.Id], Planner.OpeningOn([r.Id], new(), new(2027, 1, 11))).Proposal is { EarliestClose: null, Obstacle: null })
            .Select(r => r.Id);

        cannot.ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_computed_at_all_is_refused() =>
        Should.Throw<RuleBrokenException>(() => Planner.Forwards(["none"], new(), new(2027, 1, 11))).Code.ShouldBe("unknown-regime");

    /// <summary>The lapse of an order after two years lies beyond the bank holidays that are known: no choice of dates mends that.</summary>
    private static IEnumerable<string> FoundAt(Timetable timetable) => timetable.Findings.Select(f => f.Code).Where(c => c != "holidays-unknown");
}
