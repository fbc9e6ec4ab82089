using System.Net;
using AngleSharp.Html.Parser;
using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What a browser is made to send: forms from elsewhere, other hosts' names, cookies.</summary>
public sealed class BrowserTrustTests : IntegrationTest
{
    private static readonly Uri NameForm = new("/admin/account/name", UriKind.Relative);
    private CreatedOfficer officer = null!;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["AllowedHosts"] = "127.0.0.1",
        ["Proxies:Trusted"] = "127.0.0.1",
        ["Site:BaseAddress"] = "https://consultations.example",
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        officer = await Send(new CreateOfficer("ruth@example.org", "Ruth Penhale", ["officer"], MustChangePassword: false));
    }

    [Fact]
    [Trait("Attack", "B14")]
    public async Task A_form_is_taken_with_its_own_sessions_token_and_from_our_own_pages_alone()
    {
        using var ruth = await App.SignedInAsync(officer.Id);
        using var mallory = await Officer("officer");
        var (own, others) = (await TokenOf(ruth), await TokenOf(mallory));
        var here = $"http://{App.Address.Authority}";

        var refused = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal)
        {
            ["without a token"] = await Rename(ruth, token: null),
            ["with another session's token"] = await Rename(ruth, others),
            ["with a changed token"] = await Rename(ruth, own[..^4] + "AAAA"),
            ["from another origin"] = await Rename(ruth, own, ("Origin", "https://evil.example")),
            ["from another port"] = await Rename(ruth, own, ("Origin", "http://127.0.0.1:1")),
            ["from another site"] = await Rename(ruth, own, ("Sec-Fetch-Site", "cross-site"), ("Origin", "null")),
            ["from a neighbouring site"] = await Rename(ruth, own, ("Sec-Fetch-Site", "same-site"), ("Origin", here)),
        };

        refused.Where(r => r.Value != HttpStatusCode.BadRequest).ShouldBeEmpty();
        (await Scalar<long>("select count(*) from access.officer where name = 'Mallory'")).ShouldBe(0);
        (await Rename(ruth, own, ("Origin", here))).ShouldBe(HttpStatusCode.Redirect);
        (await Rename(ruth, own, ("Sec-Fetch-Site", "same-origin"), ("Origin", "null"))).ShouldBe(HttpStatusCode.Redirect, "a page without a referrer names no origin");
        (await Scalar<string>("select name from access.officer where id = $1", officer.Id.Value)).ShouldBe("Mallory");
    }

    [Fact]
    [Trait("Attack", "B15")]
    public async Task Another_hosts_name_is_refused_and_no_link_follows_what_a_request_says()
    {
        using var anyone = App.Anyone();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/admin/forgotten-password", UriKind.Relative)) { Headers = { Host = "evil.example" } };
        using var refused = await anyone.SendAsync(request);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldNotContain("evil.example");

        using var browser = new Engagement.TestKit.Pages.PageClient(App.Address);
        await browser.Submit(await browser.Open("/admin/forgotten-password"), new Dictionary<string, string?> { ["Email"] = "ruth@example.org" });
        var content = await Scalar<string>("select encode(content, 'base64') from platform.notification where kind = 'password-reset'");
        App.Services.GetRequiredService<MasterKey>().DecryptText(Notification.Purpose, Convert.FromBase64String(content.ReplaceLineEndings("")))
            .ShouldContain("https://consultations.example/admin/new-password");
    }

    [Fact]
    [Trait("Attack", "I02")]
    public async Task A_new_installation_has_no_account_no_sample_and_nothing_of_development()
    {
        foreach (var table in new[] { "access.api_client", "access.team", "engagements.engagement", "consultations.consultation", "participation.response", "platform.demonstration" })
        {
            (await Scalar<long>($"select count(*) from {table}")).ShouldBe(0, table);
        }

        (await Scalar<string>("select string_agg(name, ', ') from access.officer")).ShouldBe("Ruth Penhale", "the one that this test has made");
        using var anyone = App.Anyone();
        foreach (var address in new[]
        {
            "/swagger", "/swagger/index.html", "/_framework/aspnetcore-browser-refresh.js", "/_vs/browserLink", "/debug", "/debug/pprof", "/metrics", "/quartz", "/hangfire", "/elmah.axd", "/trace.axd",
            "/.env", "/.git/config", "/appsettings.json", "/engagement.dll", "/web.config", "/backup", "/admin/demo", "/docs/../appsettings.json", "/api/v1/test", "/openapi/v2.json",
        })
        {
            using var answer = await anyone.GetAsync(new Uri(address, UriKind.Relative));
            (address, answer.StatusCode).ShouldBe((address, HttpStatusCode.NotFound));
        }
    }

    private static async Task<string> TokenOf(HttpClient browser) =>
        new HtmlParser().ParseDocument(await browser.GetStringAsync(NameForm)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static async Task<HttpStatusCode> Rename(HttpClient browser, string? token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, NameForm)
        {
            Content = new FormUrlEncodedContent(token is null ? [new("Name", "Mallory")] : [new("Name", "Mallory"), new("__RequestVerificationToken", token)]),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }
}
