using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Engagement.Platform.Security;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What holds of every operation of the API, asked of each that the program describes: a new one is attacked without anybody's doing.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed partial class EveryOperationTests(GuardedCouncil council) : IAsyncLifetime
{
    /// <summary>What everybody may ask, by its path; anything else wants a token.</summary>
    private static readonly string[] Public =
    [
        "POST /api/v1/oauth/token",
        "GET /api/v1/public/consultations",
        "GET /api/v1/public/consultations/{slug}",
        "GET /api/v1/public/consultations/{slug}/documents/{documentId}",
        "GET /api/v1/public/consultations/{slug}/outcome",
        "GET /api/v1/public/consultations/{slug}/outcome/versions/{version}",
        "GET /api/v1/public/consultations/{slug}/questionnaire",
        "POST /api/v1/public/consultations/{slug}/responses",
        "GET /api/v1/public/equality-questions",
        "PUT /api/v1/public/equality-answers",
        "DELETE /api/v1/public/equality-answers",
        "GET /api/v1/public/receipts",
        "GET /api/v1/public/responses/{reference}",
        "PUT /api/v1/public/responses/{reference}",
        "DELETE /api/v1/public/responses/{reference}",
        "GET /api/v1/public/unsubscribe/{token}",
        "POST /api/v1/public/unsubscribe/{token}",
    ];

    /// <summary>Leads to a page, whatever stands in it; the page says what has become of it.</summary>
    private const string OldLink = "GET /api/v1/public/unsubscribe/{token}";

    /// <summary>Beyond that of anything in the demonstration.</summary>
    private const int HighestVersion = 60;

    private IReadOnlyList<Operation> operations = [];
    private HttpClient anyone = null!;

    public async Task InitializeAsync()
    {
        anyone = council.Program.Anyone();
        operations = await DescribedApi.Of(anyone);
        operations.Count.ShouldBeGreaterThan(100);
    }

    public Task DisposeAsync()
    {
        anyone.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    [Trait("Attack", "A06")]
    public async Task Each_asks_for_a_token_with_its_scope_and_what_is_public_is_listed()
    {
        var all = await council.Program.ClientAsync([.. Scopes.All]);
        var without = new Dictionary<string, HttpClient>(StringComparer.Ordinal);
        foreach (var scope in Scopes.All)
        {
            without[scope] = await council.Program.ClientAsync([.. Scopes.All.Where(s => s != scope)]);
        }

        var before = await council.State();
        var faults = new List<string>();
        foreach (var operation in operations.Where(o => o.Scope is not null))
        {
            var real = await Things.Of(operation, council);
            using var nobody = await anyone.SendAsync(operation.Request(real));
            using var other = await without[operation.Scope!].SendAsync(operation.Request(real));
            using var holder = await all.SendAsync(operation.Request(real.ToDictionary(p => p.Key, p => Things.Unknown(p.Key), StringComparer.Ordinal), body: new JsonObject()));
            if (nobody.StatusCode != HttpStatusCode.Unauthorized || !nobody.Headers.WwwAuthenticate.ToString().StartsWith("Bearer", StringComparison.Ordinal))
            {
                faults.Add($"{operation} without a token: {(int)nobody.StatusCode} {nobody.Headers.WwwAuthenticate}");
            }

            if (other.StatusCode != HttpStatusCode.Forbidden || await other.ProblemCode() != "insufficient-scope" || other.Headers.WwwAuthenticate.ToString() != "Bearer error=\"insufficient_scope\"")
            {
                faults.Add($"{operation} with every scope but {operation.Scope}: {(int)other.StatusCode} {other.Headers.WwwAuthenticate}");
            }

            // The same with its scope gets further: to what is not there, or is not as it should be.
            if (holder.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError)
            {
                faults.Add($"{operation} with its scope: {(int)holder.StatusCode}");
            }
        }

        faults.AddRange((await council.State()).ChangesSince(before));
        faults.ShouldBeEmpty();
        operations.Where(o => o.Scope is null).Select(o => o.ToString()).ShouldBe(Public, ignoreOrder: true);
    }

    [Fact]
    [Trait("Attack", "A10")]
    [Trait("Attack", "A11")]
    public async Task None_takes_a_parameter_that_it_does_not_name()
    {
        using var all = await council.Program.ClientAsync([.. Scopes.All]);
        var before = await council.State();
        var faults = new List<string>();
        foreach (var operation in operations)
        {
            var real = await Things.Of(operation, council);
            foreach (var query in new[] { "include=equalityAnswers", "expand=contacts", "fields=email", "sort=-password_hash", "filter[respondent.email]=a*", "page=1" })
            {
                using var answer = await all.SendAsync(operation.Request(real, query: query));
                if (answer.StatusCode != HttpStatusCode.BadRequest || await answer.ProblemCode() != "unknown-parameter")
                {
                    faults.Add($"{operation}?{query}: {(int)answer.StatusCode}");
                }
            }
        }

        faults.AddRange((await council.State()).ChangesSince(before));
        faults.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Attack", "A03")]
    public async Task What_belongs_to_another_thing_is_answered_like_what_is_not_there()
    {
        // Whoever looks after the whole council sees everybody's long work.
        using var client = await council.Program.ClientAsync([.. Scopes.All.Where(s => !s.StartsWith("administration:", StringComparison.Ordinal))]);
        using var administrator = await council.Program.ClientAsync([.. Scopes.All]);
        var before = await council.State();
        var faults = new List<string>();
        var compared = 0;
        foreach (var operation in operations.Where(o => o.Parts.Count > 0))
        {
            var caller = operation.Scope?.StartsWith("administration:", StringComparison.Ordinal) == true ? administrator : client;
            var foreign = await Things.OfAnother(operation, council);
            var guessed = Things.GuessedOf(operation);
            var unknown = new Dictionary<string, string>(foreign ?? await Things.Of(operation, council), StringComparer.Ordinal) { [guessed] = Things.Unknown(guessed) };
            var version = 0;
            var expected = await Answer(caller, operation, unknown, version);
            while (expected.Status == HttpStatusCode.PreconditionFailed && version < HighestVersion)
            {
                expected = await Answer(caller, operation, unknown, ++version);
            }

            if (expected.Status != HttpStatusCode.NotFound && operation.ToString() != OldLink)
            {
                faults.Add($"{operation} of what is not there: {(int)expected.Status} {expected.Body}");
            }

            if (foreign is not null)
            {
                compared++;
                var actual = await Answer(caller, operation, foreign, version);
                if (actual != expected)
                {
                    faults.Add($"{operation} of another's: {(int)actual.Status} {actual.Body}, of what is not there: {(int)expected.Status} {expected.Body}");
                }
            }
        }

        faults.AddRange((await council.State()).ChangesSince(before));
        faults.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(30);
    }

    private static async Task<(HttpStatusCode Status, string Body)> Answer(HttpClient client, Operation operation, IReadOnlyDictionary<string, string> values, int version)
    {
        using var answer = await client.SendAsync(operation.Request(values, Things.BodyOf(operation), version));
        return (answer.StatusCode, Correlation().Replace(await answer.Content.ReadAsStringAsync(), "…"));
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Correlation();
}
