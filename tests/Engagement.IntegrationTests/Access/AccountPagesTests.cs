using System.Net;
using System.Text.RegularExpressions;
using Engagement.Access.Api;
using Engagement.Access.Application.Officers;
using Engagement.Access.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Engagement.TestKit.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Access;

public sealed partial class AccountPagesTests : IntegrationTest
{
    private const string Email = "r.penhale@example.org";
    private const string NewPassword = "three teapots on a lawn";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Access:RequireSecondFactor"] = "AdministratorsAndApprovers",
    };

    [Fact]
    public async Task Somebody_who_has_not_signed_in_is_led_through_the_sign_in_to_the_page_they_asked_for()
    {
        var officer = await Send(new CreateOfficer(Email, "Ruth Penhale", ["officer"], MustChangePassword: false));
        using var browser = new PageClient(App.Address);

        var page = await browser.Open("/admin/account/name");
        page.Address.PathAndQuery.ShouldBe("/admin/sign-in?returnUrl=%2Fadmin%2Faccount%2Fname");
        page.Title.ShouldStartWith("Sign in - ");

        page = await browser.Submit(page, new Dictionary<string, string?> { ["Email"] = Email, ["Password"] = "not the password" });
        page.Title.ShouldStartWith("Error: Sign in");
        page.Errors.Single().ShouldStartWith("You could not be signed in.");
        page.Value("Email").ShouldBe(Email);
        page.Text.ShouldNotContain("not the password");

        page = await browser.Submit(page, new Dictionary<string, string?> { ["Password"] = officer.Password });
        page.Address.AbsolutePath.ShouldBe("/admin/account/name");
        page.Value("Name").ShouldBe("Ruth Penhale");
        var cookie = browser.Cookies.GetAllCookies().Single(c => c.Name == OfficerCookie.Name);
        cookie.HttpOnly.ShouldBeTrue();
        cookie.Path.ShouldBe("/admin");
        cookie.Value.Length.ShouldBe(64);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example/admin")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/consultations/a")]
    [Trait("Attack", "B13")]
    public async Task Nobody_is_led_elsewhere_through_a_sign_in(string returnUrl)
    {
        using var http = await Officer("officer");

        using var answer = await http.GetAsync(new Uri($"/admin/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/admin");
    }

    [Fact]
    [Trait("Attack", "B07")]
    public async Task A_session_that_the_browser_had_before_a_sign_in_is_worth_nothing_after_it()
    {
        var officer = await Send(new CreateOfficer(Email, "Ruth Penhale", ["officer"], MustChangePassword: false));
        using var browser = new PageClient(App.Address);
        var page = await browser.Open("/admin/sign-in?returnUrl=/admin/account");
        var planted = new Cookie(OfficerCookie.Name, new string('a', 64), "/admin");
        browser.Cookies.Add(App.Address, planted);

        page = await browser.Submit(page, new Dictionary<string, string?> { ["Email"] = Email, ["Password"] = officer.Password });

        page.Heading.ShouldBe("Your account");
        browser.Cookies.GetAllCookies().Single(c => c.Name == OfficerCookie.Name).Value.ShouldNotBe(planted.Value);
        (await Scalar<long>("select count(*) from access.session where token_hash = sha256(convert_to($1, 'UTF8'))", planted.Value)).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "B19")]
    public async Task The_api_takes_no_cookie_and_a_page_takes_no_token()
    {
        using var officer = await Officer("officer");
        using var machine = await Client("engagements:read");
        var token = officer.DefaultRequestHeaders;
        token.Add("Cookie", $"{OfficerCookie.Name}={await Send(new Engagement.Access.Application.SigningIn.OpenSession((await Send(new CreateOfficer(Email, "Ruth", ["officer"], MustChangePassword: false))).Id))}");

        using var api = await officer.GetAsync(new Uri("/api/v1/engagements", UriKind.Relative));
        using var capitals = await officer.GetAsync(new Uri("/API/v1/engagements", UriKind.Relative));
        using var page = await machine.GetAsync(new Uri("/admin/account", UriKind.Relative));

        api.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        capitals.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().ShouldStartWith("/admin/sign-in");
    }

    [Fact]
    [Trait("Attack", "B14")]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var http = await Officer("officer");
        using var form = new FormUrlEncodedContent([new("Name", "Mallory")]);

        using var answer = await http.PostAsync(new Uri("/admin/account/name", UriKind.Relative), form);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Scalar<long>("select count(*) from access.officer where name = 'Mallory'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_first_password_must_be_changed_before_anything_else()
    {
        var officer = await Send(new CreateOfficer(Email, "Ruth Penhale", ["officer"]));
        using var browser = new PageClient(App.Address);

        var page = await SignIn(browser, officer.Password);
        page = await browser.Open("/admin/engagements");
        page = page.Address.AbsolutePath == "/admin/account/password" ? page : await browser.Open("/admin/account/password");
        page.Main.ShouldContain("Somebody else has seen the password");
        page = await browser.Submit(page, new Dictionary<string, string?> { ["CurrentPassword"] = officer.Password, ["NewPassword"] = "Password2026!" });
        page.Errors.Single().ShouldContain("guessed first");
        page = await browser.Submit(page, new Dictionary<string, string?> { ["CurrentPassword"] = officer.Password, ["NewPassword"] = NewPassword });

        page = await browser.Open("/admin/account");
        page.Heading.ShouldBe("Your account");
        page.Text.ShouldContain("Ruth Penhale");
    }

    [Fact]
    public async Task An_approver_sets_up_a_second_factor_before_anything_else_and_signs_in_with_it_from_then_on()
    {
        var officer = await Send(new CreateOfficer(Email, "Ruth Penhale", ["approver"], MustChangePassword: false));
        using var browser = new PageClient(App.Address);
        await SignIn(browser, officer.Password);

        var page = await browser.Open("/admin/account/second-factor");
        page.Main.ShouldContain("Your role needs a second factor");
        var secret = Base32(page.Document.QuerySelector("#secret code")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        page.Document.QuerySelector("img.site-qr")!.GetAttribute("src")!.ShouldStartWith("data:image/png;base64,iVBOR");
        page = await browser.Submit(page, new Dictionary<string, string?> { ["Code"] = "000000" });
        page.Errors.Single().ShouldStartWith("This code does not fit.");
        page.Document.QuerySelector("#secret code")!.TextContent.Replace(" ", "", StringComparison.Ordinal).ShouldBe(OneTimeCode.Base32(secret), "the app holds this secret already");
        page = await browser.Submit(page, new Dictionary<string, string?> { ["Code"] = CodeNow(secret) });
        var recovery = page.Document.QuerySelectorAll(".site-codes code").Select(c => c.TextContent).ToList();
        recovery.Count.ShouldBe(10);
        (await browser.Open("/admin/account")).Main.ShouldContain("10 recovery codes are left");

        // Elsewhere: the password alone opens nothing, and a code counts once.
        using var other = new PageClient(App.Address);
        page = await SignIn(other, officer.Password);
        page.Heading.ShouldBe("Enter your code");
        (await other.Open("/admin/account")).Heading.ShouldBe("Sign in");
        page = await SignIn(other, officer.Password);
        (await other.Submit(page, new Dictionary<string, string?> { ["Code"] = CodeNow(secret) })).Errors.Single().ShouldContain("was used already");
        Clock.Advance(TimeSpan.FromSeconds(30));
        var awaiting = other.Cookies.GetAllCookies().Single(c => c.Name == OfficerCookie.Name).Value;
        await other.Submit(page, new Dictionary<string, string?> { ["Code"] = CodeNow(secret) });
        other.Cookies.GetAllCookies().Single(c => c.Name == OfficerCookie.Name).Value.ShouldNotBe(awaiting, "a session is another one after the second factor");
        (await other.Open("/admin/account")).Heading.ShouldBe("Your account");

        // On the day without the telephone.
        using var third = new PageClient(App.Address);
        page = await SignIn(third, officer.Password);
        await third.Submit(page, new Dictionary<string, string?> { ["Code"] = recovery[0].ToUpperInvariant() });
        (await third.Open("/admin/account")).Main.ShouldContain("9 recovery codes are left");
        using var fourth = new PageClient(App.Address);
        page = await SignIn(fourth, officer.Password);
        (await fourth.Submit(page, new Dictionary<string, string?> { ["Code"] = recovery[0] })).Errors.Single().ShouldContain("was used already");
        (await Scalar<long>("select count(*) from access.officer o where o::text like '%' || $1 || '%'", recovery[1])).ShouldBe(0);

        // New codes, and off again.
        page = await third.Open("/admin/account/recovery-codes");
        page = await third.Submit(page, new Dictionary<string, string?> { ["Password"] = officer.Password });
        page.Document.QuerySelectorAll(".site-codes code").Select(c => c.TextContent).ShouldNotContain(recovery[1]);
        Clock.Advance(TimeSpan.FromSeconds(30));
        page = await third.Open("/admin/account/second-factor/switch-off");
        page = await third.Submit(page, new Dictionary<string, string?> { ["Password"] = officer.Password, ["Code"] = CodeNow(secret) });
        page.Main.ShouldContain("Your role needs one");
        (await browser.Open("/admin/account")).Heading.ShouldBe("Sign in", "every other session has ended");
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_link_whose_secret_leaves_the_address_at_once()
    {
        await Send(new CreateOfficer(Email, "Ruth Penhale", ["officer"]));
        using var browser = new PageClient(App.Address);
        var page = await browser.Open("/admin/forgotten-password");
        var known = await browser.Submit(page, new Dictionary<string, string?> { ["Email"] = Email });
        var unknown = await browser.Submit(page, new Dictionary<string, string?> { ["Email"] = "nobody@example.org" });
        known.Main.ShouldBe(unknown.Main);

        page = await browser.Open($"/admin/new-password?token={await TokenOfLink()}");
        page.Address.PathAndQuery.ShouldBe("/admin/new-password");
        page = await browser.Submit(page, new Dictionary<string, string?> { ["NewPassword"] = "ruth penhale 1" });
        page.Errors.Single().ShouldContain("your name");
        page = await browser.Submit(page, new Dictionary<string, string?> { ["NewPassword"] = NewPassword });
        page.Done.ShouldBe("Your password is changed. Sign in with it.");
        (await browser.Open($"/admin/new-password?token={await TokenOfLink()}")).Heading.ShouldBe("This link no longer works");

        await SignIn(browser, NewPassword);
        (await browser.Open("/admin/account")).Heading.ShouldBe("Your account");
    }

    [Fact]
    public async Task Signing_out_takes_a_button_and_ends_the_session_everywhere()
    {
        var officer = await Send(new CreateOfficer(Email, "Ruth Penhale", ["officer"], MustChangePassword: false));
        using var here = await App.PagesOfAsync(officer.Id);
        using var there = await App.PagesOfAsync(officer.Id);

        var page = await here.Open("/admin/account");
        page = await here.Submit(page, button: "Sign out everywhere else");
        page.Done.ShouldBe("One session was signed out.");
        (await there.Open("/admin/account")).Heading.ShouldBe("Sign in");

        page = await here.Submit(await here.Open("/admin/sign-out"), button: "Sign out");
        page.Done.ShouldBe("You have signed out.");
        (await here.Open("/admin/account")).Heading.ShouldBe("Sign in");
    }

    private static async Task<ShownPage> SignIn(PageClient browser, string password) =>
        await browser.Submit(await browser.Open("/admin/sign-in"), new Dictionary<string, string?> { ["Email"] = Email, ["Password"] = password });

    private string CodeNow(byte[] secret) => OneTimeCode.At(secret, OneTimeCode.StepAt(Clock.Now), OneTimeCode.Digits);

    private static byte[] Base32(string text)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(Letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private async Task<string> TokenOfLink()
    {
        var content = await Scalar<string>("select encode(content, 'base64') from platform.notification where kind = 'password-reset' order by queued_at desc, id desc limit 1");
        var text = App.Services.GetRequiredService<MasterKey>().DecryptText(Notification.Purpose, Convert.FromBase64String(content.ReplaceLineEndings("")));
        return TokenInLink().Match(text).Groups["token"].Value;
    }

    [GeneratedRegex("token=(?<token>[0-9a-f]{64})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenInLink();
}
