using System.Globalization;
using System.Text.Json;
using Engagement.Consultations.Application;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class TimetableCasesTests
{
    [Fact]
    public void Writes_what_the_command_line_promises_and_nothing_else()
    {
        var (code, output, errors) = Run("""[{"id": "a", "regime": "sea-scoping", "given": {"engaged": "2028-02-07", "closes": "2028-03-11"}}, {"id": 7, "regime": "budget-council-tax", "given": {"year": 2027}}]""");

        code.ShouldBe(0);
        errors.ShouldBeEmpty();
        JsonElement.DeepEquals(
            JsonElement.Parse(output),
            JsonElement.Parse("""
                [
                  {"id": "a", "dates": {"min_close": "2028-03-12"}, "compliant": false, "short_by_days": 1, "outside_window": false},
                  {"id": 7, "dates": {"precept_by": "2027-02-28", "council_tax_by": "2027-03-10", "year_starts": "2027-04-01"}, "compliant": null, "short_by_days": 0, "outside_window": false}
                ]
                """)).ShouldBeTrue(output);
    }

    [Fact]
    public void Computes_every_worked_example()
    {
        var cases = WorkedExamples.All.Select(e => new { id = e.Id, regime = e.Regime, given = e.Given });

        var (code, output, errors) = Run(JsonSerializer.Serialize(cases));

        errors.ShouldBeEmpty();
        code.ShouldBe(0);
        var results = JsonElement.Parse(output).EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!, StringComparer.Ordinal);
        results.Count.ShouldBe(WorkedExamples.All.Count);
        foreach (var example in WorkedExamples.All)
        {
            var result = results[example.Id];
            foreach (var expected in example.Expect.EnumerateObject())
            {
                var actual = expected.Name is "compliant" or "short_by_days" or "outside_window"
                    ? result.GetProperty(expected.Name)
                    : result.GetProperty("dates").GetProperty(expected.Name);
                actual.ToString().ShouldBe(expected.Value.ToString(), $"{example.Id} {expected.Name}");
            }
        }
    }

    [Theory]
    [InlineData("""{"id": "x", "regime": "tro", "given": {}}""", "Case 2 (\"x\"): There is no regime 'tro'")]
    [InlineData("""{"id": "x", "regime": "tro-permanent", "given": {"published": "2027-02-30"}}""", "Case 2 (\"x\"): published: '2027-02-30' is not a real date")]
    [InlineData("""{"id": "x", "regime": "tro-permanent", "given": {"publishd": "2027-02-03"}}""", "Case 2 (\"x\"): 'publishd' is not an input of tro-permanent")]
    [InlineData("""{"id": "x", "regime": "tro-permanent", "given": {"published": "9999-12-31"}}""", "Case 2 (\"x\"): published: '9999-12-31' is out of range")]
    [InlineData("""{"id": "x", "regime": "petitions-scheme", "given": {"received": "2029-01-01"}}""", "Case 2 (\"x\"): The bank holidays of 2029 are not known")]
    [InlineData("""{"id": "x", "given": {}}""", "Case 2 (\"x\"): it has no regime")]
    [InlineData("""{"id": "x", "regime": "tro-permanent"}""", "Case 2 (\"x\"): it has no given")]
    [InlineData("""{"regime": "tro-permanent", "given": {}}""", "Case 2: it has no id")]
    [InlineData("17", "Case 2: a case is an object")]
    public void Names_a_case_that_cannot_be_computed_and_computes_the_others(string bad, string message)
    {
        var (code, output, errors) = Run($$$"""[{"id": 1, "regime": "post16-transport-statement", "given": {"year": 2027}}, {{{bad}}}, {"id": 3, "regime": "post16-transport-statement", "given": {"year": 2028}}]""");

        code.ShouldBe(1);
        errors.ShouldStartWith(message);
        JsonElement.Parse(output).EnumerateArray().Select(r => r.GetProperty("id").GetInt32()).ShouldBe([1, 3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[{\"id\": 1,]")]
    [InlineData("""[{"id": 1, "id": 2, "regime": "sea-scoping", "given": {}}]""")]
    public void Refuses_what_is_no_list_of_cases(string input)
    {
        var (code, output, errors) = Run(input);

        code.ShouldBe(2);
        output.ShouldBeEmpty();
        errors.ShouldContain("The cases cannot be read");
    }

    private static (int Code, string Output, string Errors) Run(string input)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        var code = TimetableCases.Run(reader, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
