using System.Net;
using System.Text.RegularExpressions;
using Engagement.IntegrationTests.Host;
using Engagement.Platform.Security;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>Methods that an address does not have, and ways to smuggle one in.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed partial class MethodTests(GuardedCouncil council)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"];

    [Fact]
    [Trait("Attack", "A15")]
    public async Task An_address_of_the_api_takes_the_methods_that_are_described_and_names_them_to_others()
    {
        using var all = await council.Program.ClientAsync([.. Scopes.All]);
        var operations = await DescribedApi.Of(all);
        var before = await council.State();
        var faults = new List<string>();
        var asked = 0;
        foreach (var one in operations.DistinctBy(o => o.Path, StringComparer.Ordinal))
        {
            using var sample = one.Request(await Things.Of(one, council));
            var address = sample.RequestUri!.ToString().Split('?')[0];

            // Another path may take the same words: /calendars/{id} is asked for by /calendars/moved-timetables too.
            var described = operations.Where(o => Regex.IsMatch(address, $"^{Part().Replace(o.Path, "[^/]+")}$", RegexOptions.None, TimeSpan.FromSeconds(1))).Select(o => o.Method.Method).ToHashSet(StringComparer.Ordinal);
            foreach (var method in Methods.Where(m => !described.Contains(m)))
            {
                asked++;
                using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(address, UriKind.Relative));
                using var answer = await all.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.MethodNotAllowed || !described.SetEquals(answer.Content.Headers.Allow) || await answer.ProblemCode() != "method-not-allowed")
                {
                    faults.Add($"{method} {address}: {(int)answer.StatusCode}, Allow: {string.Join(", ", answer.Content.Headers.Allow)}");
                }
            }
        }

        faults.AddRange((await council.State()).ChangesSince(before));
        faults.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(300);
    }

    [Fact]
    [Trait("Attack", "A15")]
    public async Task A_page_takes_the_methods_that_it_has_and_says_so_on_a_page()
    {
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        var before = await council.State();
        var faults = new List<string>();
        foreach (var route in PageAddresses.Routes())
        {
            var address = await PageAddresses.Of(route, query => council.Council.Value<string>(query));
            foreach (var method in new[] { "PUT", "DELETE", "PATCH", "TRACE" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(address!, UriKind.Relative));
                using var answer = await administrator.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.MethodNotAllowed || !answer.Content.Headers.Allow.Contains("GET") || answer.Content.Headers.Allow.Contains(method)
                    || !(await answer.Content.ReadAsStringAsync()).Contains("<h1", StringComparison.Ordinal))
                {
                    faults.Add($"{method} {address}: {(int)answer.StatusCode}, Allow: {string.Join(", ", answer.Content.Headers.Allow)}");
                }
            }
        }

        faults.AddRange((await council.State()).ChangesSince(before));
        faults.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Attack", "A15")]
    public async Task A_method_that_is_smuggled_in_is_ignored()
    {
        using var all = await council.Program.ClientAsync([.. Scopes.All]);
        var before = await council.State();
        foreach (var name in new[] { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" })
        {
            using var reading = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/consultations/{council.DraftId}/documents", UriKind.Relative)) { Headers = { { name, "DELETE" } } };
            using var read = await all.SendAsync(reading);
            using var posting = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/consultations/{council.DraftId}/documents/secret.txt?_method=DELETE", UriKind.Relative)) { Headers = { { name, "DELETE" } } };
            using var posted = await all.SendAsync(posting);

            read.StatusCode.ShouldBe(HttpStatusCode.OK);
            posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            posted.Content.Headers.Allow.ShouldContain("DELETE");
        }

        (await council.State()).ChangesSince(before).ShouldBeEmpty();
    }

    [GeneratedRegex("\\{[^}]*\\}", RegexOptions.None, 1000)]
    private static partial Regex Part();
}
