using Engagement.Consultations.Domain.Notices;
using Engagement.Consultations.Domain.Timescales;

namespace Engagement.UnitTests.Consultations;

public sealed class PublicityTests
{
    private static readonly TimetableCalculator Calculator = TimetableCalculator.Create();

    [Fact]
    public void Every_notice_of_every_regime_has_words_a_source_and_a_working()
    {
        var publicity = Publicity.Load(Calculator.Regimes.All);
        foreach (var regime in Calculator.Regimes.All)
        {
            var demands = publicity.DemandsOf(Calculator.Calculate([regime.Id], new TimetableInputs()), _ => null, new DateOnly(2027, 1, 11));

            demands.Count.ShouldBeGreaterThanOrEqualTo(regime.Notices.Count);
            demands.ShouldAllBe(d => d.What.Length > 0 && d.Citation.Length > 0 && d.Working.EndsWith('.'));
            demands.Select(d => d.Key).ShouldBeUnique();
        }
    }

    [Fact]
    public void A_notice_that_feeds_several_dates_is_due_on_the_earliest_planned()
    {
        var publicity = Publicity.Load(Calculator.Regimes.All);
        var timetable = Calculator.Calculate(["planning-application-publicity"], new TimetableInputs());

        var both = publicity.DemandsOf(timetable, name => name == "newspaper" ? new DateOnly(2027, 1, 14) : name == "site_notice" ? new DateOnly(2027, 1, 12) : null, new DateOnly(2027, 1, 11))[0];

        both.Inputs.ShouldBe(["site_notice", "newspaper"]);
        both.DueOn.ShouldBe(new DateOnly(2027, 1, 12));
    }

    [Theory]
    [InlineData("""{"source":"x","regimes":[{"id":"none"}]}""", "names the regime 'none'")]
    [InlineData("""{"source":"x","regimes":[{"id":"cpo","inputs":[["served"]]}]}""", "lists inputs for 1 notices of 'cpo', which has 4")]
    [InlineData("""{"source":"x","regimes":[{"id":"cpo","inputs":[["nothing"],[],[],[]]}]}""", "names the input 'nothing'")]
    [InlineData("""{"source":"x","regimes":[{"id":"cpo","steps":["nothing"]}]}""", "names the step 'nothing'")]
    [InlineData("""{"source":"x","regimes":[{"id":"cpo","due":"nothing"}]}""", "names the step 'nothing'")]
    public void A_slip_in_the_file_stops_the_program(string json, string message) =>
        Should.Throw<RegimeDataException>(() => Publicity.Read(json, Calculator.Regimes.All)).Message.ShouldContain(message);
}
