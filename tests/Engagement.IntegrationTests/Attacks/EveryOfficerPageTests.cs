using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Engagement.Host;
using Engagement.IntegrationTests.Host;
using Engagement.Kernel;
using Engagement.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What holds of every page of the officers, asked of each that the program has: a new one is attacked without anybody's doing.</summary>
[Collection(AttacksOnOneCouncil.Name)]
public sealed partial class EveryOfficerPageTests(GuardedCouncil council)
{
    /// <summary>Rights that every officer with any role has in the whole council: who plans, asks or decides something must see what others do.</summary>
    private static readonly string[] CouncilWide = ["engagements:read", "consultations:read", "outcomes:read", "officer"];

    /// <summary>What any officer may do with what others plan: take a plan as the beginning of one for the own team, and have the redacted bundle made.</summary>
    private static readonly string[] ForEverybody = ["Copy the plan", "Make the bundle"];

    [Fact]
    [Trait("Attack", "A01")]
    public async Task What_belongs_to_another_team_is_shown_and_changed_by_nobody_else()
    {
        using var stranger = await council.Program.SignedInAsync(council.OfficerOfAnotherTeam);
        using var nobody = await council.Program.SignedInAsync(council.OfficerWithoutRole);
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        using var anyone = council.Program.Anyone();
        var token = TokenOf(await Html(stranger, "/admin/account/name"));
        var before = await council.State();
        var faults = new List<string>();
        var told = 0;
        foreach (var (route, policy) in Pages())
        {
            var address = await PageAddresses.Of(route, query => council.Council.Value<string>(query)) ?? throw new InvalidOperationException($"{route}: say in PageAddresses what stands for its parts.");
            var isAboutOneThing = ConsultationOrEngagement().IsMatch(route);
            if (await StatusOf(anyone, address) is var unknown and not HttpStatusCode.Redirect)
            {
                faults.Add($"{address} without a session: {(int)unknown}");
            }

            if (policy != "officer" && await StatusOf(nobody, address) is var without and not HttpStatusCode.Forbidden)
            {
                faults.Add($"{address} by an officer without a role: {(int)without}");
            }

            if (!isAboutOneThing)
            {
                continue;
            }

            if (!CouncilWide.Contains(policy) && await StatusOf(stranger, address) is var foreign and not HttpStatusCode.Forbidden)
            {
                faults.Add($"{address} by an officer of another team, who would need {policy}: {(int)foreign}");
            }

            // What the forms of the page would send, from somebody whose team has nothing to do with it.
            foreach (var (target, form) in await FormsOf(administrator, route, address))
            {
                foreach (var button in form.Elements.OfType<IHtmlButtonElement>().Where(b => b.Type == "submit" && !ForEverybody.Contains(b.TextContent.Trim(), StringComparer.Ordinal)))
                {
                    using var content = new FormUrlEncodedContent(Filled(form, button, token));
                    using var answer = await stranger.PostAsync(new Uri(target, button.GetAttribute("formaction") ?? form.GetAttribute("action") ?? ""), content);
                    var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
                    var isTold = page.Body!.TextContent.Contains("this belongs to none of them", StringComparison.Ordinal);
                    told += isTold ? 1 : 0;

                    // A page that finds a mistake of its own in what was typed sends nothing.
                    if (!isTold && page.Title?.StartsWith("Error: ", StringComparison.Ordinal) != true)
                    {
                        faults.Add($"'{button.TextContent.Trim()}' of {target.AbsolutePath} by an officer of another team: {(int)answer.StatusCode} {answer.Headers.Location} {page.Title}");
                    }
                }
            }
        }

        faults.AddRange((await council.State()).ChangesSince(before));
        faults.ShouldBeEmpty();
        told.ShouldBeGreaterThan(60);
    }

    [Fact]
    [Trait("Attack", "A01")]
    [Trait("Attack", "A03")]
    public async Task A_page_of_another_teams_thing_is_the_same_whether_the_thing_is_there_or_not()
    {
        using var stranger = await council.Program.SignedInAsync(council.OfficerOfAnotherTeam);
        using var nobody = await council.Program.SignedInAsync(council.OfficerWithoutRole);
        using var administrator = await council.Program.SignedInAsync(council.Administrator);
        var faults = new List<string>();
        var compared = 0;
        foreach (var (route, policy) in Pages().Where(p => p.Policy != "officer" && p.Route.Contains("{id", StringComparison.Ordinal)))
        {
            var address = (await PageAddresses.Of(route, query => council.Council.Value<string>(query)))!;
            var ids = Id().Matches(address);
            if (ids.Count == 0)
            {
                continue;
            }

            // The innermost id: a response of a consultation, or the consultation itself.
            var guess = address[..ids[^1].Index] + Guid.CreateVersion7() + address[(ids[^1].Index + ids[^1].Length)..];
            foreach (var (who, client) in new[] { ("an officer without a role", nobody), ("an officer of another team", stranger) })
            {
                var mayKnow = client == stranger && (CouncilWide.Contains(policy) || ids.Count == 1);
                if (mayKnow)
                {
                    continue;
                }

                compared++;
                var (there, notThere) = (await Shown(client, address), await Shown(client, guess));
                if (there != notThere)
                {
                    faults.Add($"{address} by {who}: {there.Status}, {guess}: {notThere.Status}");
                }
            }

            if (await FollowedBy(administrator, guess) is var unknown and not HttpStatusCode.NotFound)
            {
                faults.Add($"{guess} by an administrator: {(int)unknown}");
            }
        }

        faults.ShouldBeEmpty();
        compared.ShouldBeGreaterThan(50);
    }

    /// <summary>The forms of a page, of things in each state: what may be changed differs from a draft to an answered consultation.</summary>
    private async Task<IReadOnlyList<(Uri Address, IHtmlFormElement Form)>> FormsOf(HttpClient client, string route, string address)
    {
        var addresses = new List<string> { address };
        if (Id().Count(address) == 1)
        {
            var table = route.StartsWith("/admin/consultations", StringComparison.Ordinal) ? "consultations.consultation" : "engagements.engagement";
            var others = (await council.Council.Value<string>($"select string_agg(id::text, ' ') from (select distinct on ({(table[0] == 'c' ? "status" : "state")}) id from {table}) one")).Split(' ');
            addresses.AddRange(others.Select(other => Id().Replace(address, other)).Where(a => a != address));
        }

        var forms = new List<(Uri, IHtmlFormElement)>();
        foreach (var one in addresses)
        {
            forms.AddRange((await Html(client, one)).QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>().Select(f => (new Uri(council.Program.Address, one), f)));
        }

        return forms;
    }

    private static IReadOnlyList<(string Route, string Policy)> Pages()
    {
        using var app = RunningApplication.Build("Host=127.0.0.1;Database=nobody-connects", new TestClock(), ProcessRole.Web);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => (Route: "/" + e.RoutePattern.RawText!.TrimStart('/'), Policy: e.Metadata.GetMetadata<IAuthorizeData>()!.Policy!))
            .Distinct()
            .OrderBy(p => p.Route, StringComparer.Ordinal)];
    }

    /// <summary>As it stands, with something in each field that is empty.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Filled(IHtmlFormElement form, IHtmlButtonElement button, string token)
    {
        foreach (var element in form.Elements.OfType<IHtmlElement>())
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name)
            {
                continue;
            }

            if (name == "__RequestVerificationToken")
            {
                yield return new(name, token);
            }
            else if (element is IHtmlInputElement { Type: "radio" or "checkbox" } choice)
            {
                yield return new(name, choice.Value);
            }
            else if (element is IHtmlInputElement { Type: not ("submit" or "file") } input)
            {
                yield return new(name, input.Value is { Length: > 0 } value ? value : name.EndsWith("year", StringComparison.OrdinalIgnoreCase) ? "2027" : "3");
            }
            else if (element is IHtmlTextAreaElement area)
            {
                yield return new(name, area.Value is { Length: > 0 } text ? text : "Some words about it");
            }
            else if (element is IHtmlSelectElement select)
            {
                yield return new(name, select.Value ?? "");
            }
        }

        if (button.GetAttribute("name") is { Length: > 0 } pressed)
        {
            yield return new(pressed, button.GetAttribute("value") ?? "");
        }
    }

    private static string TokenOf(IHtmlDocument page) => page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static async Task<IHtmlDocument> Html(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> StatusOf(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> FollowedBy(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.Headers.Location is { } next ? await StatusOf(client, next.ToString()) : answer.StatusCode;
    }

    /// <summary>Without what differs from answer to answer: the nonce, the form's token, the session's end.</summary>
    private static async Task<(HttpStatusCode Status, string Body)> Shown(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (answer.StatusCode, Different().Replace(await answer.Content.ReadAsStringAsync(), "…").Replace(address, "…", StringComparison.Ordinal));
    }

    [GeneratedRegex("^/admin/(consultations|engagements)/\\{id", RegexOptions.None, 1000)]
    private static partial Regex ConsultationOrEngagement();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("nonce=\"[^\"]*\"|value=\"CfDJ8[^\"]*\"|data-seconds-left=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Different();
}
