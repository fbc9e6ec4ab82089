using System.Text.Json;
using Engagement.Consultations.Application;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class CalculateTimetableTests
{
    private static readonly CalculateTimetableValidator Validator = new();

    [Fact]
    public async Task Answers_as_the_API_promises()
    {
        var query = Query("""{"published": "2025-09-17", "closes": "2025-10-08"}""", "tro-permanent");

        (await Validator.ValidateAsync(query)).IsValid.ShouldBeTrue();
        var timetable = await new CalculateTimetableHandler(Engine.Timescales).Handle(query, CancellationToken.None);

        timetable.Compliant.ShouldBe(true);
        timetable.ShortByDays.ShouldBe(0);
        timetable.OutsideWindow.ShouldBeFalse();
        timetable.EarliestLawfulClose.ShouldBe(new DateOnly(2025, 10, 7));
        timetable.DecidedBy.ShouldBe("tro-permanent/min_close");
        timetable.Steps[0].ShouldBe(new TimetableStepView(
            "tro-permanent",
            "min_close",
            new DateOnly(2025, 10, 7),
            "last_day_min",
            "Earliest lawful last day for objections",
            "SI 1996/2489 reg 8",
            "high",
            "bw",
            "21 days beginning with Wednesday 17 September 2025, which counts as day 1: the last day is Tuesday 7 October 2025.",
            new DateOnly(2025, 9, 17)));
        timetable.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"published": "2025-02-30"}""", "Inputs.published", "'2025-02-30' is not a real date")]
    [InlineData("""{"published": "17/09/2025"}""", "Inputs.published", "not a real date")]
    [InlineData("""{"published": "2025-09-17T00:00:00Z"}""", "Inputs.published", "not a real date")]
    [InlineData("""{"published": true}""", "Inputs.published", "Give a date as text")]
    [InlineData("""{"published": null}""", "Inputs.published", "Give a date as text")]
    [InlineData("""{"published": ["2025-09-17"]}""", "Inputs.published", "Give a date as text")]
    [InlineData("""{"year": 1899}""", "Inputs.year", "A year is a whole number from 1900 to 2199")]
    [InlineData("""{"year": 2027.5}""", "Inputs.year", "A year is a whole number")]
    [InlineData("""{"school_breaks": [["2027-02-15"]]}""", "Inputs.school_breaks", "a list of two dates")]
    [InlineData("""{"school_breaks": [["2027-02-19", "2027-02-15"]]}""", "Inputs.school_breaks", "ends (2027-02-15) before it begins (2027-02-19)")]
    [InlineData("""{"school_breaks": [["2027-02-15", 5]]}""", "Inputs.school_breaks", "'5' is not a real date")]
    public void Says_which_input_cannot_be_read(string inputs, string property, string message)
    {
        var error = Validator.Validate(Query(inputs, "tro-permanent")).Errors.ShouldHaveSingleItem();

        error.PropertyName.ShouldBe(property);
        error.ErrorMessage.ShouldContain(message);
    }

    [Fact]
    public void Asks_for_a_regime()
    {
        Validator.Validate(Query("{}")).Errors.ShouldHaveSingleItem().ErrorMessage.ShouldBe("Name at least one regime, such as tro-permanent");
        Validator.Validate(Query("{}", " ")).IsValid.ShouldBeFalse();
        Validator.Validate(Query("{}", [.. Enumerable.Repeat("tro-permanent", CalculateTimetable.MostRegimes)])).IsValid.ShouldBeTrue();
        Validator.Validate(Query("{}", [.. Enumerable.Repeat("tro-permanent", CalculateTimetable.MostRegimes + 1)])).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task Lists_what_every_regime_demands()
    {
        var regimes = await new ListRegimesHandler(Engine.Timescales).Handle(new ListRegimes(), CancellationToken.None);

        regimes.Count.ShouldBe(74);
        var experimental = regimes.Single(r => r.Id == "tro-experimental");
        experimental.Kind.ShouldBe("statutory");
        experimental.Confidence.ShouldBe("verified");
        experimental.Inputs.Single(i => i.Name == "varied").Kind.ShouldBe("date");
        experimental.Steps.Single(s => s.Key == "objections_end").CountsFrom.ShouldBe(["varied", "in_force"]);
        regimes.Single(r => r.Id == "budget-council-tax").Inputs.ShouldHaveSingleItem().Kind.ShouldBe("year");
    }

    private static CalculateTimetable Query(string inputs, params string[] regimes) =>
        new(regimes, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(inputs)!);
}
