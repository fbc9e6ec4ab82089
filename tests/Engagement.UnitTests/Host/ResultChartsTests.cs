using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Host.Pages.Admin.Analysis;
using Engagement.Host.Pages.Shared.Charts;

namespace Engagement.UnitTests.Host;

public sealed class ResultChartsTests
{
    private static readonly ConsultationId Consultation = ConsultationId.New();

    [Fact]
    public void The_summary_names_the_answer_that_was_chosen_most_with_its_base_and_share() =>
        ResultCharts.Summary(Choices(("Yes", 12), ("No", 8)), isText: false).ShouldBe("“Yes” was chosen most often: by 12 of the 20 who answered (60.0%).");

    [Fact]
    public void Answers_that_are_level_are_all_named() =>
        ResultCharts.Summary(Choices(("Mon", 8), ("Tue", 8), ("Sat", 8), ("Sun", 1)), isText: false)
            .ShouldBe("“Mon”, “Tue” and “Sat” were chosen equally often, more than any other answer: each by 8 of the 25 who answered (32.0%).");

    [Fact]
    public void Of_more_than_three_that_are_level_it_is_only_said_how_many_they_are() =>
        ResultCharts.Summary(Choices(("Mon", 2), ("Tue", 2), ("Wed", 2), ("Sat", 2)), isText: false)
            .ShouldBe("4 answers were chosen equally often, more than any other answer: each by 2 of the 8 who answered.");

    [Fact]
    public void Where_nobody_answered_it_says_so()
    {
        ResultCharts.Summary(Choices(("Yes", 0), ("No", 0)), isText: false).ShouldBe("Nobody has answered this question yet.");
        ResultCharts.Summary(Texts(baseCount: 5), isText: true).ShouldBe("No theme has been found in the answers yet.");
    }

    [Theory]
    [InlineData(4, 9, null)]
    [InlineData(4, 10, "40.0%")]
    [InlineData(1, 3000, "0.0%")]
    [InlineData(3000, 3000, "100.0%")]
    public void A_share_needs_a_base_of_ten(int count, int of, string? share) => ResultCharts.Share(count, of).ShouldBe(share);

    [Theory]
    [InlineData(4, "4 answers: too few for a mean or a median.")]
    [InlineData(5, "Mean 3.33, median 3; from 0.5 to 31 (5 answers).")]
    public void A_mean_needs_five_answers(int n, string words) => ResultCharts.Numbers(new NumberSummary(n, 3.3333m, 3m, 0.5m, 31.0m)).ShouldBe(words);

    [Theory]
    [InlineData(0, 0, "Base: 20 of 20 responses. This was open to everybody: no margin of error applies.")]
    [InlineData(3, 0, "Base: 20 of 23 responses; 3 gave no answer. This was open to everybody: no margin of error applies.")]
    [InlineData(3, 1, "Base: 20 of 24 responses; 3 gave no answer and 1 was not asked. This was open to everybody: no margin of error applies.")]
    public void Base_and_missing_are_said(int noAnswer, int notAsked, string words) =>
        ResultCharts.Base(Choices(("Yes", 20)) with { NoAnswer = noAnswer, NotAsked = notAsked }, 20 + noAnswer + notAsked).ShouldBe(words);

    [Fact]
    public void Bars_lead_to_the_responses_that_they_count()
    {
        var theme = ThemeId.New();
        var options = ResultCharts.Of(Consultation, Choices(("Yes & more", 12)), 12)!;
        var themes = ResultCharts.Of(Consultation, Texts(20, new ThemeCount(theme, "Saturdays", 7, 0.35m)), 20)!;

        options.Bars[0].Address.ShouldBe($"/admin/consultations/{Consultation}/responses?Filter.Option=q1%3Dc0");
        themes.Bars[0].Address.ShouldBe($"/admin/consultations/{Consultation}/responses?Filter.Theme={theme}");
        themes.Summary.ShouldBe("“Saturdays” was raised most often: by 7 of the 20 who answered (35.0%).");
        ResultCharts.Of(Consultation, Texts(20), 20).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2)]
    [InlineData(500, 100)]
    [InlineData(1000, 200)]
    public void The_longest_bar_fills_the_width_and_a_bar_of_anything_is_seen(int count, int length)
    {
        var chart = new BarChart("", "", "", "", [new Bar("a", 1000, null), new Bar("b", count, null)]);

        chart.LengthOf(chart.Bars[1]).ShouldBe(length);
        chart.LengthOf(chart.Bars[0]).ShouldBe(BarChart.Width);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(6, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 20)]
    [InlineData(4321, 5000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void The_top_of_the_columns_is_a_round_figure_that_none_is_higher_than(int most, int top) =>
        new ColumnChart("", "", "", "", [new Column("a", most)]).Top.ShouldBe(top);

    [Fact]
    public void Columns_stand_side_by_side_within_the_drawing()
    {
        var chart = new ColumnChart("", "", "", "", [.. Enumerable.Range(0, 90).Select(i => new Column($"{i}", i))]);
        var places = Enumerable.Range(0, 90).Select(chart.PlaceOf).ToList();

        places.Zip(places.Skip(1)).ShouldAllBe(p => p.First.X + p.First.Width <= p.Second.X);
        places.ShouldAllBe(p => p.X >= 0 && p.X + p.Width <= ColumnChart.Width && p.Y >= 0 && p.Y + p.Height == ColumnChart.Height);
        places[0].Height.ShouldBe(0);
    }

    private static QuestionResults Choices(params (string Label, int Count)[] options)
    {
        var answered = options.Sum(o => o.Count);
        return new QuestionResults(
            "q1", "Which?", "single", answered, 0, 0, [.. options.Select((o, i) => new OptionCount($"c{i}", o.Label, o.Count, null))], null, null, [], null, null);
    }

    private static QuestionResults Texts(int baseCount, params ThemeCount[] themes) =>
        new("q3", "What should change?", "long-text", baseCount, 0, 0, [], null, null, themes, 0, 0);
}
