using System.Net;
using System.Text.RegularExpressions;
using Engagement.Host;
using Engagement.IntegrationTests.Host;
using Engagement.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What is not public appears nowhere that everybody can look, and asking for it tells nothing.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed partial class UnpublishedTests(GuardedCouncil council)
{
    [Fact]
    [Trait("Attack", "A02")]
    public async Task A_draft_is_answered_like_what_is_not_there_at_every_address_that_takes_one()
    {
        using var anyone = council.Program.Anyone();
        var faults = new List<string>();
        var asked = 0;
        foreach (var route in PublicRoutes().Where(r => r.Contains("{slug}", StringComparison.Ordinal)))
        {
            string Address(string slug) => Part().Replace(
                route.Replace("{slug}", slug, StringComparison.Ordinal).Replace("{documentId}", council.DraftDocumentId, StringComparison.Ordinal), "1");
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                asked++;
                var (draft, nothing) = (await Answer(anyone, method, Address(council.DraftSlug)), await Answer(anyone, method, Address("there-is-no-such-thing")));
                if (draft != nothing)
                {
                    faults.Add($"{method} {route} of a draft: {draft.Status} {draft.Body}, of nothing: {nothing.Status} {nothing.Body}");
                }

                // A form is asked for its token before anything else.
                if (draft.Status is not (HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed) && (method == HttpMethod.Get || draft.Status != HttpStatusCode.BadRequest))
                {
                    faults.Add($"{method} {route} of a draft: {draft.Status}");
                }
            }
        }

        foreach (var address in new[] { $"/consultations/{council.DraftId}", $"/api/v1/public/consultations/{council.DraftId}", $"/admin/consultations/{council.DraftId}", $"/api/v1/consultations/{council.DraftId}" })
        {
            using var answer = await anyone.GetAsync(new Uri(address, UriKind.Relative));
            if ((int)answer.StatusCode is < 300 or >= 500 || (await answer.Content.ReadAsStringAsync()).Contains(GuardedCouncil.Secret, StringComparison.Ordinal))
            {
                faults.Add($"{address}: {(int)answer.StatusCode}");
            }
        }

        faults.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(20);
    }

    [Fact]
    [Trait("Attack", "A02")]
    public async Task A_draft_is_in_no_list_feed_calendar_or_search()
    {
        using var anyone = council.Program.Anyone();
        var faults = new List<string>();
        var looked = 0;
        foreach (var route in PublicRoutes().Where(r => !r.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var query in new[] { "", $"?q={GuardedCouncil.Secret}", $"?words={GuardedCouncil.Secret}&status=all", "?status=open&limit=200" })
            {
                using var answer = await anyone.GetAsync(new Uri(route + query, UriKind.Relative));
                looked++;
                var text = await answer.Content.ReadAsStringAsync();

                // What somebody searched for may be said again, as they typed it.
                if (text.Replace($"value=\"{GuardedCouncil.Secret}\"", "", StringComparison.Ordinal).Contains($"{GuardedCouncil.Secret} Lodge", StringComparison.Ordinal)
                    || text.Contains(council.DraftSlug, StringComparison.Ordinal) || text.Contains(council.DraftId, StringComparison.Ordinal))
                {
                    faults.Add($"{route}{query}");
                }
            }
        }

        faults.ShouldBeEmpty();
        looked.ShouldBeGreaterThan(40);
        PublicRoutes().ShouldContain("/", "the list is among what was looked through");
        PublicRoutes().Count(r => r.EndsWith(".ics", StringComparison.Ordinal) || r.EndsWith(".atom", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
    }

    /// <summary>Everything that everybody may ask for, pages and machines' addresses alike; files of the look are left out.</summary>
    private static IReadOnlyList<string> PublicRoutes()
    {
        using var app = RunningApplication.Build("Host=127.0.0.1;Database=nobody-connects", new TestClock(), ProcessRole.Web);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null && e.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    private static async Task<(HttpStatusCode Status, string Body)> Answer(HttpClient client, HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"attack-{Guid.CreateVersion7():N}");
        request.Content = method == HttpMethod.Post ? new StringContent("""{"answers":{}}""", null, "application/json") : null;
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, Different().Replace(await answer.Content.ReadAsStringAsync(), "…"));
    }

    [GeneratedRegex("\\{[^}]*\\}", RegexOptions.None, 1000)]
    private static partial Regex Part();

    [GeneratedRegex("nonce=\"[^\"]*\"|value=\"CfDJ8[^\"]*\"|\"traceId\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Different();
}
