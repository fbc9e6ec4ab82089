using System.Net;
using Engagement.Access.Application.Clients;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.SigningIn;
using Engagement.Engagements.Application;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Access;

public sealed class AdministrationPagesTests : IntegrationTest
{
    [Fact]
    public async Task An_administrator_adds_an_officer_gives_and_takes_roles_and_disables_the_account()
    {
        using var browser = await OfficerPages("administrator");
        var team = await browser.Submit(await browser.Open("/admin/administration/teams/new"), Form(("Name", "Roads"), ("Department", "Highways")));
        team.Done.ShouldBe("The team Roads is added.");
        var engagement = await Send(new CreateEngagement(SamplePlan.Complete));

        var page = await browser.Open("/admin/administration/officers/new");
        page = await browser.Submit(page, Form(("Name", ""), ("Email", "sam"), ("Place", "team")));
        page.Errors.Count.ShouldBeGreaterThan(0);
        page.Title.ShouldStartWith("Error: ");
        var roads = page.Document.QuerySelectorAll("select[name=Team] option").Single(o => o.TextContent.StartsWith("Roads", StringComparison.Ordinal)).GetAttribute("value");
        page = await browser.Submit(page, Form(("Name", "Sam Okafor"), ("Email", "sam@example.org"), ("Roles", "officer"), ("Place", "team"), ("Team", roads)));
        page.Heading.ShouldBe("Sam Okafor is added");
        var password = page.Document.QuerySelector("#password")!.TextContent;
        (await Send(new SignIn("sam@example.org", password, new SignInOrigin("192.0.2.1", "", null)))).ShouldNotBeNull();

        page = await browser.Open(page.Link("See the account"));
        page.Main.ShouldContain("Officer, Roads");
        var account = page.Address.AbsolutePath;
        page = await browser.Submit(await browser.Open($"{account}/roles"), Form(("Role", "approver"), ("Place", "engagement"), ("Reference", "ENG-1999-0001")), "Give the role");
        page.Errors.Single().ShouldStartWith("There is no engagement with this reference.");
        page = await browser.Submit(page, Form(("Role", "approver"), ("Place", "engagement"), ("Reference", engagement.Reference.ToLowerInvariant())), "Give the role");
        page.Main.ShouldContain($"Approver {engagement.Reference}");
        page = await browser.Submit(page, button: page.Document.QuerySelectorAll("main button").Select(b => b.TextContent.Trim()).Single(b => b.EndsWith("Officer, Roads", StringComparison.Ordinal)));
        page.Done.ShouldBe("The role is taken away.");
        page.Main.ShouldNotContain("Officer Roads");
        page = await browser.Submit(page, Form(("Role", "administrator"), ("Place", "team"), ("Team", roads)), "Give the role");
        page.Errors.Single().ShouldContain("for the whole council");

        page = await browser.Submit(await browser.Open($"{account}/password"));
        page.Document.QuerySelector("#password")!.TextContent.ShouldNotBe(password);
        page = await browser.Submit(await browser.Open($"{account}/account"));
        page.Errors.Single().ShouldBe("Enter why the account is disabled");
        page = await browser.Submit(page, Form(("Reason", "Has left the council")));
        page.Main.ShouldContain("This account has been disabled");
        (await browser.Open("/admin/administration/officers")).Main.ShouldNotContain("Sam Okafor");
        (await browser.Open("/admin/administration/officers?Accounts=disabled&Search=okaf")).Main.ShouldContain("Sam Okafor");
        (await browser.Open("/admin/administration/officers?Accounts=all&Search=%25")).Main.ShouldContain("No officer fits this search.");
    }

    [Fact]
    public async Task Somebody_who_saw_an_older_state_changes_nothing()
    {
        using var browser = await OfficerPages("administrator");
        var officer = await Send(new CreateOfficer("sam@example.org", "Sam Okafor", ["officer"]));
        var page = await browser.Open($"/admin/administration/officers/{officer.Id}/roles");
        await Send(new AssignRoles(officer.Id, []));

        page = await browser.Submit(page, Form(("Role", "approver"), ("Place", "everywhere")), "Give the role");

        page.Errors.Single().ShouldStartWith("Somebody else has changed this");
        (await Send(new ShowOfficer(officer.Id))).Roles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Teams_are_renamed_and_merged()
    {
        using var browser = await OfficerPages("administrator");
        await browser.Submit(await browser.Open("/admin/administration/teams/new"), Form(("Name", "Roads"), ("Department", "Highways")));
        var page = await browser.Submit(await browser.Open("/admin/administration/teams/new"), Form(("Name", "roads"), ("Department", "Highways")));
        page.Errors.Single().ShouldStartWith("There is a team of this name already.");
        page = await browser.Submit(page, Form(("Name", "Streets")));

        page = await browser.Submit(await browser.Open(page.Link("Streets")), Form(("Name", "Streets and squares")), "Save");
        page = await browser.Open(page.Link("Streets and squares"));
        var roads = page.Document.QuerySelectorAll("select[name=Into] option").Single(o => o.TextContent.StartsWith("Roads", StringComparison.Ordinal)).GetAttribute("value");
        page = await browser.Submit(page, Form(("Ending", "merge")), "End the team");
        page.Errors.Count.ShouldBe(2);
        page = await browser.Submit(page, Form(("Ending", "merge"), ("Into", roads), ("Reason", "One team from April")), "End the team");

        page.Main.ShouldContain("Part of Roads since");
    }

    [Fact]
    public async Task A_clients_secret_is_shown_once_can_be_replaced_and_the_client_ended()
    {
        using var browser = await OfficerPages("administrator");
        var page = await browser.Submit(await browser.Open("/admin/administration/clients/new"), Form(("Name", "Kiosk")));
        page.Errors.Single().ShouldBe("Give the client at least one scope");
        page = await browser.Submit(page, Form(("Scopes", "engagements:read\nparticipation:write")));
        var secret = page.Document.QuerySelector("#secret")!.TextContent;

        page = await browser.Open("/admin/administration/clients");
        page = await browser.Open(page.Link("Kiosk"));
        page.Text.ShouldNotContain(secret);
        var id = page.Address.Segments[^1];
        (await Send(new IssueAccessToken(id, secret, null)))!.Scopes.ShouldBe(["engagements:read", "participation:write"]);
        page = await browser.Submit(page, button: "Make another secret");
        var next = page.Document.QuerySelector("#secret")!.TextContent;
        (await Send(new IssueAccessToken(id, secret, null))).ShouldBeNull();
        (await Send(new IssueAccessToken(id, next, null))).ShouldNotBeNull();

        page = await browser.Submit(await browser.Open($"/admin/administration/clients/{id}"), Form(("Reason", "The kiosk is gone")), "Disable the client");
        page.Done.ShouldBe("The client Kiosk is disabled.");
        (await Send(new IssueAccessToken(id, next, null))).ShouldBeNull();
        (await Scalar<long>("select count(*) from access.history where event = 'ApiClientDisabled' and reason = 'The kiosk is gone'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("officer", "/admin/administration/officers", HttpStatusCode.Forbidden)]
    [InlineData("auditor", "/admin/administration/officers", HttpStatusCode.OK)]
    [InlineData("auditor", "/admin/administration/officers/new", HttpStatusCode.Forbidden)]
    [InlineData("auditor", "/admin/administration/teams", HttpStatusCode.OK)]
    [InlineData("auditor", "/admin/administration/clients/new", HttpStatusCode.Forbidden)]
    public async Task An_auditor_looks_and_an_officer_does_not(string role, string address, HttpStatusCode status)
    {
        using var browser = await OfficerPages(role);

        var page = await browser.Open(address);

        page.Status.ShouldBe(status);
        page.Heading.ShouldBe(status == HttpStatusCode.OK ? page.Heading : "You cannot see this page");
        page.Document.QuerySelectorAll("main a[href$='/new']").ShouldBeEmpty();
    }

    private static Dictionary<string, string?> Form(params (string Name, string? Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
}
