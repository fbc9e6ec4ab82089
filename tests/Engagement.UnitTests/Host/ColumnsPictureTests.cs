using Engagement.Host.Pages.Shared.Charts;

namespace Engagement.UnitTests.Host;

public sealed class ColumnsPictureTests
{
    private static readonly DateOnly First = new(2027, 1, 11);

    private static ColumnsPicture Of(int days, params DayColumn[] columns) =>
        ColumnsPicture.Of("Responses per day", First, First.AddDays(days - 1), columns.ToDictionary(c => c.Day));

    [Fact]
    public void Every_day_has_a_column_both_ends_counted_in() => Of(56).Columns.Count.ShouldBe(56);

    [Fact]
    public void The_highest_column_stays_below_the_top_and_heights_are_in_proportion()
    {
        var picture = Of(3, new DayColumn(First, 6, 2), new DayColumn(First.AddDays(2), 4, 0));

        picture.Levels.Select(l => l.Label).ShouldBe(["0", "2", "4", "6", "8"]);
        picture.Columns[0].LowerHeight.ShouldBe(picture.Columns[0].UpperHeight * 3, 0.05);
        picture.Columns[0].UpperTop.ShouldBe(picture.Levels[^1].Y, 0.05);
        picture.Columns[1].LowerHeight.ShouldBe(0);
        (picture.Columns[2].LowerTop + picture.Columns[2].LowerHeight).ShouldBe(ColumnsPicture.Ground, 0.02);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(9, 12)]
    [InlineData(29, 40)]
    [InlineData(200_000, 200_000)]
    [InlineData(200_001, 280_000)]
    public void The_scale_ends_in_four_whole_steps(int highest, int top)
    {
        ColumnsPicture.NiceTop(highest).ShouldBe(top);
        (top % 4).ShouldBe(0);
    }

    [Fact]
    public void Says_in_a_sentence_what_it_shows()
    {
        Of(2, new DayColumn(First, 1, 0)).Description.ShouldStartWith("1 response from 11 January 2027 to 12 January 2027. Most came on Monday 11 January 2027: 1.");
        Of(2).Description.ShouldBe("No responses yet.");
    }

    [Fact]
    public void Labels_do_not_run_into_one_another()
    {
        var days = Of(120).Days;

        days.Zip(days.Skip(1)).ShouldAllBe(pair => pair.Second.X - pair.First.X >= 50);
    }
}
