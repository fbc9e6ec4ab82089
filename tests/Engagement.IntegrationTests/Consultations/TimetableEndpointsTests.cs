using System.Net;
using System.Net.Http.Json;
using System.Text;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Consultations;

public sealed class TimetableEndpointsTests : IntegrationTest
{
    [Fact]
    public async Task Computes_a_timetable()
    {
        using var http = await Client("consultations:read");

        var timetable = await http.PostAsJsonAsync("/api/v1/timetables", new
        {
            regimes = new[] { "tro-permanent" },
            inputs = new { published = "2025-09-17", closes = "2025-10-08" },
        }).Success();

        timetable.GetProperty("compliant").GetBoolean().ShouldBeTrue();
        timetable.GetProperty("shortByDays").GetInt32().ShouldBe(0);
        timetable.GetProperty("outsideWindow").GetBoolean().ShouldBeFalse();
        timetable.GetProperty("findings").GetArrayLength().ShouldBe(0);
        var step = timetable.GetProperty("steps")[0];
        step.GetProperty("key").GetString().ShouldBe("min_close");
        step.GetProperty("date").GetString().ShouldBe("2025-10-07");
        step.GetProperty("kind").GetString().ShouldBe("last_day_min");
        step.GetProperty("citation").GetString().ShouldBe("SI 1996/2489 reg 8");
        step.GetProperty("working").GetString().ShouldBe("21 days beginning with Wednesday 17 September 2025, which counts as day 1: the last day is Tuesday 7 October 2025.");
    }

    [Fact]
    public async Task A_closing_time_cuts_the_last_day_off()
    {
        using var http = await Client("consultations:read");

        var timetable = await Post(http, """{"regimes": ["tro-permanent"], "inputs": {"published": "2025-09-17", "closes": "2025-10-07"}, "closingTime": "17:00"}""").Success();

        timetable.GetProperty("compliant").GetBoolean().ShouldBeFalse();
        timetable.GetProperty("findings")[0].GetProperty("grade").GetString().ShouldBe("breach");
        timetable.GetProperty("findings")[0].GetProperty("earliestLawful").GetString().ShouldBe("2025-10-07");
    }

    [Theory]
    [InlineData("""{"regimes": ["tro-permanent"], "inputs": {"published": "2025-02-30"}}""", 400, "validation-failed")]
    [InlineData("""{"regimes": ["tro-permanent"], "inputs": {"published": "2025-02-03", "published": "2025-02-04"}}""", 400, "invalid-json")]
    [InlineData("""{"regimes": [], "inputs": {}}""", 400, "validation-failed")]
    [InlineData("""{"regimes": [null], "inputs": {}}""", 400, "validation-failed")]
    [InlineData("""{"regimes": ["tro-permanent"]}""", 400, "invalid-json")]
    [InlineData("""{"regimes": ["tro-permanent"], "inputs": {}, "today": "2025-02-03"}""", 400, "unknown-member")]
    [InlineData("""{"regimes": ["tro-permanent"], "inputs": {}, "closingTime": "25:00"}""", 400, "invalid-json")]
    [InlineData("""{"regimes": ["tro"], "inputs": {}}""", 409, "unknown-regime")]
    [InlineData("""{"regimes": ["tro-permanent"], "inputs": {"publishd": "2025-02-03"}}""", 409, "unknown-input")]
    [InlineData("""{"regimes": ["petitions-scheme"], "inputs": {"received": "2029-02-03"}}""", 409, "holidays-unknown")]
    public async Task Refuses_what_it_cannot_compute(string body, int status, string code)
    {
        using var http = await Client("consultations:read");

        using var answer = await Post(http, body);

        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        (await answer.ProblemCode()).ShouldBe(code);
    }

    [Fact]
    public async Task Names_the_input_that_cannot_be_read()
    {
        using var http = await Client("consultations:read");

        using var answer = await Post(http, """{"regimes": ["tro-permanent"], "inputs": {"published": "2025-02-30"}}""");

        (await answer.Json()).GetProperty("errors").GetProperty("inputs.published")[0].GetString().ShouldStartWith("'2025-02-30' is not a real date");
    }

    [Fact]
    public async Task Shows_what_the_regimes_demand()
    {
        using var http = await Client("consultations:read");

        var regimes = await http.GetAsync("/api/v1/regimes").Success();
        var regime = await http.GetAsync("/api/v1/regimes/tro-experimental").Success();
        using var unknown = await http.GetAsync("/api/v1/regimes/none");

        regimes.GetArrayLength().ShouldBe(74);
        regime.GetProperty("kind").GetString().ShouldBe("statutory");
        regime.GetProperty("inputs")[0].GetProperty("name").GetString().ShouldBe("made");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Is_for_those_who_may_read_consultations()
    {
        using var anyone = App.Anyone();
        using var other = await Client("engagements:read");

        (await anyone.GetAsync("/api/v1/regimes")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/api/v1/regimes")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.PostAsync("/api/v1/timetables", content);
    }
}
