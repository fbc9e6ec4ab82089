using Engagement.ClosingTheLoop.Application.Analysis;
using FsCheck;
using FsCheck.Fluent;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class NumberSummaryTests
{
    [Fact]
    public void No_number_has_no_mean() => NumberSummary.Of([]).ShouldBeNull();

    [Fact]
    public void The_median_of_an_even_number_of_values_lies_between_the_two_in_the_middle() =>
        NumberSummary.Of([(1, 1), (10, 2), (2, 1)]).ShouldBe(new NumberSummary(4, 5.75m, 6m, 1m, 10m));

    [Fact]
    public void The_median_of_an_odd_number_of_values_is_the_one_in_the_middle() =>
        NumberSummary.Of([(-5, 2), (3, 3)]).ShouldBe(new NumberSummary(5, -0.2m, 3m, -5m, 3m));

    [Fact]
    public void Counting_equal_values_first_changes_no_figure() => Prop.ForAll<NonEmptyArray<int>>(given =>
    {
        var values = given.Get.Select(v => (decimal)v).Order().ToList();
        var summary = NumberSummary.Of(given.Get.GroupBy(v => v).Select(g => ((decimal)g.Key, g.Count())))!;
        var middle = (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
        return summary == new NumberSummary(values.Count, Math.Round(values.Average(), 4), middle, values[0], values[^1]);
    }).QuickCheckThrowOnFailure();
}
