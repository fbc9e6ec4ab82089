using Engagement.Consultations.Application;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Host.Pages.Admin.Consultations;
using Engagement.Host.Pages.Admin.Regimes;
using Engagement.Host.Pages.Shared.Charts;

namespace Engagement.UnitTests.Host;

public sealed class RegimeSearchTests
{
    private static readonly IReadOnlyList<RegimeView> All = [.. TimetableCalculator.Create().Regimes.All.Select(RegimeView.Of)];

    [Fact]
    public void Finds_a_regime_by_words_in_any_order_and_case() =>
        RegimeSearch.Find(All, "LIMIT speed", null, 1).Items.ShouldContain(r => r.Id == "tro-permanent");

    [Fact]
    public void All_words_must_be_there() => RegimeSearch.Find(All, "speed zebra-crossing-of-the-moon", null, 1).Total.ShouldBe(0);

    [Fact]
    public void Keeps_to_a_group()
    {
        var found = RegimeSearch.Find(All, null, "Education", 1);

        found.Total.ShouldBe(All.Count(r => r.Group == "Education"));
        found.Items.ShouldAllBe(r => r.Group == "Education");
    }

    [Fact]
    public void Shows_every_regime_on_one_page_and_one_only()
    {
        var shown = Enumerable.Range(1, 4).SelectMany(n => RegimeSearch.Find(All, null, null, n).Items).Select(r => r.Id).ToList();

        shown.Count.ShouldBe(All.Count);
        shown.Distinct().Count().ShouldBe(All.Count);
        RegimeSearch.Find(All, null, null, 99).Number.ShouldBe(4);
    }

    [Fact]
    public void Every_step_of_every_regime_says_in_words_what_it_counts_from()
    {
        All.SelectMany(r => r.Steps).ShouldAllBe(s => s.InWords.Length > 5 && !s.InWords.Contains('_'));
        All.Single(r => r.Id == "tro-permanent").Steps[0].InWords.ShouldBe("21 days beginning with the day on which all publicity requirements have been met, which counts as day 1");
    }

    [Theory]
    [InlineData("statutory", "last_day_min", Obligation.Must)]
    [InlineData("statutory", "recommended", Obligation.Should)]
    [InlineData("statutory-guidance", "last_day_min", Obligation.Should)]
    [InlineData("good-practice", "latest", Obligation.Should)]
    [InlineData("statutory", "info", Obligation.Information)]
    public void Law_says_must_and_the_rest_says_should(string regime, string step, Obligation obligation) => StepWords.ObligationOf(regime, step).ShouldBe(obligation);

    [Fact]
    public void An_input_that_two_regimes_take_is_asked_for_once()
    {
        var chosen = All.Where(r => r.Id is "tro-permanent" or "road-humps-traffic-calming").ToList();

        var asked = InputField.AskedBy(chosen);

        asked.Count(f => f.Name == "published").ShouldBe(1);
        asked.Single(f => f.Name == "published").Hint.ShouldContain("Road humps");
        asked.ShouldNotContain(f => f.Name == "opens");
    }
}
