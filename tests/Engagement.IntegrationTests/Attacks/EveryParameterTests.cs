using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Engagement.Host;
using Engagement.Host.Pages;
using Engagement.IntegrationTests.Host;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What a parameter must not be, in every one that the API's description or a page has.</summary>
[Collection(AttackedCouncil.Name)]
public sealed partial class EveryParameterTests(AttackedCouncil council)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly string[] Hostile =
    [
        AttackedCouncil.Mark, "'; select pg_sleep(5)--", "1); select pg_sleep(5)--", string.Concat(Enumerable.Repeat("%_", 1500)), new string('(', 400) + "a" + new string('*', 400),
        "\"" + new string('a', 3000), "\0", "-1", "99999999999999999999", "\u202Eabc", "//evil.example/", "javascript:a()",
    ];

    [Fact]
    [Trait("Attack", "C03")]
    [Trait("Attack", "C08")]
    [Trait("Attack", "C09")]
    [Trait("Attack", "C23")]
    [Trait("Attack", "G02")]
    [Trait("Attack", "G03")]
    public async Task No_parameter_of_the_api_runs_waits_or_breaks()
    {
        using var http = await council.Program.ClientAsync([.. Scopes.All]);
        var found = new List<string>();
        var asked = 0;
        foreach (var (path, parameters) in await Reads(http))
        {
            foreach (var parameter in parameters)
            {
                foreach (var value in Hostile)
                {
                    asked++;
                    await Ask($"{path}?{parameter}={Uri.EscapeDataString(value)}", status => status < 500);
                }

                await Ask($"{path}?{parameter}=a&{parameter}=b", status => status == 400);
            }

            await Ask($"{path}?nosuchparameter=1", status => status is 400 or 404);
            if (parameters.Contains("limit", StringComparer.Ordinal))
            {
                using var answer = await http.GetAsync($"{path}?limit=100000");
                var text = await answer.Content.ReadAsStringAsync();
                if ((int)answer.StatusCode != 400 || !MaximumNamed().IsMatch(text))
                {
                    found.Add($"{path}?limit=100000: {(int)answer.StatusCode} {text}");
                }
            }

            if (parameters.Contains("cursor", StringComparer.Ordinal))
            {
                foreach (var cursor in new[] { "x", "AAAA", "bm90LW91cnM", "eyJhIjoxfQ" })
                {
                    using var answer = await http.GetAsync($"{path}?cursor={cursor}");
                    var text = await answer.Content.ReadAsStringAsync();
                    if ((int)answer.StatusCode != 400 || !text.Contains("\"cursor\":[", StringComparison.Ordinal))
                    {
                        found.Add($"{path}?cursor={cursor}: {(int)answer.StatusCode} {text}");
                    }
                }
            }
        }

        found.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(200);

        async Task Ask(string address, Func<int, bool> expected)
        {
            var waited = Stopwatch.StartNew();
            using var answer = await http.GetAsync(address);
            if (!expected((int)answer.StatusCode) || waited.Elapsed > Patience)
            {
                found.Add($"{address[..Math.Min(address.Length, 200)]}: {(int)answer.StatusCode} after {waited.Elapsed.TotalSeconds:0.0} s");
            }
        }
    }

    [Fact]
    [Trait("Attack", "C03")]
    [Trait("Attack", "C08")]
    [Trait("Attack", "C09")]
    [Trait("Attack", "G07")]
    public async Task No_parameter_of_a_page_runs_waits_or_breaks()
    {
        var names = ParameterNames();
        var found = new List<string>();
        foreach (var route in PageAddresses.Routes())
        {
            var address = (await PageAddresses.Of(route, query => council.Value<string>(query)))!;
            var browser = address.StartsWith("/admin", StringComparison.Ordinal) ? council.OfficersPages : council.ResidentsPages;
            foreach (var text in new[] { "'; select pg_sleep(5)--" + AttackedCouncil.Mark, string.Concat(Enumerable.Repeat("%_", 20)) + "((((a****", "\0", "//evil.example/" })
            {
                var waited = Stopwatch.StartNew();
                var page = await browser.Open($"{address}?{string.Join('&', names.Select(n => $"{n}={Uri.EscapeDataString(text)}"))}");
                if ((int)page.Status >= 500 || waited.Elapsed > Patience || page.Address.Host != council.Program.Address.Host)
                {
                    found.Add($"{address} with {text[..Math.Min(text.Length, 20)]}: {(int)page.Status} after {waited.Elapsed.TotalSeconds:0.0} s at {page.Address.Host} {council.LastError}");
                }

                found.AddRange(page.Document.QuerySelectorAll("[onerror], img[src=x], a[href^='javascript:'], a[href^='//']").Select(e => $"{address}: {e.OuterHtml}"));
            }
        }

        found.ShouldBeEmpty();
        names.Count.ShouldBeGreaterThan(10);
        using var search = await council.Program.Anyone().GetAsync($"/?q={new string('a', 10_000)}");
        ((int)search.StatusCode).ShouldBe(414);
        (await council.ResidentsPages.Open($"/?q={new string('a', 5_000)}")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    /// <summary>What pages take from their addresses.</summary>
    private static List<string> ParameterNames()
    {
        var pages = typeof(EngagementApplication).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(PageModel))).ToList();
        return
        [
            .. pages.SelectMany(t => t.GetProperties()).Where(p => p.GetCustomAttribute<BindPropertyAttribute>()?.SupportsGet == true || p.GetCustomAttribute<FromQueryAttribute>() is not null)
                .Where(p => p.PropertyType == typeof(string) || Nullable.GetUnderlyingType(p.PropertyType) is not null || p.PropertyType.IsPrimitive || p.PropertyType.IsEnum).Select(p => p.Name)
                .Concat(pages.SelectMany(t => t.GetMethods()).Where(m => m.Name.StartsWith("OnGet", StringComparison.Ordinal)).SelectMany(m => m.GetParameters())
                    .Where(p => p.ParameterType == typeof(string) || p.ParameterType.IsPrimitive || Nullable.GetUnderlyingType(p.ParameterType) is not null).Select(p => p.Name!))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private async Task<List<(string Path, List<string> Parameters)>> Reads(HttpClient http)
    {
        var description = await http.GetAsync("/openapi/v1.json").Success();
        var consultation = await council.Value<string>("select consultation_id::text from closing_the_loop.commitment limit 1");
        var slug = await council.Value<string>("select slug from consultations.consultation where status = 'Open' limit 1");
        var engagement = await council.Value<string>("select engagement_id::text from consultations.consultation order by opens_at limit 1");
        return
        [
            .. from path in description.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            where method.Name == "get"
            let address = path.Name.Replace("{slug}", slug, StringComparison.Ordinal)
                .Replace("{id}", path.Name.StartsWith("/api/v1/engagements", StringComparison.Ordinal) ? engagement : consultation, StringComparison.Ordinal)
            select (Part().Replace(address, _ => Guid.CreateVersion7().ToString()), Parameters(method.Value)),
        ];
    }

    private static List<string> Parameters(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)]
        : [];

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 1000)]
    private static partial Regex Part();

    [GeneratedRegex(@"\b(100|200|500|1,?000)\b", RegexOptions.None, 1000)]
    private static partial Regex MaximumNamed();
}
