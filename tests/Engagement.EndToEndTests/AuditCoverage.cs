using System.Collections.Concurrent;
using Engagement.Host;
using Engagement.TestKit;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Engagement.EndToEndTests;

/// <summary>Which pages the audit has looked at, so that no page escapes by being new.</summary>
internal static class AuditCoverage
{
    /// <summary>Set by the command that runs every test: with a filter some pages are not looked at, and that is no fault.</summary>
    public const string EveryTestVariable = "ENGAGEMENT_EVERY_TEST";

    /// <summary>Addresses that never show a page of their own, with the reason.</summary>
    private static readonly IReadOnlyDictionary<string, string> WithoutPage = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["problem"] = "is shown at addresses that failed, never at its own; ProblemPageTests looks at it there",
        ["consultations/{slug}/documents/{documentId}"] = "sends a file",
        ["admin/sign-out"] = "ends the session and leads to the sign-in page",
    };

    private static readonly ConcurrentDictionary<string, byte> Seen = new(StringComparer.Ordinal);

    public static void Record(string path) => Seen.TryAdd(path, 0);

    /// <summary>The routes of pages that nothing has looked at.</summary>
    public static IReadOnlyList<string> Missing()
    {
        using var app = RunningApplication.Build("Host=127.0.0.1;Database=nobody-connects", new TestClock(), ProcessRole.Web);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .OrderBy(e => e.Order).ThenBy(e => e.RoutePattern.InboundPrecedence)
            .Select(e => e.RoutePattern.RawText!)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (routes.Count == 0)
        {
            throw new InvalidOperationException("The program has no pages, so this check sees nothing.");
        }

        var matchers = routes.Select(r => (Route: r, Matcher: new TemplateMatcher(TemplateParser.Parse(r.TrimStart('/')), []))).ToList();
        var found = Seen.Keys.Select(path => matchers.FirstOrDefault(m => m.Matcher.TryMatch(path, [])).Route).ToHashSet(StringComparer.Ordinal);
        return [.. routes.Where(r => !found.Contains(r) && !WithoutPage.ContainsKey(r.TrimStart('/')))];
    }
}
