using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class UkCalendarTests
{
    private static readonly UkCalendar Calendar = UkCalendar.Load();

    [Theory]
    [InlineData("2012-06-05")]
    [InlineData("2020-05-08")]
    [InlineData("2022-09-19")]
    [InlineData("2023-05-08")]
    [InlineData("2026-12-28")]
    [InlineData("2028-12-26")]
    public void Knows_a_bank_holiday(string date) => Calendar.BankHoliday(Engine.Day(date)).ShouldNotBeNull();

    [Theory]
    [InlineData("2020-05-04")] // moved to Friday 8 May
    [InlineData("2022-05-30")] // moved to Thursday 2 June
    [InlineData("2026-12-26")] // a Saturday: observed on Monday 28
    [InlineData("2028-12-27")]
    public void Knows_a_day_that_is_none(string date) => Calendar.BankHoliday(Engine.Day(date)).ShouldBeNull();

    [Theory]
    [InlineData("2012-01-01")]
    [InlineData("2028-12-31")]
    public void Answers_for_the_first_and_the_last_known_day(string date) => Calendar.BankHoliday(Engine.Day(date)).ShouldBeNull();

    [Theory]
    [InlineData("2011-12-31", "2011")]
    [InlineData("2029-01-01", "2029")]
    public void Refuses_a_year_without_data(string date, string year)
    {
        var refusal = Should.Throw<RuleBrokenException>(() => Calendar.IsWorkingDay(Engine.Day(date)));

        refusal.Code.ShouldBe("holidays-unknown");
        refusal.Message.ShouldContain(year);
        refusal.Message.ShouldContain("2012 to 2028");
    }

    [Theory]
    [InlineData("2026-12-25", true)]
    [InlineData("2026-12-26", true)] // Saturday, itself a bank holiday under the Act
    [InlineData("2026-12-27", false)]
    [InlineData("2026-12-28", true)]
    [InlineData("2027-12-25", true)] // Saturday
    [InlineData("2027-12-26", false)] // Sunday
    [InlineData("2027-12-27", true)]
    [InlineData("2027-12-28", true)]
    [InlineData("2027-12-29", false)]
    public void Knows_the_public_holidays_of_the_planning_orders(string date, bool expected) =>
        Calendar.IsPublicHoliday(Engine.Day(date)).ShouldBe(expected);

    [Fact]
    public void Says_where_its_days_come_from()
    {
        Calendar.Source.ShouldContain("GOV.UK");
        Calendar.Licence.ShouldBe("Open Government Licence v3.0");
        Calendar.AsOf.ShouldBe(new DateOnly(2026, 2, 25));
        (Calendar.FirstYear, Calendar.LastYear).ShouldBe((2012, 2028));
    }
}
