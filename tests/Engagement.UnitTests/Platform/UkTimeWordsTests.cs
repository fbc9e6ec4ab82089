using System.Globalization;
using Engagement.Kernel;

namespace Engagement.UnitTests.Platform;

public sealed class UkTimeWordsTests
{
    [Theory]
    [InlineData("2026-11-23T09:00:00Z", "9am on Monday 23 November 2026")]
    [InlineData("2026-07-01T16:30:59Z", "5:30pm on Wednesday 1 July 2026")]
    [InlineData("2026-11-23T12:00:00Z", "midday on Monday 23 November 2026")]
    [InlineData("2026-11-23T12:01:00Z", "12:01pm on Monday 23 November 2026")]
    [InlineData("2026-11-23T00:00:00Z", "12am on Monday 23 November 2026")]
    public void An_instant_is_spelt_as_people_say_it(string instant, string words) => UkTime.SpellInstant(At(instant)).ShouldBe(words);

    [Fact]
    public void Close_to_a_deadline_the_second_counts() =>
        UkTime.SpellInstantToTheSecond(At("2026-11-28T00:00:03Z")).ShouldBe("12:00:03am on Saturday 28 November 2026");

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
