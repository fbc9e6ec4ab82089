using Engagement.Consultations.Domain.Timescales;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class RegimeReaderTests
{
    private const string Good = """
        {
          "group": "Test", "source": "made up", "checked": "2026-11-22",
          "regimes": [{
            "id": "sample", "name": "A sample", "kind": "statutory", "confidence": "high", "legalBasis": ["Sample Act s.1"], "trigger": "publication",
            "inputs": [{"name": "published", "label": "Day of publication", "trigger": true}, {"name": "closes", "label": "Last day"}, {"name": "year", "label": "Year", "kind": "year"}],
            "steps": [
              {"key": "min_close", "label": "Earliest close", "op": "bw", "n": 21, "unit": "day", "from": ["published"], "kind": "last_day_min", "cite": "Sample Act s.2", "confidence": "high"},
              {"key": "decide_from", "label": "Decide from", "op": "day_after", "from": ["closes?", "min_close"], "kind": "earliest", "cite": "Sample Act s.3", "confidence": "medium"},
              {"key": "report_by", "label": "Report by", "op": "fixed", "n": [1, 2, 29], "from": ["year"], "kind": "latest", "cite": "Sample Act s.4", "confidence": "high"}
            ],
            "check": {"minimum": "min_close"},
            "versions": [{"from": "2000-01-01", "to": "2009-12-31", "change": "first", "numbers": {"min_close": 14}}, {"from": "2010-01-01", "change": "second"}]
          }]
        }
        """;

    [Fact]
    public void Reads_a_good_file()
    {
        var regime = RegimeReader.Read("good", Good).ShouldHaveSingleItem();

        regime.Group.ShouldBe("Test");
        regime.Versions.Select(v => v.Steps.Count).ShouldBe([3, 3]);
    }

    [Theory]
    [InlineData("\"bw\"", "\"bq\"", "Regime 'sample', step 'min_close': unknown counting rule 'bq'")]
    [InlineData("\"unit\": \"day\"", "\"unit\": \"fortnight\"", "Regime 'sample', step 'min_close': unknown unit 'fortnight'")]
    [InlineData("\"n\": 21", "\"n\": 0", "Regime 'sample', step 'min_close': 'bw' needs n as a whole number")]
    [InlineData("\"n\": 21", "\"n\": 401", "Regime 'sample', step 'min_close': 'bw' needs n as a whole number")]
    [InlineData("\"n\": 21", "\"n\": 2.5", "Regime 'sample', step 'min_close': 'bw' needs n as a whole number")]
    [InlineData("\"n\": 21", "\"n\": \"21\"", "Regime 'sample', step 'min_close': 'bw' needs n as a whole number")]
    [InlineData("\"n\": [1, 2, 29]", "\"n\": [1, 2, 30]", "Regime 'sample', step 'report_by': a fixed date is")]
    [InlineData("\"n\": [1, 2, 29]", "\"n\": [1, 13, 1]", "Regime 'sample', step 'report_by': a fixed date is")]
    [InlineData("\"n\": [1, 2, 29]", "\"n\": 5", "Regime 'sample', step 'report_by': a fixed date needs n")]
    [InlineData("\"op\": \"day_after\"", "\"op\": \"day_after\", \"n\": 1", "Regime 'sample', step 'decide_from': 'day_after' takes no n")]
    [InlineData("\"op\": \"day_after\"", "\"op\": \"next_wd\", \"unit\": \"day\"", "Regime 'sample', step 'decide_from': 'next_wd' takes no unit")]
    [InlineData("\"op\": \"bw\"", "\"op\": \"bw\", \"leaveOut\": \"christmas-eve\"", "Regime 'sample', step 'min_close': 'bw' cannot leave out")]
    [InlineData("\"last_day_min\"", "\"last_day_maximum\"", "cannot be read as a regime file")]
    [InlineData("\"from\": [\"published\"]", "\"from\": [\"publishd\"]", "Regime 'sample', step 'min_close' counts from 'publishd', which is neither an input nor an earlier step")]
    [InlineData("\"from\": [\"published\"]", "\"from\": [\"decide_from\"]", "Regime 'sample', step 'min_close' counts from 'decide_from', which is neither")]
    [InlineData("\"from\": [\"published\"]", "\"from\": [\"year\"]", "which is a year: 'bw' cannot count from it")]
    [InlineData("\"from\": [\"year\"]", "\"from\": [\"published\"]", "which is not a year: 'fixed' cannot count from it")]
    [InlineData("\"from\": [\"published\"]", "\"from\": []", "step 'min_close' does not say from which date it counts")]
    [InlineData("\"cite\": \"Sample Act s.2\"", "\"cite\": \" \"", "Regime 'sample', step 'min_close' has no citation")]
    [InlineData("\"cite\": \"Sample Act s.2\", ", "", "cannot be read as a regime file")]
    [InlineData("\"cite\": \"Sample Act s.2\"", "\"cit\": \"Sample Act s.2\"", "cannot be read as a regime file")]
    [InlineData("\"legalBasis\": [\"Sample Act s.1\"]", "\"legalBasis\": []", "Regime 'sample' names no legal basis")]
    [InlineData("\"key\": \"decide_from\"", "\"key\": \"min_close\"", "Regime 'sample' has two steps with the key 'min_close'")]
    [InlineData("\"key\": \"decide_from\"", "\"key\": \"closes\"", "the step 'closes' has the name of an input")]
    [InlineData("{\"name\": \"closes\"", "{\"name\": \"published\"", "declares the input 'published' twice")]
    [InlineData("{\"name\": \"closes\"", "{\"name\": \"shuts\"", "step 'decide_from' counts from 'closes'")]
    [InlineData("\"minimum\": \"min_close\"", "\"minimum\": \"decide_from\"", "checks against the step 'decide_from'")]
    [InlineData("\"minimum\": \"min_close\"", "\"minimum\": \"min_close\", \"windowStart\": \"min_close\"", "a window with one end")]
    [InlineData("2009-12-31", "2010-01-01", "Regime 'sample': the version 'second' overlaps the one before it ('first')")]
    [InlineData("\"to\": \"2009-12-31\", ", "", "overlaps")]
    [InlineData("\"from\": \"2010-01-01\", ", "", "overlaps")]
    [InlineData("2009-12-31", "1999-12-31", "the version 'first' ends (1999-12-31) before it begins (2000-01-01)")]
    [InlineData("\"from\": \"2010-01-01\"", "\"from\": \"prospective\"", "cannot be read as a regime file")]
    [InlineData("{\"min_close\": 14}", "{\"max_close\": 14}", "changes the step 'max_close', which does not exist")]
    [InlineData("\"numbers\": {\"min_close\": 14}", "\"replacedRules\": {\"bw_ph\": \"bw\"}", "replaces the counting rule 'bw_ph', which no step uses")]
    [InlineData("\"numbers\": {\"min_close\": 14}", "\"droppedSteps\": [\"min_close\"]", "counts from 'min_close', which this version drops")]
    [InlineData(", \"trigger\": true", "", "has several versions but no input that chooses between them")]
    [InlineData("\"group\": \"Test\"", "\"group\": \"Test\", \"group\": \"Test\"", "cannot be read as a regime file")]
    public void Refuses_a_slip_and_names_it(string right, string wrong, string message)
    {
        Good.ShouldContain(right);

        Should.Throw<RegimeDataException>(() => RegimeReader.Read("sample.json", Good.Replace(right, wrong, StringComparison.Ordinal)))
            .Message.ShouldContain(message);
    }

    [Fact]
    public void Refuses_two_regimes_with_one_id()
    {
        var regimes = RegimeReader.Read("one", Good).Concat(RegimeReader.Read("two", Good));

        Should.Throw<RegimeDataException>(() => new RegimeCatalogue(regimes)).Message.ShouldContain("Two regimes have the id 'sample'");
    }

    [Fact]
    public void Applies_the_changes_of_an_older_version_to_it_alone()
    {
        var calculator = new TimetableCalculator(new RegimeCatalogue(RegimeReader.Read("good", Good)), UkCalendar.Load());

        calculator.Calculate(["sample"], Engine.Inputs(("published", "2009-12-31"))).DateOf("min_close").ShouldBe(new DateOnly(2010, 1, 13));
        calculator.Calculate(["sample"], Engine.Inputs(("published", "2010-01-01"))).DateOf("min_close").ShouldBe(new DateOnly(2010, 1, 21));
    }
}
