using System.Net;
using Engagement.IntegrationTests.Host;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What an officer's browser keeps, shows in frames and counts.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed class OfficersBrowserTests(GuardedCouncil council)
{
    [Fact]
    [Trait("Attack", "B08")]
    [Trait("Attack", "B17")]
    public async Task No_page_of_the_officers_is_kept_by_a_browser_or_shown_in_a_frame()
    {
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        var faults = new List<string>();
        var shown = 0;
        foreach (var route in PageAddresses.Routes().Where(r => r.StartsWith("/admin", StringComparison.Ordinal)))
        {
            var address = await PageAddresses.Of(route, query => council.Council.Value<string>(query));
            using var answer = await administrator.GetAsync(new Uri(address!, UriKind.Relative));
            shown += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
            if (answer.Headers.CacheControl?.NoStore != true)
            {
                faults.Add($"{address} may be kept: {answer.Headers.CacheControl}");
            }

            if (!answer.Headers.GetValues("Content-Security-Policy").Single().Contains("frame-ancestors 'none'", StringComparison.Ordinal))
            {
                faults.Add($"{address} may be framed");
            }
        }

        faults.ShouldBeEmpty();
        shown.ShouldBeGreaterThan(60);
    }

    [Fact]
    [Trait("Attack", "B19")]
    public async Task The_api_takes_no_session_and_lets_no_other_origin_read()
    {
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        using var page = await administrator.GetAsync(new Uri("/admin/account", UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.OK, "the session is good");
        foreach (var origin in new[] { "null", "https://evil.example" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options })
            {
                using var request = new HttpRequestMessage(method, new Uri("/api/v1/engagements", UriKind.Relative));
                request.Headers.Add("Origin", origin);
                request.Headers.Add("Access-Control-Request-Method", "POST");
                using var answer = await administrator.SendAsync(request);

                answer.StatusCode.ShouldBe(method == HttpMethod.Get ? HttpStatusCode.Unauthorized : HttpStatusCode.MethodNotAllowed);
                answer.Headers.ShouldNotContain(h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    [Trait("Attack", "A21")]
    public async Task My_work_names_nothing_of_teams_to_which_the_officer_does_not_belong()
    {
        using var stranger = await council.Program.SignedInAsync(council.OfficerOfAnotherTeam);
        using var administrator = await council.Program.SignedInAsync(council.Administrator);

        var strangers = await stranger.GetStringAsync(new Uri("/admin", UriKind.Relative));
        var administrators = await administrator.GetStringAsync(new Uri("/admin", UriKind.Relative));

        administrators.ShouldContain("/admin/consultations/");
        strangers.ShouldNotContain("/admin/consultations/0");
        strangers.ShouldNotContain("/admin/engagements/0");
    }

    [Fact]
    [Trait("Attack", "A13")]
    public async Task Exports_at_the_same_time_hold_what_each_was_asked_for()
    {
        using var client = await council.Program.ClientAsync("participation:read");
        var ids = (await council.Council.Value<string>("select string_agg(consultation_id::text, ' ') from (select consultation_id from participation.v1_responses group by 1 having count(*) > 3) c")).Split(' ');
        ids.Length.ShouldBeGreaterThan(1);

        var files = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => client.GetStringAsync(new Uri($"/api/v1/consultations/{ids[i % ids.Length]}/export.csv", UriKind.Relative))));

        foreach (var own in files.Distinct(StringComparer.Ordinal).Select((file, i) => (File: file, Id: ids[Array.IndexOf(files, file) % ids.Length], Number: i)))
        {
            var references = (await council.Council.Value<string>($"select string_agg(reference, ' ') from participation.v1_responses where consultation_id = '{own.Id}'")).Split(' ');
            var others = (await council.Council.Value<string>($"select string_agg(reference, ' ') from participation.v1_responses where consultation_id <> '{own.Id}'")).Split(' ');
            references.ShouldAllBe(r => own.File.Contains(r));
            others.ShouldAllBe(r => !own.File.Contains(r));
        }

        files.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Length);
    }
}
