using Engagement.Participation.Domain;
using Engagement.Platform.Security;
using Engagement.TestKit.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>What a resident reads and follows, empty, filled, with errors and closed, on the demonstration.</summary>
[Collection(BrowserTests.Name)]
public sealed class PublicPagesTests(Browser browser) : IAsyncLifetime
{
    private readonly LoadedCouncil council = new();
    private readonly List<string> faults = [];
    private IBrowserContext context = null!;
    private IPage page = null!;
    private PageAudit audit = null!;

    public async Task InitializeAsync()
    {
        await council.InitializeAsync();
        context = await browser.Chromium.NewContextAsync();
        page = await context.NewPageAsync();
        audit = PageAudit.Of(page);
    }

    public async Task DisposeAsync()
    {
        await context.DisposeAsync();
        await council.DisposeAsync();
    }

    [Fact]
    public async Task What_there_is_to_find()
    {
        var open = await Slug("c.closes_at > $1 order by c.closes_at desc");
        var answered = await Slug("c.answered_at < $1");
        var waiting = await Slug("c.closes_at <= $1 and c.answered_at is null");

        await Look("/", "find-filled");
        await Look("/?q=bus&topic=buses&status=closed", "find-narrowed");
        await Look("/?q=aubergine&area=Nowhere", "find-empty");
        await Look($"/?q={new string('x', 201)}", "find-error", hasErrors: true);
        await Look($"/consultations/{open}", "consultation-open");
        await Look($"/consultations/{waiting}", "consultation-closed");
        await Look($"/consultations/{answered}", "consultation-answered");
        await Look($"/consultations/{answered}/outcome", "outcome-published");
        await Look($"/consultations/{waiting}/outcome", "outcome-due");
        await Look($"/consultations/{open}/outcome", "outcome-open");
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_engagement_without_a_consultation()
    {
        // The demonstration has none that has reached people; what the page shows of one is not another page.
        await council.Change(
            """
            update engagements.engagement set state = 'Live', approval = '{"planVersion": 1, "by": "officer:x", "at": "2026-01-01T00:00:00Z"}',
                   activities = '[{"heldOn": "2026-01-02"}]' where not exists (select from engagements.engagement_consultation c where c.engagement_id = engagement.id)
            """);

        await Look($"/engagements/{await council.Value<string>("select reference from engagements.v1_public_engagements limit 1")}", "engagement");
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Updates_from_asking_to_leaving()
    {
        await Look("/updates", "updates");
        await Press("Send me the link", "updates-error", hasErrors: true);
        await page.GetByLabel("roads", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("When the outcome is published").CheckAsync();
        await page.GetByLabel("E-mail address").FillAsync("resident@example.org");
        await Press("Send me the link", "updates-sent");

        var key = council.Program.Services.GetRequiredService<MasterKey>();
        var request = await council.Value<Guid>("select id from participation.updates_request");
        var token = LinkToken.Of("updates-request", request, key);
        await Look($"/updates/confirm/{token}", "updates-confirm");
        await Press("Yes, send me these updates", "updates-confirmed");
        await Look($"/updates/confirm/{token}", "updates-confirm-used", status: 410);
        var manage = Subscriber.Token(await council.Value<Guid>("select id from participation.subscriber"), key);
        await Look($"/updates/manage/{manage}", "updates-manage");
        await Look($"/updates/leave/{manage}", "updates-leave");
        await Press("Stop all updates", "updates-left");
        await Look($"/updates/manage/{manage}", "updates-manage-empty");
        await Look($"/updates?consultation={await Slug("c.closes_at > $1 order by c.closes_at desc")}", "updates-consultation");

        var contact = await council.Value<Guid>("select id from participation.contact limit 1");
        await Look($"/updates/stop/{Contact.UnsubscribeToken(contact, key)}", "updates-stop");
        await Press("Stop messages", "updates-stopped");
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Information()
    {
        await Look("/accessibility", "accessibility");
        await Look("/privacy", "privacy");
        await Look("/cookies", "cookies");
        await Look("/help", "help");
        faults.ShouldBeEmpty();
    }

    private Task<string> Slug(string which) => council.Value<string>($"select c.slug from consultations.consultation c where {which} limit 1", council.Program.Clock.Now);

    private async Task Look(string address, string name, bool hasErrors = false, int status = 200)
    {
        await page.GotoAsync(new Uri(council.Program.Address, address).ToString());
        await Check(name, hasErrors, status);
    }

    private async Task Press(string button, string name, bool hasErrors = false)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Check(name, hasErrors);
    }

    /// <summary>All faults are told at once: each look costs seconds.</summary>
    private async Task Check(string name, bool hasErrors, int status = 200)
    {
        try
        {
            await audit.Check(name, hasErrors, status);
        }
        catch (ShouldAssertException fault)
        {
            faults.Add(fault.Message);
        }
    }
}
