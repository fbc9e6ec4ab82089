using Engagement.Access.Application.Officers;
using Engagement.Access.Application.Teams;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>Every page about engagements, empty, filled and with errors.</summary>
[Collection(BrowserTests.Name)]
public sealed class EngagementPagesAuditTests(Browser browser) : IntegrationTest
{
    private static readonly string[] Lists = ["areas", "groups", "criteria", "methods", "publicity", "governance"];

    private IPage page = null!;
    private PageAudit audit = null!;

    [Fact]
    public async Task Pages_of_an_idea_and_of_nothing()
    {
        await SignIn("administrator");
        await Look("/admin", "work-empty");
        await Look("/admin/engagements", "engagements-empty");
        await Send(new CreateTeam("Parks", "Environment"));
        await Look("/admin/engagements/new", "engagement-new");
        await Post("Start", "engagement-new-error");
        var idea = await Send(new CreateEngagement(new EngagementPlan { Title = "An idea", Summary = "About it", Department = "Environment" }));
        var root = $"/admin/engagements/{idea.Id}";
        await Look(root, "engagement-idea");
        foreach (var step in (string[])["about", "level", "lead", "inclusion", "equality", "period"])
        {
            await Look($"{root}/{step}", $"plan-{step}-empty");
        }

        foreach (var list in Lists)
        {
            await Look($"{root}/{list}", $"plan-{list}-empty");
            await Look($"{root}/{list}/new", $"plan-{list}-new");
            await Post("Save", $"plan-{list}-error");
        }

        await Look($"{root}/teams", "teams");
        await Look($"{root}/readiness", "readiness-idea");
        await Look($"{root}/activities", "activities-empty");
        await Look($"{root}/consultations", "engagement-consultations-empty");
        await Look($"{root}/timeline", "timeline-short");
    }

    [Fact]
    public async Task Pages_of_a_plan_that_is_written_reviewed_approved_and_run()
    {
        await SignIn("administrator");
        var plan = await Send(new CreateEngagement(SamplePlan.Complete with { PublicityPlan = [], LeadOfficer = new LeadOfficer { Name = "Ruth Penhale", Email = "ruth@example.org" } }));
        var root = $"/admin/engagements/{plan.Id}";
        await Look("/admin", "work-filled");
        await Look("/admin/engagements?State=Planning&State=Idea&Words=library&sort=title", "engagements-filtered");
        await Look($"/admin/engagements?Words={new string('x', 201)}", "engagements-error", hasErrors: true);
        await Look(root, "engagement-planning");
        await Look($"{root}/plan", "plan-whole");
        foreach (var (step, field, value) in new[] { ("about", "Title", ""), ("lead", "Email", "nobody"), ("equality", "FullAssessmentLink", "here"), ("period", "LastDay.Day", "x"), ("inclusion", "DigitalNeeds", new string('x', 4001)) })
        {
            await Look($"{root}/{step}", $"plan-{step}");
            await page.Locator($"main [name='{field}']").FillAsync(value);
            await Post("Save", $"plan-{step}-error");
        }

        await Look($"{root}/level", "plan-level");
        foreach (var list in Lists.Where(l => l != "publicity"))
        {
            await Look($"{root}/{list}", $"plan-{list}");
            await Look($"{root}/{list}/1", $"plan-{list}-change");
            await Look($"{root}/{list}/1/remove", $"plan-{list}-remove");
        }

        await Look($"{root}/readiness", "readiness-planning");
        await Look($"{root}/waive/publicity-plan", "waive");
        await Post("Waive the check", "waive-error");
        await Stale($"{root}/about");
        var version = await Submit(plan.Id);
        await Look($"{root}/review", "review");
        await Post("Record the review", "review-error");
        await Review(plan.Id, version);
        await Look($"{root}/readiness", "readiness-in-review");
        await Look($"{root}/approve", "approve");
        await Look($"{root}/teams", "teams-none");
        await Look($"{root}/copy", "copy");
        await Post("Copy the plan", "copy-error");
        await Look($"{root}/cancel", "cancel");
        await Post("Cancel the engagement", "cancel-error");
        await Look($"{root}/timeline", "timeline");
    }

    [Fact]
    public async Task Pages_of_an_engagement_that_informs_from_its_first_activity_to_its_lessons()
    {
        await SignIn("administrator");
        var created = await Send(new CreateEngagement(SamplePlan.InformOnly));
        var version = await Submit(created.Id);
        await Review(created.Id, version);
        await App.SendAsync(new ApproveEngagement(created.Id, version), Somebody, ["engagements:approve"]);
        var root = $"/admin/engagements/{created.Id}";
        await Look($"{root}/activities/new", "activity-new");
        await Post("Record the activity", "activity-error");
        await Send(new RecordActivity(created.Id, "Leaflets to all stops", PublicityMedium.Leaflet, UkTime.DateOf(Clock.Now), 2400, "Leaflets taken", []));
        await Look($"{root}/scores/heard", "score");
        await Post("Save", "score-error");
        await Look($"{root}/evaluate", "evaluate");
        await Post("End with these lessons", "evaluate-error");
        await Look($"{root}/activities", "activities");
        await Look($"{root}/consultations", "engagement-consultations");
    }

    private static Actor Somebody { get; } = new(ActorKind.Officer, Guid.CreateVersion7().ToString());

    private async Task SignIn(string role)
    {
        var context = await browser.Chromium.NewContextAsync();
        var officer = await Send(new CreateOfficer("ruth@example.org", "Ruth Penhale", [role], MustChangePassword: false));
        using var pages = await App.PagesOfAsync(officer.Id);
        await context.AddCookiesAsync([.. pages.Cookies.GetAllCookies().Select(c => new Microsoft.Playwright.Cookie { Name = c.Name, Value = c.Value, Domain = App.Address.Host, Path = c.Path })]);
        page = await context.NewPageAsync();
        audit = PageAudit.Of(page);
    }

    private async Task Look(string address, string name, bool hasErrors = false)
    {
        await page.GotoAsync(new Uri(App.Address, address).ToString());
        await audit.Check(name, hasErrors);
    }

    /// <summary>By the keyboard: after the audit's walk to the end of a page the first press of a mouse only scrolls it.</summary>
    private async Task Post(string button, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).PressAsync("Enter");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await audit.Check(name, hasErrors: true);
    }

    /// <summary>Somebody else saves while the form is open.</summary>
    private async Task Stale(string address)
    {
        await page.GotoAsync(new Uri(App.Address, address).ToString());
        var id = EngagementId.From(Guid.Parse(address.Split('/')[3]));
        var now = await Send(new GetEngagement(id));
        await Send(new EditPlan(id, now.Plan with { Purpose = "Somebody else's purpose" }, now.Version));
        await page.Locator("main [name='Purpose']").FillAsync("My purpose");
        await Post("Save", "plan-about-stale");
    }

    private async Task<int> Submit(EngagementId id)
    {
        await Send(new SubmitPlan(id));
        return (await Send(new GetEngagement(id))).PlanVersion;
    }

    private async Task Review(EngagementId id, int version)
    {
        foreach (var kind in Enum.GetValues<ReviewKind>())
        {
            await App.SendAsync(new ReviewPlan(id, kind, ReviewVerdict.Approve, "Read with care", version), Somebody, ["engagements:approve"]);
        }
    }
}
