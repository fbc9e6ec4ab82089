using Engagement.Kernel;

namespace Engagement.UnitTests.Platform;

public sealed class RuleBrokenExceptionTests
{
    [Theory]
    [InlineData("status")]
    [InlineData("detail")]
    [InlineData("breaches")]
    public void A_fact_may_not_take_the_name_of_a_member_that_every_refusal_has(string name) =>
        Should.Throw<ArgumentException>(() => Refusal(name)).Message.ShouldContain($"'{name}'");

    [Fact]
    public void A_fact_by_a_name_of_its_own_is_kept() => Refusal("closesAt").Facts["closesAt"].ShouldBe("x");

    private static RuleBrokenException Refusal(string fact) => new("code", "Sentence.", facts: new Dictionary<string, object>(StringComparer.Ordinal) { [fact] = "x" });
}
