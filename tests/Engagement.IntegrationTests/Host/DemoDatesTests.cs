using System.Text.Json.Nodes;
using Engagement.Consultations.Domain;
using Engagement.Host.Demo;
using Engagement.Kernel;

namespace Engagement.IntegrationTests.Host;

public sealed class DemoDatesTests
{
    /// <summary>A Monday.</summary>
    private static readonly RelativeDates Dates = new(new DateOnly(2026, 11, 23));

    [Theory]
    [InlineData("D-12", "2026-11-11")]
    [InlineData("D+0", "2026-11-23")]
    [InlineData("D+0 Mon", "2026-11-23")]
    [InlineData("D+1 Mon", "2026-11-30")]
    [InlineData("D-52 Tue", "2026-10-06")]
    [InlineData("D-12 19:42", "2026-11-11T19:42:00.0000000+00:00")]
    [InlineData("D-120 19:42", "2026-07-26T18:42:00.0000000+00:00")]
    [InlineData("The Cabinet decides on {D+28 Tue}.", "The Cabinet decides on Tuesday 22 December 2026.")]
    [InlineData("Section D-12 of the plan", "Section D-12 of the plan")]
    public void A_relative_date_becomes_a_real_one(string text, string resolved) =>
        Dates.Resolve(JsonValue.Create(text))!.GetValue<string>().ShouldBe(resolved);

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", "2026-11-23T09:02:00Z")]
    [InlineData("2026-11-23T09:00:01Z", "2026-11-23T09:03:00Z")]
    [InlineData("2026-11-23T23:58:00Z", "2026-11-24T00:00:00Z")]
    [InlineData("2026-10-25T00:28:30Z", "2026-10-25T00:31:00Z")]
    [InlineData("2026-10-25T01:28:30Z", "2026-10-25T01:31:00Z")]
    [InlineData("2026-03-29T00:58:30Z", "2026-03-29T01:01:00Z")]
    public void The_closing_is_the_first_whole_minute_two_minutes_away_even_at_midnight_and_where_the_clocks_change(string now, string closesAt)
    {
        var closes = ClosingSoon.After(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        ConsultationPeriod.Between(new UkMoment(new DateOnly(2026, 1, 1)), closes).ClosesAt
            .ShouldBe(DateTimeOffset.Parse(closesAt, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_scenario_clock_refuses_an_instant_that_is_still_to_come()
    {
        var real = new TestKit.TestClock();
        var clock = new ScenarioClock(real);
        clock.MoveTo(real.Now);
        clock.GetUtcNow().ShouldBe(real.Now);

        Should.Throw<InvalidOperationException>(() => clock.MoveTo(real.Now.AddTicks(1)));
    }

    [Fact]
    public void The_scenario_clock_ends_at_the_real_time()
    {
        var real = new TestKit.TestClock();
        var clock = new ScenarioClock(real);
        clock.MoveTo(UkTime.StartOf(new DateOnly(2026, 5, 1)));
        clock.GetUtcNow().ShouldBe(UkTime.StartOf(new DateOnly(2026, 5, 1)));

        clock.ReturnToRealTime();
        real.Advance(TimeSpan.FromSeconds(5));

        clock.GetUtcNow().ShouldBe(real.Now);
    }
}
