using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Consultations.Domain.LocalRegimes;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Engagement.UnitTests.Consultations.Timescales;

public sealed class LocalRegimeTests
{
    private const string Good = """
        {
          "id": "local-libraries", "name": "Our libraries promise", "kind": "good-practice", "confidence": "verified", "legalBasis": ["Cabinet, 12 May 2026"], "trigger": "The consultation opens.",
          "inputs": [{"name": "opens", "label": "First day for responses", "trigger": true}, {"name": "closes", "label": "Last day"}],
          "steps": [
            {"key": "promised_close", "label": "Eight weeks, as promised", "op": "bw", "n": 8, "unit": "week", "from": ["opens"], "kind": "last_day_min", "cite": "Cabinet, 12 May 2026, minute 34", "confidence": "verified"}
          ],
          "check": {"minimum": "promised_close"},
          "versions": [{"to": "2027-03-31", "change": "six weeks", "numbers": {"promised_close": 6}}, {"from": "2027-04-01", "change": "eight weeks"}]
        }
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_found_and_computed_like_any_other_with_the_version_of_its_day()
    {
        var calculator = With(Add(Good));

        calculator.Calculate(["local-libraries"], Engine.Inputs(("opens", "2027-03-31"))).DateOf("promised_close").ShouldBe(new DateOnly(2027, 5, 11));
        calculator.Calculate(["local-libraries"], Engine.Inputs(("opens", "2027-04-01"))).DateOf("promised_close").ShouldBe(new DateOnly(2027, 5, 26));
        calculator.Regimes.Get("local-libraries").Sources.ShouldBe(["Cabinet minutes", "https://council.example/minutes"]);
        calculator.Regimes.Get("local-libraries").CheckedOn.ShouldBe(new DateOnly(2026, 11, 25));
    }

    [Fact]
    public void Warns_and_never_blocks() =>
        With(Add(Good)).Calculate(["local-libraries"], Engine.Inputs(("opens", "2027-05-03"), ("closes", "2027-06-01"))).Finding("closes-too-early")!.Grade.ShouldBe(FindingGrade.Risk);

    [Theory]
    [InlineData("\"good-practice\"", "\"statutory\"", "only Parliament and ministers make statutes")]
    [InlineData("\"good-practice\"", "\"common-law\"", "only Parliament and ministers make statutes")]
    [InlineData("\"local-libraries\"", "\"tro-permanent\"", "begins with 'local-'")]
    [InlineData("\"local-libraries\"", "\"local-Libraries\"", "begins with 'local-'")]
    [InlineData("\"op\": \"bw\"", "\"op\": \"by\"", "step 'promised_close': unknown counting rule 'by'")]
    [InlineData("\"cite\": \"Cabinet, 12 May 2026, minute 34\"", "\"cite\": \"\"", "has no citation")]
    [InlineData("\"from\": [\"opens\"]", "\"from\": [\"opened\"]", "neither an input nor an earlier step")]
    [InlineData("{\"name\": \"closes\", \"label\": \"Last day\"}", "{\"name\": \"closes\", \"label\": \"Last day\", \"kind\": \"year\"}", "means something else in other regimes")]
    [InlineData("{\"name\": \"closes\", \"label\": \"Last day\"}", "{\"name\": \"closes\", \"label\": \"Last day\"}, {\"name\": \"published\", \"label\": \"x\", \"kind\": \"year\"}", "means something else in other regimes")]
    [InlineData("\"confidence\": \"verified\"}\n  ]", "\"confidence\": \"verified\"},\n    {\"key\": \"latest\", \"label\": \"No later\", \"op\": \"bw\", \"n\": 1, \"unit\": \"week\", \"from\": [\"opens\"], \"kind\": \"latest\", \"cite\": \"x\", \"confidence\": \"high\", \"actual\": \"closes\"}\n  ]", "can only give people more time")]
    [InlineData("\"check\": {\"minimum\": \"promised_close\"}", "\"check\": {\"minimum\": \"promised_close\", \"windowStart\": \"promised_close\", \"windowEnd\": \"promised_close\"}", "")]
    public void Refuses_what_is_no_local_regime(string right, string wrong, string message)
    {
        var definition = Good.ReplaceLineEndings("\n");
        definition.ShouldContain(right);

        var refusal = Should.Throw<RuleBrokenException>(() => Add(definition.Replace(right, wrong, StringComparison.Ordinal)));

        refusal.Code.ShouldBe("local-regime-invalid");
        refusal.Message.ShouldContain(message);
    }

    [Fact]
    public void Refuses_an_id_that_is_taken_and_another_id_in_a_revision()
    {
        var regime = Add(Good);
        var known = With(regime).Regimes;

        Should.Throw<RuleBrokenException>(() => LocalRegime.Add(Json(Good), "x", null, known, Now)).Code.ShouldBe("regime-exists");
        Should.Throw<RuleBrokenException>(() => regime.Revise(Json(Good.Replace("local-libraries", "local-parks", StringComparison.Ordinal)), "x", null, known, Now)).Message.ShouldContain("stays");
        regime.Revise(Json(Good.Replace("\"n\": 8", "\"n\": 9", StringComparison.Ordinal)), "Cabinet, June", null, known, Now);
        regime.Read().Versions[^1].Steps[0].Rule.Describe("x").ShouldContain("9 weeks");
    }

    /// <summary>Whatever a council adds, no statute asks for less: breaches stay, and the earliest lawful close is never earlier.</summary>
    [Fact]
    public void Nothing_local_shortens_a_statute() => Prop.ForAll(Questions, question =>
    {
        var with = With(Add(question.Definition));
        var inputs = new TimetablePlanner(with).OpeningOn([.. question.Regimes, "local-random"], new(), question.Opens).With("closes", question.Opens.AddDays(question.Length));
        var alone = Engine.Real.Calculate(question.Regimes, inputs);
        var both = with.Calculate([.. question.Regimes, "local-random"], inputs);

        return alone.Breaches.All(b => both.Breaches.Any(o => o.Rule == b.Rule && o.Code == b.Code))
            && !(alone.Compliant == false && both.Compliant != false)
            && both.ShortByDays >= alone.ShortByDays
            && (alone.Proposal.EarliestClose is not { } earliest || both.Proposal.EarliestClose is null || both.Proposal.EarliestClose >= earliest)
            && alone.Steps.All(s => both.Steps.Any(o => o.Regime.Id == s.Regime.Id && o.Key == s.Key && o.Date == s.Date));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Arbitrary<Question> Questions => (
        from regimes in Gen.NonEmptyListOf(Gen.Elements<string>([.. Engine.Real.Regimes.All.Where(r => r.Inputs.All(i => i.Kind == InputKind.Date)).Select(r => r.Id)])).Resize(3)
        from opens in Gen.Choose(new DateOnly(2023, 1, 1).DayNumber, new DateOnly(2027, 6, 30).DayNumber).Select(DateOnly.FromDayNumber)
        from length in Gen.Choose(0, 120)
        from n in Gen.Choose(1, 40)
        from op in Gen.Elements("bw", "after", "clear_after")
        from kind in Gen.Elements("last_day_min", "recommended", "earliest")
        select new Question(
            [.. regimes.Distinct(StringComparer.Ordinal)],
            opens,
            length,
            $$"""
            {"id": "local-random", "name": "Random", "kind": "good-practice", "confidence": "verified", "legalBasis": ["x"], "trigger": "x",
             "inputs": [{"name": "opens", "label": "x", "trigger": true}, {"name": "closes", "label": "x"}],
             "steps": [{"key": "s", "label": "x", "op": "{{op}}", "n": {{n}}, "unit": "day", "from": ["opens"], "kind": "{{kind}}", "cite": "x", "confidence": "high", "actual": "closes"}],
             {{(kind == "last_day_min" ? "\"check\": {\"minimum\": \"s\"}," : "")}} "versions": [{"change": "x"}]}
            """)).ToArbitrary();

    private static LocalRegime Add(string definition) =>
        LocalRegime.Add(Json(definition), "Cabinet minutes", "https://council.example/minutes", Engine.Real.Regimes, Now);

    private static TimetableCalculator With(LocalRegime regime) => new KnownTimescales(new BuiltInTimescales(), [], [regime]).Calculator;

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private sealed record Question(IReadOnlyList<string> Regimes, DateOnly Opens, int Length, string Definition);
}
