using System.Text.RegularExpressions;
using Engagement.Host;
using Engagement.TestKit;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Engagement.IntegrationTests.Host;

/// <summary>The address of an example of every page in the demonstration. Pages are found by their routes, so that none escapes by being new.</summary>
internal static partial class PageAddresses
{
    /// <summary>The consultation with its loop closed: it has something on every page.</summary>
    private const string Example = "(select consultation_id from closing_the_loop.commitment order by consultation_id limit 1)";

    /// <summary>
    /// What stands for a part of an address: a query that finds an example in the demonstration, by the part's name, after the longest
    /// beginning of an address that fits.
    /// </summary>
    private static readonly (string Below, string Part, string Query)[] Examples =
    [
        ("/admin/consultations", "id", $"select ({Example})::text"),
        ("/admin/consultations", "responseId", $"select response_id::text from participation.v1_responses where consultation_id = {Example} order by submitted_at limit 1"),
        ("/admin/consultations", "themeId", $"select id::text from closing_the_loop.theme where consultation_id = {Example} order by position, id limit 1"),
        ("/admin/consultations", "commitmentId", $"select id::text from closing_the_loop.commitment where consultation_id = {Example} order by position, id limit 1"),
        ("/admin/consultations", "noticeId", $"select n.id::text from consultations.notice n order by n.consultation_id = {Example} desc, n.id limit 1"),
        ("/admin/consultations", "consulteeId", $"select c.id::text from consultations.consultee c order by c.consultation_id = {Example} desc, c.id limit 1"),
        ("/admin/consultations", "stage", "select 'decision'"),
        ("/admin/engagements", "id", "select engagement_id::text from consultations.consultation order by opens_at limit 1"),
        ("/admin/engagements", "part", "select 'groups'"),
        ("/admin/engagements", "number", "select '1'"),
        ("/admin/engagements", "check", "select 'areas'"),
        ("/admin/engagements", "criterion", "select plan -> 'successCriteria' -> 0 ->> 'key' from engagements.engagement where id = (select engagement_id from consultations.consultation order by opens_at limit 1)"),
        ("/admin/regimes", "id", "select 'tro-permanent'"),
        ("/admin/timescales/calendars", "id", "select coalesce((select id::text from consultations.calendar_entry limit 1), gen_random_uuid()::text)"),
        ("/admin/administration/jobs", "name", "select 'close-due-consultations'"),
        ("/admin/administration/officers", "id", "select id::text from access.officer order by id limit 1"),
        ("/admin/administration/teams", "id", "select id::text from access.team order by id limit 1"),
        ("/admin/administration/clients", "id", "select id::text from access.api_client order by id limit 1"),
        ("/admin/work", "id", "select id::text from platform.work limit 1"),
        ("/consultations", "slug", "select slug from consultations.consultation c where status = 'Open' order by exists (select 1 from consultations.document d where d.consultation_id = c.id) desc, closes_at desc limit 1"),
        ("/consultations", "documentId", "select d.id::text from consultations.document d join consultations.consultation c on c.id = d.consultation_id where c.status = 'Open' order by c.closes_at desc, d.id limit 1"),
        ("/updates", "token", "select 'none-of-ours'"),
        ("/consultations", "number", "select '1'"),
        ("/engagements", "reference", "select reference from engagements.engagement order by reference limit 1"),
    ];

    /// <summary>The routes of all pages.</summary>
    public static IReadOnlyList<string> Routes()
    {
        using var app = RunningApplication.Build("Host=127.0.0.1;Database=nobody-connects", new TestClock(), ProcessRole.Web);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
    }

    /// <returns>Null where nothing is known of a part that the address must have.</returns>
    public static async Task<string?> Of(string route, Func<string, Task<string>> value)
    {
        foreach (Match part in Part().Matches(route))
        {
            var example = Examples.Where(e => e.Part == part.Groups["name"].Value && route.StartsWith(e.Below + "/", StringComparison.Ordinal)).OrderByDescending(e => e.Below.Length).FirstOrDefault();
            if (example.Query is null && !part.Value.EndsWith("?}", StringComparison.Ordinal))
            {
                return null;
            }

            route = route.Replace(part.Value, example.Query is null ? "" : await value(example.Query), StringComparison.Ordinal);
        }

        return route;
    }

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
