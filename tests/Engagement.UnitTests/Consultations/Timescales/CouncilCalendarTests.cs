using Engagement.Consultations.Application;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations.Timescales;

/// <summary>What the council has recorded, as timetables take it.</summary>
public sealed class CouncilCalendarTests
{
    private static readonly Actor Officer = new(ActorKind.Officer, "one");
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_holiday_that_was_proclaimed_late_moves_counts_that_leave_holidays_out_and_no_other()
    {
        var calculator = Known(Entry(CalendarEntryKind.BankHoliday, "State funeral", "2027-02-10")).Calculator;

        Planning(calculator).ShouldBe(Planning(Engine.Real)!.Value.AddDays(1));
        calculator.Calculate(["tro-permanent"], Engine.Inputs(("published", "2027-02-01"))).DateOf("min_close")
            .ShouldBe(Engine.Calculate("tro-permanent", ("published", "2027-02-01")).DateOf("min_close"));
        calculator.Calendar.BankHoliday(new(2027, 2, 10)).ShouldBe("State funeral");
        Engine.Real.Calendar.BankHoliday(new(2027, 2, 10)).ShouldBeNull();

        static DateOnly? Planning(TimetableCalculator calculator) =>
            calculator.Calculate(["planning-application-publicity"], Engine.Inputs(("site_notice", "2027-02-01"))).Proposal.EarliestClose;
    }

    [Fact]
    public void A_recorded_holiday_makes_no_unknown_year_known()
    {
        var published = UkCalendar.Load();

        published.With([KeyValuePair.Create(new DateOnly(2031, 5, 1), "A day")]).Knows(2031).ShouldBeFalse();
        Should.Throw<RuleBrokenException>(() => Entry(CalendarEntryKind.BankHoliday, "A day", "2031-05-01")).Code.ShouldBe("holidays-unknown");
        Should.Throw<RuleBrokenException>(() => Entry(CalendarEntryKind.BankHoliday, "Twice", "2026-12-25")).Code.ShouldBe("already-a-bank-holiday");
    }

    [Fact]
    public void School_holidays_are_taken_where_nobody_gives_any_and_the_working_says_so()
    {
        var known = Known(
            Entry(CalendarEntryKind.SchoolBreak, "Half-term", "2027-02-15", "2027-02-19"), Entry(CalendarEntryKind.SchoolBreak, "Easter holiday", "2027-03-26", "2027-04-09"),
            Entry(CalendarEntryKind.SchoolBreak, "Autumn", "2026-10-19", "2026-10-23"));
        var (regime, input) = ("school-travel-policy", "opens");
        regime = Engine.Real.Regimes.All.First(r => r.Versions[^1].Steps.Any(s => s.Rule.Name == "term_working_days")).Id;
        input = Engine.Real.Regimes.Get(regime).Versions[^1].Steps.First(s => s.Rule.Name == "term_working_days").Sources[0].Alternatives[0];

        var recorded = known.Calculator.Calculate([regime], Engine.Inputs((input, "2027-02-01")));
        var given = Engine.Real.Calculate([regime], Engine.Inputs((input, "2027-02-01")) with { SchoolBreaks = [new(new(2027, 2, 15), new(2027, 2, 19))] });
        var step = recorded.Steps.First(s => s.Rule.Rule.Name == "term_working_days");

        step.Date.ShouldBe(given.Steps.First(s => s.Key == step.Key).Date);
        step.Working.ShouldContain("school holidays that the council has recorded: Monday 15 February 2027 to Friday 19 February 2027)");
        recorded.Finding("school-holidays-missing").ShouldBeNull();
        known.Calculator.Calculate([regime], Engine.Inputs((input, "2027-09-01"))).Finding("school-holidays-missing")!.Message.ShouldContain("reach from Monday 19 October 2026 to Friday 9 April 2027");

        // What whoever asks gives goes before it, an empty list too.
        known.Calculator.Calculate([regime], Engine.Inputs((input, "2027-02-01")) with { SchoolBreaks = [] }).Steps.First(s => s.Key == step.Key).Date.ShouldBeLessThan(step.Date);
    }

    [Theory]
    [InlineData("2027-03-20", "2027-05-20", null)] // before the notice
    [InlineData("2027-04-10", "2027-06-20", "opens-before-election")]
    [InlineData("2027-02-01", "2027-05-06", "closes-before-election")]
    [InlineData("2027-02-01", "2027-05-07", null)]
    public void A_recorded_poll_warns_where_nobody_gives_one(string opens, string closes, string? code)
    {
        var calculator = Known(Entry(CalendarEntryKind.Poll, "County election", "2027-05-06")).Calculator;

        var findings = calculator.Calculate(["good-practice-period"], Engine.Inputs(("opens", opens), ("closes", closes))).Findings.Where(f => f.Code.EndsWith("-election", StringComparison.Ordinal)).ToList();

        findings.Select(f => f.Code).ShouldBe(code is null ? [] : [code]);
        findings.ShouldAllBe(f => f.Message.Contains("County election, as the council has recorded it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_poll_that_is_given_goes_before_the_recorded_ones() =>
        Known(Entry(CalendarEntryKind.Poll, "County election", "2027-05-06")).Calculator
            .Calculate(["good-practice-period"], Engine.Inputs(("opens", "2027-04-10"), ("closes", "2027-07-20"), ("poll", "2028-05-04")))
            .Findings.ShouldNotContain(f => f.Code == "opens-before-election");

    [Theory]
    [InlineData("2027-12-23", false)]
    [InlineData("2027-12-24", true)]
    [InlineData("2027-12-31", true)]
    [InlineData("2028-01-01", false)]
    public void Closing_on_a_day_on_which_the_council_is_closed_is_worth_a_thought(string closes, bool found) =>
        (Known(Entry(CalendarEntryKind.Closure, "Christmas closing", "2027-12-24", "2027-12-31")).Calculator
            .Calculate(["good-practice-period"], Engine.Inputs(("opens", "2027-09-01"), ("closes", closes))).Finding("closes-on-closure") is not null).ShouldBe(found);

    [Fact]
    public void What_was_known_after_each_change_is_told_apart_from_what_is_known_now()
    {
        var withdrawn = Entry(CalendarEntryKind.BankHoliday, "A slip", "2027-02-11");
        withdrawn.Withdraw("It was another day.", 3, Officer, Now.AddDays(2));
        var known = Known(Entry(CalendarEntryKind.BankHoliday, "State funeral", "2027-02-10", change: 2), withdrawn);

        known.After(0).Calendar.BankHoliday(new(2027, 2, 11)).ShouldBeNull();
        known.After(1).Calendar.BankHoliday(new(2027, 2, 10)).ShouldBeNull();
        known.After(1).Calendar.BankHoliday(new(2027, 2, 11)).ShouldBe("A slip");
        known.After(2).Calendar.BankHoliday(new(2027, 2, 11)).ShouldBe("A slip");
        known.After(3).Calendar.BankHoliday(new(2027, 2, 11)).ShouldBeNull();
        known.Calculator.Calendar.BankHoliday(new(2027, 2, 10)).ShouldBe("State funeral");
        known.Stamp.ShouldBe("3.0");
        Should.Throw<RuleBrokenException>(() => withdrawn.Withdraw("Again.", 4, Officer, Now)).Code.ShouldBe("already-withdrawn");
    }

    [Fact]
    public void A_move_names_dates_problems_and_causes()
    {
        var inputs = Engine.Inputs(("site_notice", "2027-02-01"), ("opens", "2027-02-01"), ("closes", "2027-02-21"));
        var known = Known(Entry(CalendarEntryKind.BankHoliday, "State funeral", "2027-02-10"));
        var (before, after) = (Engine.Real.Calculate(["planning-application-publicity"], inputs), known.Calculator.Calculate(["planning-application-publicity"], inputs));

        var move = TimetableMove.Between(before, after, ["State funeral"]);

        before.Compliant.ShouldBe(true);
        move.Dates.ShouldNotBeEmpty();
        move.Dates.ShouldAllBe(d => d.After == d.Before.AddDays(1));
        move.Problem!.ShouldContain("1 day too early");
        TimetableMove.Between(before, before, []).IsNothing.ShouldBeTrue();
    }

    private static KnownTimescales Known(params CalendarEntry[] entries) => new(new BuiltInTimescales(), entries, []);

    private static CalendarEntry Entry(CalendarEntryKind kind, string title, string first, string? last = null, int change = 1) =>
        CalendarEntry.Record(new CalendarDays(kind, title, Engine.Day(first), Engine.Day(last ?? first), null, "The council's site", null), UkCalendar.Load(), change, Officer, Now);
}
