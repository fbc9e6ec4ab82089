using Engagement.Consultations.Domain;
using Engagement.Kernel;

namespace Engagement.UnitTests.Consultations;

public sealed class ConsultationPeriodTests
{
    private static readonly UkMoment Earlier = new(new DateOnly(2026, 1, 5));

    /// <summary>The deadline dates of the reliability reference, clock changes included.</summary>
    [Theory]
    [InlineData("2026-11-27", null, null, "2026-11-28T00:00:00Z", "11:59pm on Friday 27 November 2026")]
    [InlineData("2026-11-27", "12:00", null, "2026-11-27T12:00:00Z", "11:59am on Friday 27 November 2026")]
    [InlineData("2026-06-30", null, null, "2026-06-30T23:00:00Z", "11:59pm on Tuesday 30 June 2026")]
    [InlineData("2026-06-30", "12:00", null, "2026-06-30T11:00:00Z", "11:59am on Tuesday 30 June 2026")]
    [InlineData("2026-03-29", null, null, "2026-03-29T23:00:00Z", "11:59pm on Sunday 29 March 2026")]
    [InlineData("2026-03-29", "12:00", null, "2026-03-29T11:00:00Z", "11:59am on Sunday 29 March 2026")]
    [InlineData("2026-03-29", "00:59", null, "2026-03-29T00:59:00Z", "12:58am on Sunday 29 March 2026")]
    [InlineData("2026-03-29", "02:00", null, "2026-03-29T01:00:00Z", "12:59am on Sunday 29 March 2026")]
    [InlineData("2026-10-25", null, null, "2026-10-26T00:00:00Z", "11:59pm on Sunday 25 October 2026")]
    [InlineData("2026-10-25", "00:30", null, "2026-10-24T23:30:00Z", "12:29am on Sunday 25 October 2026")]
    [InlineData("2026-10-25", "01:30", false, "2026-10-25T00:30:00Z", "1:29am on Sunday 25 October 2026")]
    [InlineData("2026-10-25", "01:30", true, "2026-10-25T01:30:00Z", "1:29am on Sunday 25 October 2026")]
    [InlineData("2026-10-25", "02:30", null, "2026-10-25T02:30:00Z", "2:29am on Sunday 25 October 2026")]
    [InlineData("2027-10-31", "01:30", true, "2027-10-31T01:30:00Z", "1:29am on Sunday 31 October 2027")]
    [InlineData("2028-02-29", null, null, "2028-03-01T00:00:00Z", "11:59pm on Tuesday 29 February 2028")]
    [InlineData("2026-12-31", null, null, "2027-01-01T00:00:00Z", "11:59pm on Thursday 31 December 2026")]
    [InlineData("2026-12-25", null, null, "2026-12-26T00:00:00Z", "11:59pm on Friday 25 December 2026")]
    public void Closes_at_the_instant_that_the_wall_time_means(string date, string? time, bool? second, string closesAt, string inWords)
    {
        var period = ConsultationPeriod.Between(Earlier, Moment(date, time, second));

        period.ClosesAt.ShouldBe(Instant(closesAt));
        UkTime.SpellDeadline(period.ClosesAt).ShouldBe(inWords);
    }

    [Theory]
    [InlineData("2026-03-29", "01:00")]
    [InlineData("2026-03-29", "01:59")]
    [InlineData("2027-03-28", "01:30")]
    public void Refuses_a_time_that_the_clocks_leave_out(string date, string time) =>
        Should.Throw<RuleBrokenException>(() => ConsultationPeriod.Between(Earlier, Moment(date, time))).Code.ShouldBe("time-does-not-exist");

    [Theory]
    [InlineData("2026-10-25", "01:00")]
    [InlineData("2026-10-25", "01:59")]
    public void Asks_which_of_two_equal_times_is_meant(string date, string time) =>
        Should.Throw<RuleBrokenException>(() => ConsultationPeriod.Between(Earlier, Moment(date, time))).Code.ShouldBe("time-occurs-twice");

    [Theory]
    [InlineData("2026-01-12", "2026-02-23")]
    [InlineData("2026-03-16", "2026-04-27")]
    [InlineData("2026-10-12", "2026-11-23")]
    public void Six_weeks_keep_their_wall_times_across_a_change_of_the_clocks(string opens, string closes)
    {
        var period = ConsultationPeriod.Between(Moment(opens, "09:00"), Moment(closes, "09:00"));

        period.ClosesOn.DayNumber.ShouldBe(period.OpensOn.DayNumber + 42);
        UkTime.WallTimeOf(period.OpensAt).TimeOfDay.ShouldBe(UkTime.WallTimeOf(period.ClosesAt).TimeOfDay);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-05-24", 84 * 24 - 1)]
    [InlineData("2026-09-01", "2026-11-24", 84 * 24 + 1)]
    [InlineData("2026-06-01", "2026-08-24", 84 * 24)]
    public void Twelve_weeks_are_an_hour_shorter_or_longer_across_a_change_of_the_clocks(string opens, string closes, int hours)
    {
        var period = ConsultationPeriod.Between(Moment(opens, "12:00"), Moment(closes, "12:00"));

        (period.ClosesAt - period.OpensAt).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Theory]
    [InlineData("2026-06-01", "2026-05-31T23:00:00Z")]
    [InlineData("2026-12-01", "2026-12-01T00:00:00Z")]
    public void Opens_with_the_day_where_no_time_is_given(string date, string opensAt) =>
        ConsultationPeriod.Between(Moment(date), Moment("2027-01-31")).OpensAt.ShouldBe(Instant(opensAt));

    [Fact]
    public void Takes_23_59_for_the_end_of_the_day()
    {
        var period = ConsultationPeriod.Between(Earlier, Moment("2026-11-27", "23:59"));

        period.ShouldBe(ConsultationPeriod.Between(Earlier, Moment("2026-11-27")));
        period.LastDay.ShouldBe(new DateOnly(2026, 11, 27));
    }

    [Fact]
    public void Takes_23_58_for_what_it_says() =>
        ConsultationPeriod.Between(Earlier, Moment("2026-11-27", "23:58")).ClosesAt.ShouldBe(Instant("2026-11-27T23:58:00Z"));

    [Fact]
    public void Refuses_midnight_as_a_closing_time_and_names_the_day_that_may_be_meant()
    {
        var refusal = Should.Throw<RuleBrokenException>(() => ConsultationPeriod.Between(Earlier, Moment("2026-11-28", "00:00")));

        refusal.Code.ShouldBe("closes-at-midnight");
        refusal.Message.ShouldContain("For the whole of Friday 27 November 2026 give that date without a time.");
    }

    [Fact]
    public void Takes_a_minute_after_midnight_whose_last_day_is_that_day() =>
        ConsultationPeriod.Between(Earlier, Moment("2026-11-28", "00:01")).LastDay.ShouldBe(new DateOnly(2026, 11, 28));

    [Fact]
    public void May_open_and_close_on_one_day() =>
        ConsultationPeriod.Between(Moment("2026-11-27"), Moment("2026-11-27")).LastDay.ShouldBe(new DateOnly(2026, 11, 27));

    [Theory]
    [InlineData("2026-11-27", "12:01", "2026-11-27", "12:00")]
    [InlineData("2026-11-27", "12:00", "2026-11-27", "12:00")]
    [InlineData("2026-11-28", null, "2026-11-27", null)]
    public void Refuses_to_close_before_it_opens_or_as_it_opens(string opens, string? opensTime, string closes, string? closesTime) =>
        Should.Throw<RuleBrokenException>(() => ConsultationPeriod.Between(Moment(opens, opensTime), Moment(closes, closesTime))).Code
            .ShouldBe("period-ends-before-it-opens");

    [Fact]
    public void Closes_a_minute_after_it_opens_at_the_shortest() =>
        ConsultationPeriod.Between(Moment("2026-11-27", "11:59"), Moment("2026-11-27", "12:00")).ClosesAt.ShouldBe(Instant("2026-11-27T12:00:00Z"));

    private static UkMoment Moment(string date, string? time = null, bool? second = null) =>
        new(DateOnly.ParseExact(date, "yyyy-MM-dd"), time is null ? null : TimeOnly.ParseExact(time, "HH:mm"), second);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
