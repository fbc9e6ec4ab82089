using Engagement.Platform.Jobs;
using Engagement.Platform.Work;
using Engagement.TestKit;
using Engagement.TestKit.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>Every page of operations: empty, filled, refused.</summary>
[Collection(BrowserTests.Name)]
public sealed class OperationsPageTests(Browser browser) : IntegrationTest
{
    private const string Administration = "admin/administration";
    private const string Job = "close-due-consultations";

    [Fact]
    public async Task Pages_of_operations_are_sound_while_nothing_has_happened()
    {
        await using var context = await SignedIn();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        foreach (var name in new[] { "", "/jobs", "/jobs/seal-chains", "/events", "/notifications", "/notifications/kinds", "/history?what=Nothing" })
        {
            await page.GotoAsync($"{App.Address}{Administration}{name}");
            await audit.Check($"operations{name.Split('?')[0].Replace('/', '-')}-empty");
        }
    }

    [Fact]
    public async Task Pages_of_operations_are_sound_when_much_has_gone_wrong()
    {
        var loader = new DemoLoader(App, ConnectionString);
        await loader.LoadAsync();
        loader.RemoveFiles();
        await GoWrong();
        await using var context = await SignedIn();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        foreach (var name in new[] { "", "/jobs", $"/jobs/{Job}", "/events", "/notifications", "/history" })
        {
            await page.GotoAsync($"{App.Address}{Administration}{name}");
            await audit.Check($"operations{name.Replace('/', '-')}");
        }

        await page.GotoAsync($"{App.Address}{Administration}/history?aggregate=x&From.Day=31&From.Month=2&From.Year=2026");
        await audit.Check("operations-history-error", hasErrors: true);

        var consultation = await Scalar<string>("select subject_id::text from platform.notification group by subject_id order by count(*) desc limit 1");
        await page.GotoAsync($"{App.Address}admin/consultations/{consultation}/notifications");
        await audit.Check("consultation-notifications");
        await page.GotoAsync($"{App.Address}admin/consultations/{consultation}/notifications?state=superseded");
        await audit.Check("consultation-notifications-empty");
    }

    [Fact]
    public async Task Long_work_tells_by_itself_how_far_it_is()
    {
        await using var context = await SignedIn();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        await page.GotoAsync($"{App.Address}{Administration}/history");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the whole history" }).ClickAsync();
        await page.WaitForURLAsync("**/admin/work/*");
        await audit.Check("work-waiting");

        await AsAdministrator($"update platform.work set state = 'Running', attempts = 1, done = 1200, total = 3000, message = 'Walking the chains', lease_until = '{Clock.Now:O}'");
        await page.GetByText("Walking the chains. 1,200 of 3,000.").WaitForAsync();
        await audit.Check("work-running");

        await App.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None);
        await page.GetByText("The record is whole.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show what came of it" }).ClickAsync();
        await page.GetByText("Not yet").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await audit.Check("work-done");
        await AsAdministrator("update platform.work set file_name = 'f.csv', file_type = 'text/csv', file_size = 1, cleared_at = now()");
        await page.GotoAsync($"{page.Url}?handler=File");
        await audit.Check("work-error", hasErrors: true);
    }

    private async Task GoWrong()
    {
        var runs = App.Services.GetRequiredService<JobRuns>();
        runs.Did(Job, 3);
        await runs.RecordAsync(Job, TimeSpan.FromMilliseconds(120), null, CancellationToken.None);
        await runs.RecordAsync(Job, TimeSpan.FromSeconds(5), new TimeoutException("The operation has timed out."), CancellationToken.None);
        await AsAdministrator(
            """
            update platform.delivery set handled_at = null, attempts = 10, parked_at = now(), error = 'InvalidOperationException: Consultation 01988f7e serves engagement 01988f7d, which does not exist.'
             where (event_id, subscriber) in (select event_id, subscriber from platform.delivery order by sequence limit 2);
            update platform.delivery set handled_at = null, attempts = 3, error = 'TimeoutException: The operation has timed out.'
             where (event_id, subscriber) in (select event_id, subscriber from platform.delivery order by sequence desc limit 2);
            update platform.notification set sent_at = null, failed_at = now(), failure = 'The mail server refused the address (550).'
             where id in (select id from platform.notification order by id limit 3)
            """);
    }

    private async Task<IBrowserContext> SignedIn()
    {
        using var officer = await App.OfficerPagesAsync("administrator");
        var context = await browser.Chromium.NewContextAsync();
        await context.AddCookiesAsync(officer.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        return context;
    }
}
