using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Platform;

/// <summary>What bad input gets, shown on one address for all: the rules stand in the platform.</summary>
public sealed class BadInputTests : IntegrationTest
{
    private const string Good = """{"regimes":["tro-permanent"],"inputs":{"published":"2025-09-17","closes":"2025-10-08"}}""";

    [Fact]
    public async Task The_same_request_without_a_fault_is_answered()
    {
        using var answer = await Post(Encoding.UTF8.GetBytes(Good));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData("""{"regimes":["tro-permanent"],"inputs":{},"councilId":1}""", "unknown-member")]
    [InlineData("""{"regimes":"tro-permanent","inputs":{}}""", "invalid-json")]
    [InlineData("""{"regimes":[true],"inputs":{}}""", "invalid-json")]
    [InlineData("""{"regimes":[1],"inputs":{}}""", "invalid-json")]
    [InlineData("""{"regimes":null,"inputs":{}}""", "invalid-json")]
    [InlineData("""{"inputs":{}}""", "invalid-json")]
    [InlineData("""{"regimes":["tro-permanent"],"regimes":["dmmo-order"],"inputs":{}}""", "invalid-json")]
    [InlineData("""{"regimes":["tro-permanent"],"inputs":{}""", "invalid-json")]
    [InlineData("""{"regimes":["tro-permanent"],"inputs":{}} extra""", "invalid-json")]
    [InlineData("""{"regimes":["tro-permanent"],"inputs":{"published":NaN}}""", "invalid-json")]
    [InlineData("""{"regimes":["tro-permanent"],"inputs":{},/* comment */}""", "invalid-json")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData("[]", "invalid-json")]
    public async Task A_body_that_is_not_what_the_request_takes_is_refused(string body, string code)
    {
        using var answer = await Post(Encoding.UTF8.GetBytes(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var actual = await answer.ProblemCode();
        if (code.Length > 0)
        {
            actual.ShouldBe(code);
        }
    }

    [Theory]
    [InlineData("2025-02-29")]
    [InlineData("2025-13-01")]
    [InlineData("17/09/2025")]
    [InlineData("2025-09-17T00:00:00Z")]
    [InlineData("2025-09-17+01:00")]
    [InlineData("0000-01-01")]
    [InlineData("")]
    public async Task A_date_that_does_not_exist_or_carries_a_time_zone_is_refused_at_its_field(string date)
    {
        using var answer = await Post(Encoding.UTF8.GetBytes($$$"""{"regimes":["tro-permanent"],"inputs":{"published":"{{{date}}}"}}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").EnumerateObject().ShouldContain(e => e.Name.Contains("published"));
    }

    [Fact]
    [Trait("Attack", "C20")]
    public async Task Nesting_beyond_the_limit_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);

        using var answer = await Post(Encoding.UTF8.GetBytes($$$"""{"regimes":["tro-permanent"],"inputs":{{{deep}}}}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe("invalid-json");
    }

    [Fact]
    public async Task Bytes_that_are_not_utf_8_are_refused()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("""{"regimes":[" """.TrimEnd()), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("""."],"inputs":{}}""")];

        using var answer = await Post(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\u0000")]
    public async Task A_lone_surrogate_or_a_null_character_never_becomes_a_server_error(string escape)
    {
        using var answer = await Post(Encoding.UTF8.GetBytes("{\"regimes\":[\"tro-" + escape + "permanent\"],\"inputs\":{}}"));

        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    [Trait("Attack", "G01")]
    public async Task A_body_of_ten_megabytes_is_refused_as_too_large()
    {
        var body = new byte[10 * 1024 * 1024];
        Array.Fill(body, (byte)' ');
        using var http = await Client("consultations:read");

        // The refusal comes before the body is sent: a client that asks first sees it, whatever the network does.
        http.DefaultRequestHeaders.ExpectContinue = true;

        using var answer = await Post(body, client: http);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.ProblemCode()).ShouldBe("content-too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task A_body_of_another_type_is_refused(string mediaType)
    {
        using var answer = await Post(Encoding.UTF8.GetBytes(Good), mediaType);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.ProblemCode()).ShouldBe("unsupported-media-type");
    }

    [Fact]
    public async Task Without_a_token_it_is_401_and_with_the_wrong_scope_403()
    {
        using var anyone = App.Anyone();
        using var other = await Client("outcomes:read");

        using var unauthenticated = await Post(Encoding.UTF8.GetBytes(Good), client: anyone);
        using var forbidden = await Post(Encoding.UTF8.GetBytes(Good), client: other);

        unauthenticated.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await unauthenticated.ProblemCode()).ShouldBe("unauthenticated");
        unauthenticated.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    [InlineData("not-a-token")]
    public async Task A_forged_token_is_refused(string token)
    {
        using var http = App.Anyone();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var answer = await Post(Encoding.UTF8.GetBytes(Good), client: http);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unknown_address_is_404_and_another_method_405_with_the_methods_there_are()
    {
        using var http = App.Anyone();

        using var unknown = await http.GetAsync("/api/v1/nothing");
        using var method = await http.DeleteAsync("/api/v1/timetables");

        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await unknown.ProblemCode()).ShouldBe("not-found");
        method.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        method.Content.Headers.Allow.ShouldBe(["POST"]);
        (await method.ProblemCode()).ShouldBe("method-not-allowed");
    }

    [Theory]
    [InlineData("?debug=1")]
    [InlineData("?regimes=a")]
    public async Task A_parameter_that_the_address_does_not_take_is_refused(string query)
    {
        using var http = await Client("consultations:read");

        using var answer = await http.GetAsync("/api/v1/regimes" + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe("unknown-parameter");
    }

    [Fact]
    public async Task Every_refusal_carries_a_correlation_id_and_nothing_of_the_inside()
    {
        using var answer = await Post(Encoding.UTF8.GetBytes("{"));

        var text = await answer.Content.ReadAsStringAsync();
        (await answer.Json()).GetProperty("traceId").GetString()!.Length.ShouldBeGreaterThan(8);
        text.ShouldNotContain("System.");
        text.ShouldNotContain("   at ");
    }

    private async Task<HttpResponseMessage> Post(byte[] body, string mediaType = "application/json", HttpClient? client = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await (client ?? await Client("consultations:read")).PostAsync("/api/v1/timetables", content);
    }
}
