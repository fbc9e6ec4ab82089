using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class WorkingTests
{
    [Fact]
    public void Beginning_with() => Working("tro-permanent", "min_close", ("published", "2025-09-17"))
        .ShouldBe("21 days beginning with Wednesday 17 September 2025, which counts as day 1: the last day is Tuesday 7 October 2025.");

    [Fact]
    public void From() => Working("neighbourhood-plan", "min_close", ("publicised", "2027-01-18"))
        .ShouldBe("6 weeks from Monday 18 January 2027, which is not counted: day 42 is Monday 1 March 2027.");

    [Fact]
    public void Months_with_a_corresponding_date() => Working("tro-experimental", "objections_end", ("in_force", "2027-03-08"))
        .ShouldBe("6 months beginning with Monday 8 March 2027, which counts as day 1: the last day is Tuesday 7 September 2027, the day before the corresponding date.");

    [Fact]
    public void Months_without_one() => Working("tro-experimental", "objections_end", ("in_force", "2026-08-31"))
        .ShouldBe("6 months beginning with Monday 31 August 2026, which counts as day 1: the last day is Sunday 28 February 2027, the last of a month without a 31st.");

    [Fact]
    public void Public_holidays_left_out_are_named() => Working("planning-application-publicity", "newspaper_end", ("newspaper", "2026-12-17"))
        .ShouldBe("14 days beginning with Thursday 17 December 2026 (left out as public holidays: Friday 25 December 2026, Saturday 26 December 2026, Monday 28 December 2026, Friday 1 January 2027): the last day is Sunday 3 January 2027.");

    [Fact]
    public void The_latest_of_several_dates_is_said_to_decide() => Working("village-green", "min_close", ("published", "2027-01-15"), ("posted_delivery", "2027-01-18"))
        .ShouldBe("The latest of Friday 15 January 2027 (published) and Monday 18 January 2027 (posted delivery) decides. 6 weeks from Monday 18 January 2027, which is not counted: day 42 is Monday 1 March 2027.");

    [Fact]
    public void Clear_days() => Working("key-decision-notice", "notice_by", ("decision", "2027-03-30"))
        .ShouldBe("28 clear days before Tuesday 30 March 2027: Tuesday 2 March 2027 to Monday 29 March 2027 lie between, so Monday 1 March 2027 is the latest day.");

    [Fact]
    public void Term_time_days_name_the_school_holidays()
    {
        var inputs = Engine.Inputs(("opens", "2027-01-11")) with { SchoolBreaks = [new DateRange(new(2027, 2, 15), new(2027, 2, 19))] };

        Engine.Real.Calculate(["home-to-school-travel-policy"], inputs).Steps.ShouldHaveSingleItem().Working
            .ShouldBe("School day 28 counted from Monday 11 January 2027, leaving out weekends, bank holidays and school holidays (school holidays: Monday 15 February 2027 to Friday 19 February 2027): Wednesday 24 February 2027.");
    }

    private static string Working(string regime, string key, params (string Name, string Date)[] inputs) =>
        Engine.Calculate(regime, inputs).Steps.Single(s => s.Key == key).Working;
}
