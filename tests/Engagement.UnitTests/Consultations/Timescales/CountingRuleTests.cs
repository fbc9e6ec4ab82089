using System.Globalization;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class CountingRuleTests
{
    private static readonly CountedDays Days = new(UkCalendar.Load(), []);

    [Theory]
    [InlineData("2027-02-01", 21, "2027-02-21", "2027-02-22", "2027-02-23")]
    [InlineData("2026-12-11", 28, "2027-01-07", "2027-01-08", "2027-01-09")]
    [InlineData("2028-02-08", 21, "2028-02-28", "2028-02-29", "2028-03-01")]
    [InlineData("2027-02-01", 1, "2027-02-01", "2027-02-02", "2027-02-03")]
    public void Days_differ_by_one_between_beginning_with_from_and_clear_days(string start, int days, string beginningWith, string from, string clear)
    {
        Count(new BeginningWith(new Length(days, LengthUnit.Day)), start).ShouldBe(beginningWith);
        Count(new FromOrAfter(new Length(days, LengthUnit.Day)), start).ShouldBe(from);
        Count(new ClearDaysAfter(days), start).ShouldBe(clear);
    }

    [Theory]
    [InlineData("2027-01-31", 1, "2027-02-28", "2027-02-28")]
    [InlineData("2027-01-28", 1, "2027-02-28", "2027-02-27")]
    [InlineData("2026-08-31", 6, "2027-02-28", "2027-02-28")]
    [InlineData("2027-08-31", 6, "2028-02-29", "2028-02-29")]
    [InlineData("2027-08-29", 6, "2028-02-29", "2028-02-28")]
    [InlineData("2026-11-30", 3, "2027-02-28", "2027-02-28")]
    [InlineData("2027-11-30", 3, "2028-02-29", "2028-02-29")]
    [InlineData("2028-02-29", 12, "2029-02-28", "2029-02-28")]
    [InlineData("2026-12-31", 2, "2027-02-28", "2027-02-28")]
    [InlineData("2026-03-01", 12, "2027-03-01", "2027-02-28")]
    public void Months_end_on_the_corresponding_date_or_the_last_day_of_a_shorter_month(string start, int months, string from, string beginningWith)
    {
        Count(new FromOrAfter(new Length(months, LengthUnit.Month)), start).ShouldBe(from);
        Count(new BeginningWith(new Length(months, LengthUnit.Month)), start).ShouldBe(beginningWith);
    }

    [Theory]
    [InlineData("2027-03-01", 1, "2028-02-29")]
    [InlineData("2026-03-01", 1, "2027-02-28")]
    [InlineData("2028-02-29", 2, "2030-02-28")]
    [InlineData("2028-02-29", 4, "2032-02-28")]
    public void A_year_is_twelve_months(string start, int years, string expected)
    {
        Count(new BeginningWith(new Length(years, LengthUnit.Year)), start).ShouldBe(expected);
        Count(new BeginningWith(new Length(years * 12, LengthUnit.Month)), start).ShouldBe(expected);
    }

    [Theory]
    [InlineData("2027-04-26", 7, "day", "2027-04-19")]
    [InlineData("2028-03-01", 1, "day", "2028-02-29")]
    [InlineData("2027-03-01", 1, "day", "2027-02-28")]
    [InlineData("2027-03-31", 3, "month", "2026-12-31")]
    [InlineData("2028-05-31", 3, "month", "2028-02-29")]
    [InlineData("2027-05-31", 3, "month", "2027-02-28")]
    public void Before_leaves_the_event_out(string start, int number, string unit, string expected) =>
        Count(new Before(new Length(number, unit == "day" ? LengthUnit.Day : LengthUnit.Month)), start).ShouldBe(expected);

    [Theory]
    [InlineData("2027-03-30", 28, "2027-03-01")]
    [InlineData("2028-03-29", 28, "2028-02-29")]
    [InlineData("2027-03-30", 1, "2027-03-28")]
    public void Clear_days_before_leave_both_ends_out(string start, int days, string expected) =>
        Count(new ClearDaysBefore(days), start).ShouldBe(expected);

    [Theory]
    [InlineData("2026-12-03", 21, "2026-12-23")] // ends before Christmas
    [InlineData("2026-12-05", 21, "2026-12-27")] // would end on Christmas Day: 25 and 26 December are left out
    [InlineData("2026-12-05", 22, "2026-12-29")] // and Monday 28
    [InlineData("2026-12-14", 21, "2027-01-07")] // 25, 26 and 28 December and 1 January are left out
    [InlineData("2027-12-25", 1, "2027-12-26")] // Christmas Day itself is left out, Sunday 26 December is not
    [InlineData("2027-12-24", 2, "2027-12-26")]
    [InlineData("2027-12-26", 2, "2027-12-29")] // Monday 27 and Tuesday 28 are substitute days
    [InlineData("2027-03-25", 2, "2027-03-27")] // Good Friday is left out, Easter Sunday is not
    [InlineData("2027-03-25", 3, "2027-03-28")]
    [InlineData("2027-03-25", 4, "2027-03-30")] // Easter Monday is left out
    public void Public_holidays_are_left_out_of_planning_periods(string start, int days, string expected) =>
        Count(new BeginningWithLeavingOutPublicHolidays(days), start).ShouldBe(expected);

    [Theory]
    [InlineData("2027-05-06", 25, "2027-03-31")]
    [InlineData("2027-04-01", 1, "2027-03-31")]
    [InlineData("2027-03-30", 1, "2027-03-25")] // back over Easter
    [InlineData("2027-03-30", 2, "2027-03-24")]
    public void Working_days_before_leave_out_weekends_holidays_and_the_event(string start, int days, string expected) =>
        Count(new WorkingDaysBefore(days), start).ShouldBe(expected);

    [Theory]
    [InlineData(true, "2026-12-23")]
    [InlineData(false, "2026-12-24")]
    public void Only_election_rules_leave_out_Christmas_Eve(bool leavesOutChristmasEve, string expected) =>
        Count(new WorkingDaysBefore(1, leavesOutChristmasEve), "2026-12-29").ShouldBe(expected);

    [Theory]
    [InlineData("2026-12-21", 10, "2027-01-07")]
    [InlineData("2027-03-25", 1, "2027-03-30")]
    [InlineData("2027-03-24", 1, "2027-03-25")]
    public void Working_days_after_leave_out_the_start(string start, int days, string expected) =>
        Count(new WorkingDaysAfter(days), start).ShouldBe(expected);

    [Theory]
    [InlineData("2027-03-30", 5, "2027-03-18")]
    [InlineData("2027-02-09", 5, "2027-02-01")]
    [InlineData("2027-02-10", 1, "2027-02-08")]
    public void Clear_working_days_before_leave_both_ends_out(string start, int days, string expected) =>
        Count(new ClearWorkingDaysBefore(days), start).ShouldBe(expected);

    [Theory]
    [InlineData("2027-02-12", 1, "2027-02-12")] // a school day counts itself
    [InlineData("2027-02-12", 2, "2027-02-22")] // then half term
    [InlineData("2027-02-13", 1, "2027-02-22")] // a Saturday does not count itself
    [InlineData("2027-02-19", 1, "2027-02-22")] // nor does the last day of a holiday
    [InlineData("2027-03-25", 2, "2027-03-30")] // bank holidays are no school days
    public void Term_time_days_leave_out_school_holidays(string start, int days, string expected)
    {
        var halfTerm = Days with { SchoolBreaks = [new DateRange(new(2027, 2, 15), new(2027, 2, 19))] };
        new TermTimeWorkingDays(days).Count(Engine.Day(start), halfTerm).ShouldBe(Engine.Day(expected));
    }

    [Theory]
    [InlineData("2028-04-15", "2028-04-18")] // Saturday before Easter
    [InlineData("2028-04-17", "2028-04-18")]
    [InlineData("2028-04-18", "2028-04-18")]
    [InlineData("2026-03-01", "2026-03-02")]
    public void The_next_working_day_is_the_day_itself_when_it_is_one(string start, string expected) =>
        Count(new NextWorkingDay(), start).ShouldBe(expected);

    [Theory]
    [InlineData("2027-01-01", 0, 2, 29, "2027-02-28")]
    [InlineData("2028-01-01", 0, 2, 29, "2028-02-29")]
    [InlineData("2028-01-01", 0, 2, 28, "2028-02-28")]
    [InlineData("2028-12-31", -2, 10, 1, "2026-10-01")]
    public void A_fixed_date_takes_only_the_year_from_its_start(string start, int offset, int month, int day, string expected) =>
        Count(new FixedDate(offset, month, day), start).ShouldBe(expected);

    [Fact]
    public void The_day_after_the_end_of_a_year_is_in_the_next() => Count(new DayAfter(), "2027-12-31").ShouldBe("2028-01-01");

    [Fact]
    public void A_length_of_nothing_is_the_day_itself() => Count(new FromOrAfter(new Length(0, LengthUnit.Day)), "2027-12-31").ShouldBe("2027-12-31");

    private static string Count(CountingRule rule, string start) => rule.Count(Engine.Day(start), Days).ToString("O", CultureInfo.InvariantCulture);
}
