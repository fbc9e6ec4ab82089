using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Engagement.Access.Api;
using Engagement.Access.Application.Officers;
using Engagement.Host.Pages;
using Engagement.Host.Pages.Public.Respond;
using Engagement.IntegrationTests.Host;
using Engagement.IntegrationTests.Participation;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>Every page is asked for over HTTPS, and what sets a cookie only when it succeeds is done; each cookie is looked at.</summary>
public sealed class EveryCookieTests : ParticipationTest
{
    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> met = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Proxies:Trusted"] = "127.0.0.1" };

    [Fact]
    [Trait("Attack", "B18")]
    public async Task Every_cookie_is_for_our_own_server_over_a_secure_connection_and_for_no_script()
    {
        var officer = await Send(new CreateOfficer("ruth@example.org", "Ruth Penhale", ["administrator"], MustChangePassword: false));
        await LookAtEveryPage();
        await Post($"/consultations/{Consultation.Slug}/respond/1", ("answer-q1", "yes"));
        await Post("/receipt?handler=Enter", ("ReceiptCode", (await Respond()).Secret));
        await Post("/admin/sign-in", ("Email", "ruth@example.org"), ("Password", officer.Password));
        await Post("/admin/account/name", ("Name", "Ruth Pascoe"));
        await LookAtEveryPage();

        faults.ShouldBeEmpty();
        met.ShouldBe(
            [PagesRegistration.FormCookie, PagesRegistration.MessageCookie, RespondCookies.Draft, RespondCookies.Receipt, OfficerCookie.Name, DeviceCookie.Name, "engagement-new-password"],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("engagement-a=b; path=/; secure; samesite=strict; httponly", null)]
    [InlineData("engagement-a=b; path=/; samesite=strict; httponly", "Secure")]
    [InlineData("engagement-a=b; path=/; secure; samesite=none; httponly", "SameSite")]
    [InlineData("engagement-a=b; path=/; secure; samesite=lax", "HttpOnly")]
    [InlineData("engagement-a=b; domain=example.org; path=/; secure; samesite=lax; httponly", "Domain")]
    public void The_rule_sees_what_a_cookie_lacks(string cookie, string? lacks) => FaultOf(cookie).ShouldBe(lacks);

    private static string? FaultOf(string cookie)
    {
        var attributes = cookie.Split(';', StringSplitOptions.TrimEntries).Skip(1).Select(a => a.ToLowerInvariant()).ToList();
        return !attributes.Contains("secure", StringComparer.Ordinal) ? "Secure"
            : !attributes.Contains("httponly", StringComparer.Ordinal) ? "HttpOnly"
            : !attributes.Any(a => a is "samesite=lax" or "samesite=strict") ? "SameSite"
            : attributes.Any(a => a.StartsWith("domain", StringComparison.Ordinal)) ? "Domain"
            : null;
    }

    private async Task LookAtEveryPage()
    {
        foreach (var route in PageAddresses.Routes().Where(r => r != "/admin/sign-out"))
        {
            var address = await PageAddresses.Of(route, _ => Task.FromResult(Consultation.Slug)) ?? throw new InvalidOperationException($"Nothing is known of a part of {route}.");
            using var page = await Ask(HttpMethod.Get, address + (route == "/admin/new-password" ? "?token=anything" : ""));
        }
    }

    /// <summary>Fills in the fields of the page's form and sends it.</summary>
    private async Task Post(string address, params (string Name, string Value)[] values)
    {
        using var page = await Ask(HttpMethod.Get, address.Split('?')[0]);
        var form = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>()
            .First(f => values.All(v => f.Elements.Any(e => e.GetAttribute("name") == v.Name)));
        var fields = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "hidden").Select(i => (Name: i.Name!, i.Value)).Concat(values);
        using var content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        using var answer = await Ask(HttpMethod.Post, address, content);
        (address, answer.StatusCode).ShouldBe((address, HttpStatusCode.Redirect));
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = content };
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", kept.Select(c => $"{c.Key}={c.Value}")));
        var answer = await Anyone.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var n, var v] ? (n, v) : (cookie, "");
            kept[name] = value;
            met.Add(name);
            if (FaultOf(cookie) is { } lacks)
            {
                faults.Add($"{method} {address}: {name} {lacks}");
            }
        }

        if (answer.Headers.TryGetValues("Strict-Transport-Security", out var hsts) ? hsts.Single() != "max-age=31536000; includeSubDomains" : true)
        {
            faults.Add($"{method} {address}: no Strict-Transport-Security");
        }

        return answer;
    }
}
