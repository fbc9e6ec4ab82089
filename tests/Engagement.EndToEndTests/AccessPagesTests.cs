using Engagement.Access.Application.Clients;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.Teams;
using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.TestKit;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>Every page by which officers come in, look after their account, and administrators after everybody's: empty, filled, refused.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccessPagesTests(Browser browser) : IntegrationTest
{
    private const string Email = "r.penhale@example.org";

    [Fact]
    public async Task Pages_that_lead_in_and_the_own_account_are_sound()
    {
        var officer = await Send(new CreateOfficer(Email, "Ruth Penhale", ["approver"]));
        await using var context = await browser.Chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);

        await page.GotoAsync($"{App.Address}admin/forgotten-password");
        await audit.Check("forgotten-password");
        await Press(page, "Send the link");
        await audit.Check("forgotten-password-error", hasErrors: true);
        await page.GetByLabel("E-mail address").FillAsync(Email);
        await Press(page, "Send the link");
        await audit.Check("forgotten-password-sent");
        await page.GotoAsync($"{App.Address}admin/new-password");
        await audit.Check("new-password-dead-link");

        await page.GotoAsync($"{App.Address}admin/sign-in");
        await audit.Check("sign-in");
        await SignIn(page, "not the password");
        await audit.Check("sign-in-error", hasErrors: true);
        await SignIn(page, officer.Password);
        await page.GotoAsync($"{App.Address}admin/account/password");
        await audit.Check("password-first");
        await Press(page, "Change the password");
        await audit.Check("password-error", hasErrors: true);
        await page.GetByLabel("Present password").FillAsync(officer.Password);
        await page.GetByLabel("New password").FillAsync("three teapots on a lawn");
        await Press(page, "Change the password");

        await page.GotoAsync($"{App.Address}admin/account");
        await audit.Check("account");
        await page.GotoAsync($"{App.Address}admin/account/name");
        await audit.Check("account-name");
        await page.GetByLabel("Your name").FillAsync("");
        await Press(page, "Save");
        await audit.Check("account-name-error", hasErrors: true);

        await page.GotoAsync($"{App.Address}admin/account/second-factor");
        await audit.Check("second-factor-offer");
        var secret = Base32((await page.Locator("#secret code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await page.GetByLabel("Code").FillAsync("000000");
        await Press(page, "Set up the second factor");
        await audit.Check("second-factor-error", hasErrors: true);
        await page.GetByLabel("Code").FillAsync(CodeOf(secret));
        await Press(page, "Set up the second factor");
        await audit.Check("second-factor-codes");
        await page.GotoAsync($"{App.Address}admin/account/second-factor");
        await audit.Check("second-factor");
        await page.GotoAsync($"{App.Address}admin/account/recovery-codes");
        await audit.Check("recovery-codes");
        await Press(page, "Make new codes");
        await audit.Check("recovery-codes-error", hasErrors: true);
        await page.GotoAsync($"{App.Address}admin/account/second-factor/switch-off");
        await audit.Check("switch-off");
        await Press(page, "Switch it off");
        await audit.Check("switch-off-error", hasErrors: true);

        await page.GotoAsync($"{App.Address}admin/account");
        await page.Locator("form[action='/admin/sign-out'] button").ClickAsync();
        await audit.Check("signed-out");
        await SignIn(page, "three teapots on a lawn");
        await audit.Check("code");
        await Press(page, "Continue");
        await audit.Check("code-error", hasErrors: true);
    }

    [Fact]
    public async Task Pages_of_officers_teams_and_clients_are_sound()
    {
        await using var context = await SignedIn();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        foreach (var part in new[] { "officers?Search=nobody", "teams", "clients" })
        {
            await page.GotoAsync($"{App.Address}admin/administration/{part}");
            await audit.Check($"{part.Split('?')[0]}-empty");
        }

        var team = await Send(new CreateTeam("Roads", "Highways"));
        await Send(new CreateTeam("Libraries", "Culture"));
        var officer = (await Send(new CreateOfficer(Email, "Ruth Penhale", ["approver"], InPlaces: [new("officer", team)]))).Id;
        var client = (await Send(new CreateApiClient("Kiosk", ["engagements:read", "participation:write"]))).Id;
        await WithSecondFactor(officer);
        foreach (var (name, address, button) in new (string, string, string?)[]
        {
            ("officers", "officers", null),
            ("officer-new", "officers/new", "Add the officer"),
            ("officer", $"officers/{officer}", null),
            ("officer-roles", $"officers/{officer}/roles", "Give the role"),
            ("officer-account", $"officers/{officer}/account", "Disable the account"),
            ("officer-second-factor", $"officers/{officer}/second-factor", "Reset the second factor"),
            ("teams", "teams", null),
            ("team-new", "teams/new", "Add the team"),
            ("team", $"teams/{team}", "End the team"),
            ("clients", "clients", null),
            ("client-new", "clients/new", "Add the client"),
            ("client", $"clients/{client}", "Disable the client"),
        })
        {
            await page.GotoAsync($"{App.Address}admin/administration/{address}");
            await audit.Check(name);
            if (button is not null)
            {
                await Press(page, button);
                await audit.Check($"{name}-error", hasErrors: true);
            }
        }

        await page.GotoAsync($"{App.Address}admin/administration/officers/{officer}/password");
        await audit.Check("officer-password");
        await Press(page, "Reset the password");
        await audit.Check("officer-password-shown");
        await page.GotoAsync($"{App.Address}admin/administration/clients/{client}");
        await Press(page, "Make another secret");
        await audit.Check("client-secret-shown");
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task SignIn(IPage page, string password)
    {
        await page.GetByLabel("E-mail address").FillAsync(Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Press(page, "Sign in");
    }

    private Task WithSecondFactor(OfficerId officer) =>
        AsAdministrator($"update access.officer set second_factor_secret = '\\x00', second_factor_since = '{Clock.Now:O}' where id = '{officer}'");

    private string CodeOf(byte[] secret) => OneTimeCode.At(secret, OneTimeCode.StepAt(Clock.Now), OneTimeCode.Digits);

    private static byte[] Base32(string text)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(Letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private async Task<IBrowserContext> SignedIn()
    {
        using var administrator = await App.OfficerPagesAsync("administrator");
        var context = await browser.Chromium.NewContextAsync();
        await context.AddCookiesAsync(administrator.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        return context;
    }
}
