using System.Globalization;
using System.Net;
using Engagement.Access.Application.Clients;
using Engagement.IntegrationTests.Participation;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Engagement.TestKit.Pages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>With small quotas, so that they are met; the addresses are those that a trusted proxy names.</summary>
public sealed class FloodTests : ParticipationTest
{
    private const int PerMinute = 40;
    private const int PagesPerMinute = 10;
    private const int ResponsesPerHour = 60;
    private const string OfTheApi = "/api/v1/regimes/tro-permanent";

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["RateLimits:RequestsPerMinute"] = PerMinute.ToString(CultureInfo.InvariantCulture),
        ["RateLimits:PagesPerMinute"] = PagesPerMinute.ToString(CultureInfo.InvariantCulture),
        ["RateLimits:ResponsesPerHour"] = ResponsesPerHour.ToString(CultureInfo.InvariantCulture),
        ["RateLimits:AtOnce"] = "4",
        ["Proxies:Trusted"] = "192.0.2.0/24, 127.0.0.1",
    };

    [Fact]
    [Trait("Attack", "G05")]
    public async Task An_account_has_one_quota_over_all_processes_and_its_flood_keeps_nobody_else_out()
    {
        await using var second = await RunningApplication.StartAsync(ConnectionString, Clock, Settings, Replace);
        var client = await Send(new CreateApiClient("Flooding", ["consultations:read"]));
        var token = await App.Services.GetRequiredService<AccessTokens>().CreateAsync(client.Id.ToString(), ["consultations:read"], CancellationToken.None);
        using var atFirst = WithToken(App, token);
        using var atSecond = WithToken(second, token);
        using var other = await Client("consultations:read");
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < PerMinute; i++)
        {
            answers.Add(await atFirst.GetAsync(OfTheApi));
            answers.Add(await atSecond.GetAsync(OfTheApi));
        }

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(PerMinute);
        answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(PerMinute);
        answers.ShouldAllBe(a => a.Headers.GetValues("RateLimit-Policy").Single() == "\"default\";q=40;w=60");
        answers[0].Headers.GetValues("RateLimit").Single().ShouldBe("\"default\";r=39;t=60");
        var refused = answers[^1];
        refused.Headers.GetValues("RateLimit").Single().ShouldBe("\"default\";r=0;t=60");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        (await refused.ProblemCode()).ShouldBe("quota-exceeded");
        (await other.GetAsync(OfTheApi)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Scalar<int>("select used from platform.account_use where account = $1", client.Id.ToString())).ShouldBeLessThanOrEqualTo(PerMinute + (2 * PerMinute / 20));
        App.Log.Lines.Count(l => l.Contains($"was refused to {client.Id}", StringComparison.Ordinal)).ShouldBe(1, "a flood is told of once and does not fill the log");

        Clock.Advance(TimeSpan.FromSeconds(59.999));
        (await atFirst.GetAsync(OfTheApi)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await atFirst.GetAsync(OfTheApi)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await atSecond.GetAsync(OfTheApi)).StatusCode.ShouldBe(HttpStatusCode.OK);
        answers.ForEach(a => a.Dispose());
    }

    [Fact]
    [Trait("Attack", "G05")]
    public async Task An_account_costs_one_statement_in_many_requests_and_none_once_it_is_refused()
    {
        using var http = await Client("consultations:read");
        using var counter = new StatementCounter();
        for (var i = 0; i < 2 * PerMinute; i++)
        {
            using var answer = await http.GetAsync(OfTheApi);
        }

        // A twentieth of the quota at a time: of 600 that is one statement in thirty requests.
        counter.Statements.Count(s => s.Contains("platform.account_use", StringComparison.Ordinal)).ShouldBe(20);
    }

    [Fact]
    [Trait("Attack", "G11")]
    public async Task A_flood_from_one_address_takes_neither_the_share_of_others_nor_that_of_the_api_files_and_health()
    {
        using var http = App.Anyone();
        using var style = new PageClient(App.Address);
        var file = (await style.Open("/help")).Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        for (var i = 0; i < PagesPerMinute; i++)
        {
            (await From(http, "203.0.113.5", "/help")).ShouldBe(HttpStatusCode.OK);
            (await From(http, $"2001:db8:1:2::{i}", "/help")).ShouldBe(HttpStatusCode.OK);
        }

        (await From(http, "203.0.113.5", "/help")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await From(http, "2001:db8:1:2:ffff::1", "/help")).ShouldBe(HttpStatusCode.TooManyRequests, "addresses of one connection are one");
        (await From(http, "198.51.100.9, 203.0.113.5", "/help")).ShouldBe(HttpStatusCode.TooManyRequests, "what stands before the last hop that is known is anybody's word");
        (await From(http, "203.0.113.6", "/help")).ShouldBe(HttpStatusCode.OK);
        (await From(http, "2001:db8:1:3::1", "/help")).ShouldBe(HttpStatusCode.OK);
        (await From(http, "203.0.113.5", "/api/v1/public/consultations")).ShouldBe(HttpStatusCode.OK);
        (await From(http, "203.0.113.5", file)).ShouldBe(HttpStatusCode.OK);
        (await From(http, "203.0.113.5", "/health/ready")).ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < PerMinute; i++)
        {
            (await From(http, "203.0.113.7", "/api/v1/public/consultations")).ShouldBe(HttpStatusCode.OK);
        }

        (await From(http, "203.0.113.7", "/api/v1/public/consultations")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await From(http, "203.0.113.7", "/help")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Attack", "E08")]
    public async Task Sixty_people_of_a_library_are_taken_and_a_flood_from_one_address_to_one_consultation_is_told_to_wait()
    {
        var another = await OpenConsultation();
        for (var i = 0; i < ResponsesPerHour; i++)
        {
            if (i % 30 == 29)
            {
                Clock.Advance(TimeSpan.FromMinutes(1));
            }

            (await RespondFrom("203.0.113.5", Consultation.Slug)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var refused = await RespondFrom("203.0.113.5", Consultation.Slug);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"responses\";q=60;w=3600");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(58));
        (await Stored()).ShouldBe(ResponsesPerHour);
        (await Scalar<string>("select string_agg(coalesce(automation_sign, '-'), '' order by id) from participation.response"))
            .ShouldBe(new string('-', ResponsesPerHour / 2) + string.Concat(Enumerable.Repeat("Flood", ResponsesPerHour / 2)), "the second half is marked for officers, and counts");
        (await Scalar<int>("select count(*) from participation.v1_responses")).ShouldBe(ResponsesPerHour);
        (await RespondFrom("203.0.113.6", Consultation.Slug)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await RespondFrom("203.0.113.5", another.Slug)).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var form = new FormUrlEncodedContent([]);
        using var page = await SendJson(Anyone, HttpMethod.Post, $"/consultations/{Consultation.Slug}/respond/check", form, ("X-Forwarded-For", "203.0.113.5"));
        page.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await page.Content.ReadAsStringAsync()).ShouldContain("Wait 58 minutes");
    }

    [Fact]
    [Trait("Attack", "G11")]
    [Trait("Attack", "G10")]
    public async Task One_clients_slow_requests_use_up_its_own_part_of_the_connections_and_no_more()
    {
        using var greedy = await Client("engagements:read");
        using var other = await Client("consultations:read");
        other.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        await using var connection = new NpgsqlConnection((await TestServer.Instance).AsAdministrator(ConnectionString) + ";Pooling=false");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table engagements.engagement in access exclusive mode", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var asked = Enumerable.Range(0, PerMinute - 4).Select(_ => greedy.GetAsync("/api/v1/engagements")).ToList();
        while (asked.Count(a => a.IsCompleted) < asked.Count - 12)
        {
            await Task.WhenAny(asked.Where(a => !a.IsCompleted));
        }

        // Four run and eight wait; the others were refused while the first still waited for their rows.
        (await other.GetAsync(OfTheApi)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var anyone = App.Anyone();
        (await From(anyone, "203.0.113.10", "/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await From(anyone, "203.0.113.10", "/api/v1/public/consultations")).ShouldBe(HttpStatusCode.OK);
        await transaction.RollbackAsync();
        var answers = await Task.WhenAll<HttpResponseMessage>(asked);

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(12);
        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Count.ShouldBe(asked.Count - 12);
        refused.ShouldAllBe(a => a.Headers.RetryAfter!.Delta == TimeSpan.FromSeconds(2));
    }

    [Fact]
    [Trait("Attack", "G08")]
    public async Task Ten_thousand_answers_and_ten_thousand_choices_are_refused_wherever_answers_are_sent()
    {
        var receipt = await Respond();
        using var officer = await Client("participation:read", "participation:write");
        var many = Enumerable.Range(0, 10_000).ToDictionary(i => $"q{i}", _ => "yes", StringComparer.Ordinal);
        var choices = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["q2"] = [.. Enumerable.Range(0, 10_000).Select(i => $"option{i}")] };
        var faults = new List<string>();
        foreach (var (answers, code) in new (object, string)[] { (many, "validation-failed"), (choices, "invalid-json") })
        {
            foreach (var (client, method, address, body, secret) in new (HttpClient, HttpMethod, string, object, string?)[]
            {
                (Anyone, HttpMethod.Post, $"/api/v1/public/consultations/{Consultation.Slug}/responses", new { answers }, null),
                (Anyone, HttpMethod.Put, $"/api/v1/public/responses/{receipt.Reference}", new { answers }, receipt.Secret),
                (Anyone, HttpMethod.Put, "/api/v1/public/equality-answers", new { answers }, receipt.Secret),
                (officer, HttpMethod.Post, $"/api/v1/consultations/{Consultation.Id}/responses", new { channel = "paper", answers, receivedOn = "2026-11-23" }, null),
            })
            {
                using var answer = await SendJson(client, method, address, body, ("Idempotency-Key", NewKey()), ("Receipt-Secret", secret), ("If-Match", "\"1\""));
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode != HttpStatusCode.BadRequest || !text.Contains($":{code}\"", StringComparison.Ordinal) || text.Length > 20_000)
                {
                    faults.Add($"{method} {address}: {(int)answer.StatusCode} {text.Length} {text[..Math.Min(300, text.Length)]}");
                }
            }
        }

        faults.ShouldBeEmpty();
        (await Stored()).ShouldBe(1);
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(0);
    }

    private static HttpClient WithToken(RunningApplication app, string token)
    {
        var http = app.Anyone();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    private static async Task<HttpStatusCode> From(HttpClient http, string address, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> RespondFrom(string address, string slug) => SendJson(
        Anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", Answers(), ("Idempotency-Key", NewKey()), ("X-Forwarded-For", address));
}
