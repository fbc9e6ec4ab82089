using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Engagement.IntegrationTests.Host;
using Engagement.Platform.Security;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What every answer says to browsers and caches, whether it is a page, a file, a feed or a refusal.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed partial class EveryAnswerTests(GuardedCouncil council)
{
    private static readonly string[] Endings = ["/abc.css", "/abc.js", ";.css"];

    [Fact]
    [Trait("Attack", "F11")]
    public async Task Every_answer_forbids_guessing_its_type_framing_it_and_fetching_from_elsewhere()
    {
        using var anyone = council.Program.Anyone();
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        using var all = await council.Program.ClientAsync([.. Scopes.All]);
        var faults = new List<string>();
        var statuses = new HashSet<HttpStatusCode>();

        foreach (var route in PageAddresses.Routes())
        {
            var address = await AddressOf(route);
            await Look(anyone, HttpMethod.Get, address);
            await Look(administrator, HttpMethod.Get, address);
            await Look(anyone, HttpMethod.Post, address);
        }

        foreach (var one in await DescribedApi.Of(all))
        {
            using var sample = one.Request(await Things.Of(one, council));
            await Look(anyone, one.Method, sample.RequestUri!.ToString());
            if (one.Method == HttpMethod.Get)
            {
                await Look(all, one.Method, sample.RequestUri.ToString());
            }
        }

        foreach (var file in Linked().Matches(await anyone.GetStringAsync(new Uri("/", UriKind.Relative))).Select(m => m.Groups[1].Value))
        {
            await Look(anyone, HttpMethod.Get, file);
            if (await TagOf(anyone, file) is { } tag)
            {
                await Look(anyone, HttpMethod.Get, file, tag);
            }
        }

        foreach (var address in new[] { "/health/live", "/health/ready", "/docs/index.html", "/openapi/v1.json", "/feeds/consultations.atom", "/nowhere", "/api/v1/nowhere", "/nowhere.css", "/.well-known/security.txt" })
        {
            await Look(anyone, HttpMethod.Get, address);
        }

        faults.ShouldBeEmpty();
        HttpStatusCode[] met =
        [
            HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.NotModified, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound,
            HttpStatusCode.MethodNotAllowed,
        ];
        met.Except(statuses).ShouldBeEmpty("each of these must have been looked at");

        async Task Look(HttpClient client, HttpMethod method, string address, string? tag = null)
        {
            using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
            if (tag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            }

            using var answer = await client.SendAsync(request);
            statuses.Add(answer.StatusCode);
            faults.AddRange(AnswerHeaders.Faults(answer).Select(fault => $"{method} {address}: {(int)answer.StatusCode} {fault}"));
        }
    }

    [Fact]
    [Trait("Attack", "A10")]
    public async Task Equality_answers_stand_in_no_answer_of_the_api_on_no_page_of_officers_and_in_no_export()
    {
        const string Planted = "Quillequality";
        using var all = await council.Program.ClientAsync([.. Scopes.All]);
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        await council.Council.Change($$"""
            insert into participation.equality_answers (id, consultation_id, response_id, question_set, answers)
            select gen_random_uuid(), consultation_id, id, 'GSS-2021-E', '{"religion": ["{{Planted}}"]}' from participation.response
            """);
        var addresses = new List<(HttpClient Client, string Address)>();
        foreach (var one in (await DescribedApi.Of(all)).Where(o => o.Method == HttpMethod.Get))
        {
            using var sample = one.Request(await Things.Of(one, council));
            addresses.Add((all, sample.RequestUri!.ToString()));
        }

        foreach (var route in PageAddresses.Routes().Where(r => r.StartsWith("/admin", StringComparison.Ordinal) && r != "/admin/sign-out"))
        {
            addresses.Add((administrator, await AddressOf(route)));
        }

        var found = new List<string>();
        var shown = 0;
        foreach (var (client, address) in addresses)
        {
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
            shown += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
            if ((await answer.Content.ReadAsStringAsync()).Contains(Planted, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(address);
            }
        }

        await council.Council.Change($"delete from participation.equality_answers where answers::text like '%{Planted}%'");
        found.ShouldBeEmpty();
        shown.ShouldBeGreaterThan(80);
        addresses.ShouldContain(a => a.Address.Contains("/export.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void The_rule_sees_what_an_answer_lacks()
    {
        using var bare = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<p>", Encoding.UTF8, "text/html") };
        bare.Content.Headers.ContentType!.CharSet = null;
        bare.Headers.TryAddWithoutValidation("Server", "Kestrel");
        bare.Headers.TryAddWithoutValidation("Content-Security-Policy", "default-src *");

        AnswerHeaders.Faults(bare).Count().ShouldBe(9);
    }

    [Fact]
    [Trait("Attack", "F09")]
    public async Task A_page_asked_for_under_a_name_that_caches_keep_is_not_there_and_kept_by_nobody()
    {
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        var faults = new List<string>();
        foreach (var route in PageAddresses.Routes())
        {
            var address = (await AddressOf(route)).Split('?')[0].TrimEnd('/');
            foreach (var ending in Endings)
            {
                using var answer = await administrator.GetAsync(new Uri(address + ending, UriKind.Relative));

                // 410: a link's token may be anything, and this one is nobody's.
                if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Gone) || answer.Headers.CacheControl?.NoStore != true)
                {
                    faults.Add($"{address}{ending}: {(int)answer.StatusCode} {answer.Headers.CacheControl}");
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    private async Task<string> AddressOf(string route) =>
        await PageAddresses.Of(route, query => council.Council.Value<string>(query)) ?? throw new InvalidOperationException($"Nothing is known of a part of {route}.");

    private static async Task<string?> TagOf(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.Headers.ETag?.ToString();
    }

    [GeneratedRegex("(?:src|href)=\"(/[^\"]+\\.(?:css|js)[^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Linked();
}

/// <summary>What an answer must say.</summary>
internal static class AnswerHeaders
{
    public static IEnumerable<string> Faults(HttpResponseMessage answer)
    {
        if (Of(answer, "X-Content-Type-Options") != "nosniff")
        {
            yield return "does not forbid to guess its type";
        }

        if (Of(answer, "Referrer-Policy") is not ("strict-origin-when-cross-origin" or "no-referrer"))
        {
            yield return "tells other hosts where somebody came from";
        }

        if (answer.Headers.CacheControl is null)
        {
            yield return "does not say whether it may be kept";
        }

        if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"))
        {
            yield return "says what it was made by";
        }

        if (answer.Headers.Contains("Access-Control-Allow-Credentials"))
        {
            yield return "lets other origins use somebody's session";
        }

        if (answer.Content.Headers.ContentLength != 0 && answer.Content.Headers.ContentType is { MediaType: { } type, CharSet: null } && (type.StartsWith("text/", StringComparison.Ordinal) && type is not ("text/css" or "text/javascript")))
        {
            yield return "has a text without its encoding";
        }

        // A copy in the browser is shown under the policy that came with it.
        if (answer.StatusCode == HttpStatusCode.NotModified)
        {
            yield break;
        }

        var policy = Of(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(d => d.Split(' ')).ToDictionary(d => d[0], d => d[1..], StringComparer.Ordinal);
        foreach (var (directive, allowed) in new[] { ("frame-ancestors", "'none'"), ("base-uri", "'none'") })
        {
            if (!policy.TryGetValue(directive, out var values) || values is not [var only] || only != allowed)
            {
                yield return $"has no {directive} {allowed}";
            }
        }

        if (!policy.TryGetValue("default-src", out var sources) || sources is not ["'self'" or "'none'"])
        {
            yield return "lets what it shows come from everywhere";
        }

        if (!policy.TryGetValue("object-src", out var objects) && sources is not ["'none'"] || objects is not (null or ["'none'"]))
        {
            yield return "lets a plug-in run";
        }

        foreach (var source in policy.Values.SelectMany(v => v).Where(v => v is not ("'self'" or "'none'" or "data:" or "'unsafe-inline'" or "*") && !v.StartsWith("'nonce-", StringComparison.Ordinal)))
        {
            yield return $"lets something come from {source}";
        }
    }

    private static string Of(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
