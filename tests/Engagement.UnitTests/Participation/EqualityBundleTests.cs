using Engagement.Participation.Application.Bundles;

namespace Engagement.UnitTests.Participation;

public sealed class EqualityBundleTests
{
    [Theory]
    [InlineData(new[] { 10, 12, 13, 17 }, new[] { 10, 10, 15, 15 })]
    [InlineData(new[] { 9, 40, 60 }, new[] { -1, -1, 60 })]
    [InlineData(new[] { 0, 9, 40, 60 }, new[] { -1, -1, 40, 60 })]
    [InlineData(new[] { 0, 0, 0 }, new[] { -1, -1, -1 })]
    public void Counts_below_ten_are_suppressed_with_another_so_that_none_can_be_worked_out_and_the_rest_are_rounded(int[] exact, int[] said) =>
        EqualityBundleSection.Safe(exact).Select(c => c ?? -1).ShouldBe(said);
}
