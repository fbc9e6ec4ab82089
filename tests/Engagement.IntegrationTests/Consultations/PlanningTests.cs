using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

/// <summary>Planning, comparing and counting over HTTP, and the regimes that a council adds.</summary>
public sealed class PlanningTests : ConsultationsTest
{
    private const string Promise = """
        {"id": "local-libraries", "name": "Our libraries promise", "kind": "good-practice", "confidence": "verified", "legalBasis": ["Cabinet, 12 May 2026"], "trigger": "The consultation opens.",
         "inputs": [{"name": "opens", "label": "First day for responses", "trigger": true}, {"name": "closes", "label": "Last day"}],
         "steps": [{"key": "promised_close", "label": "Eight weeks, as promised", "op": "bw", "n": 8, "unit": "week", "from": ["opens"], "kind": "last_day_min", "cite": "Cabinet, minute 34", "confidence": "verified"}],
         "check": {"minimum": "promised_close"}, "versions": [{"change": "eight weeks"}]}
        """;

    [Fact]
    public async Task Plans_forwards_from_a_day_and_backwards_from_a_decision()
    {
        var forwards = await Writer.PostAsync("/api/v1/timetables/plan", Content("""{"regimes": ["tro-permanent"], "inputs": {}, "from": "2027-01-11"}""")).Success();
        forwards.GetProperty("backwards").GetBoolean().ShouldBeFalse();
        forwards.GetProperty("lawful").GetProperty("closes").GetString().ShouldBe("2027-01-31");
        forwards.GetProperty("lawful").GetProperty("decidedBy").GetString().ShouldBe("tro-permanent/min_close");
        forwards.GetProperty("explanation").GetString()!.ShouldContain("The earliest lawful opening is Monday 11 January 2027");
        forwards.GetProperty("advisable").GetProperty("opens").GetString().ShouldNotBeNull();

        var backwards = await Writer.PostAsync("/api/v1/timetables/plan", Content("""{"regimes": ["tro-permanent"], "inputs": {}, "decisionOn": "2027-09-14"}""")).Success();
        backwards.GetProperty("lawful").GetProperty("opens").GetString().ShouldBe("2027-08-24");
        using var both = await Writer.PostAsync("/api/v1/timetables/plan", Content("""{"regimes": ["tro-permanent"], "inputs": {}, "from": "2027-01-11", "decisionOn": "2027-09-14"}"""));
        both.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var far = await Writer.PostAsync("/api/v1/timetables/plan", Content("""{"regimes": ["tro-permanent"], "inputs": {}, "from": "9999-12-31"}"""));
        far.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Compares_what_another_opening_or_close_would_do()
    {
        var comparison = await Writer.PostAsync("/api/v1/timetables/comparison", Content(
            """{"regimes": ["tro-permanent"], "inputs": {"opens": "2027-01-11", "published": "2027-01-11", "closes": "2027-02-05"}, "newOpens": "2027-01-18"}""")).Success();

        var minimum = comparison.GetProperty("dates").EnumerateArray().First(d => d.GetProperty("key").GetString() == "min_close");
        minimum.GetProperty("before").GetString().ShouldBe("2027-01-31");
        minimum.GetProperty("after").GetString().ShouldBe("2027-02-07");
        minimum.GetProperty("days").GetInt32().ShouldBe(7);
        comparison.GetProperty("raised").EnumerateArray().ShouldContain(f => f.GetProperty("code").GetString() == "closes-too-early");
        var extended = await Writer.PostAsync("/api/v1/timetables/comparison", Content(
            """{"regimes": ["tro-permanent"], "inputs": {"published": "2027-01-11", "closes": "2027-01-30"}, "newCloses": "2027-02-08"}""")).Success();
        extended.GetProperty("mended").EnumerateArray().ShouldContain(f => f.GetProperty("code").GetString() == "closes-too-early");
        using var nothing = await Writer.PostAsync("/api/v1/timetables/comparison", Content("""{"regimes": ["tro-permanent"], "inputs": {"published": "2027-01-11"}}"""));
        nothing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Counts_a_date_day_by_day()
    {
        var count = await Writer.PostAsync("/api/v1/timetables/day-count", Content(
            """{"regimes": ["tro-permanent"], "inputs": {"published": "2027-01-11"}, "rule": "tro-permanent/min_close"}""")).Success();

        count.GetProperty("date").GetString().ShouldBe("2027-01-31");
        count.GetProperty("citation").GetString().ShouldBe("SI 1996/2489 reg 8");
        var days = count.GetProperty("days").EnumerateArray().ToList();
        days.Count.ShouldBe(21);
        days[0].GetProperty("weekday").GetString().ShouldBe("Monday");
        days[^1].GetProperty("number").GetInt32().ShouldBe(21);
        using var unknown = await Writer.PostAsync("/api/v1/timetables/day-count", Content("""{"regimes": ["tro-permanent"], "inputs": {}, "rule": "tro-permanent/none"}"""));
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var id = await Drafted(SampleConsultation.TrafficOrder(new(2027, 1, 11), new(2027, 2, 14)));
        (await Writer.GetAsync(Of(id, "timetable/day-count?rule=tro-permanent/min_close")).Success()).GetProperty("days").GetArrayLength().ShouldBe(21);
        using var none = await Writer.GetAsync(Of(id, "timetable/day-count?rule=none"));
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_council_adds_a_regime_of_its_own_and_changes_it_later()
    {
        using var administrator = await Client("administration:write", "consultations:read");
        using var refused = await Writer.PostAsync("/api/v1/regimes", Content(Request(Promise)));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var added = await administrator.PostAsync("/api/v1/regimes", Content(Request(Promise))).Success();

        added.GetProperty("version").GetInt32().ShouldBe(1);
        var regime = await Writer.GetAsync("/api/v1/regimes/local-libraries").Success();
        regime.GetProperty("isLocal").GetBoolean().ShouldBeTrue();
        regime.GetProperty("sources")[0].GetString().ShouldBe("Cabinet minutes of 12 May 2026");
        (await Writer.GetAsync("/api/v1/regimes").Success()).GetArrayLength().ShouldBe(75);
        (await Earliest()).ShouldBe("2027-03-07");
        using var twice = await administrator.PostAsync("/api/v1/regimes", Content(Request(Promise)));
        (await twice.ProblemCode()).ShouldBe("regime-exists");
        using var statute = await administrator.PostAsync("/api/v1/regimes", Content(Request(Promise.Replace("good-practice", "statutory", StringComparison.Ordinal).Replace("local-libraries", "local-other", StringComparison.Ordinal))));
        (await statute.ProblemCode()).ShouldBe("local-regime-invalid");
        using var empty = await administrator.PostAsync("/api/v1/regimes", Content("""{"definition": {}, "source": ""}"""));
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var stale = await Revise(administrator, 7);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await (await Revise(administrator, 1)).Json()).GetProperty("version").GetInt32().ShouldBe(2);
        (await Earliest()).ShouldBe("2027-03-14");
        (await Scalar<long>("select count(*) from consultations.history where event in ('LocalRegimeAdded', 'LocalRegimeRevised')")).ShouldBe(2);
        using var unknown = await administrator.GetAsync("/api/v1/regimes/tro-permanent/definition");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<string?> Earliest() => (await Writer.PostAsJsonAsync("/api/v1/timetables", new
        {
            regimes = new[] { "tro-permanent", "local-libraries" },
            inputs = new { published = "2027-01-11", opens = "2027-01-11" },
        }).Success()).GetProperty("earliestLawfulClose").GetString();
    }

    private static Task<HttpResponseMessage> Revise(HttpClient client, int version)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/regimes/local-libraries/definition")
        {
            Content = new StringContent(Request(Promise.Replace("\"n\": 8", "\"n\": 9", StringComparison.Ordinal)), Encoding.UTF8, "application/json"),
        };
        request.Headers.IfMatch.Add(ETag(version));
        return client.SendAsync(request);
    }

    private static string Request(string definition) => JsonSerializer.Serialize(new { definition = JsonSerializer.Deserialize<JsonElement>(definition), source = "Cabinet minutes of 12 May 2026" });
}
