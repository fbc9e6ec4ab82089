using Engagement.Platform.Clock;

namespace Engagement.UnitTests.Platform;

public sealed class DatabaseClockTests
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Received = Sent.AddMilliseconds(400);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(200, 0)]
    [InlineData(400, 0)]
    [InlineData(401, 1)]
    [InlineData(-1, -1)]
    [InlineData(2_200, 1_800)]
    public void Moves_only_as_far_as_an_answer_that_came_back_after_400_ms_proves(int answeredAfter, int offset) =>
        DatabaseClock.Correct(TimeSpan.Zero, Sent, Sent.AddMilliseconds(answeredAfter), Received).ShouldBe(TimeSpan.FromMilliseconds(offset));

    [Fact]
    public void A_quick_exchange_narrows_what_a_slow_one_left_open()
    {
        var behind = TimeSpan.FromSeconds(5);
        var first = DatabaseClock.Correct(TimeSpan.Zero, Sent, Sent + behind, Received);
        var second = DatabaseClock.Correct(first, Sent, Sent + behind, Sent.AddMilliseconds(2));

        (behind - first).ShouldBe(TimeSpan.FromMilliseconds(400));
        (behind - second).ShouldBe(TimeSpan.FromMilliseconds(2));
    }
}
