using System.Net;
using Engagement.Access.Application.Clients;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Kernel;
using Engagement.Platform.Jobs;
using Engagement.Platform.Work;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Platform;

public sealed class OperationsPagesTests : IntegrationTest
{
    private const string Administration = "/admin/administration";

    [Fact]
    public async Task An_administrator_sees_what_needs_attention_and_mends_it()
    {
        var eventId = Guid.CreateVersion7();
        await AsAdministrator(
            $"""
            insert into platform.outbox (event_id, module, type, payload, occurred_at) values ('{eventId}', 'access', 'SomethingV1', '[]', '{Clock.Now:O}');
            insert into platform.delivery (event_id, subscriber, key, attempts, next_attempt_at, parked_at, error) values ('{eventId}', 'access/Nobody', '{eventId}', 10, '{Clock.Now:O}', '{Clock.Now:O}', 'InvalidOperationException: <b>no</b>');
            insert into platform.notification (id, reference, kind, subject_id, recipient, content, queued_at, not_before, attempts, failed_at, failure)
            values ('{Guid.CreateVersion7()}', 'r', 'outcome-published', '{eventId}', '', '', '{Clock.Now:O}', '{Clock.Now:O}', 1, '{Clock.Now:O}', 'The mail server refused the address (550).')
            """);
        await App.Services.GetRequiredService<JobRuns>().RecordAsync(CloseDueConsultationsJob.Name, TimeSpan.Zero, new InvalidOperationException("no database"), CancellationToken.None);
        using var pages = await App.OfficerPagesAsync("administrator");

        var summary = (await pages.Open(Administration)).Main;
        summary.ShouldContain("1 parked");
        summary.ShouldContain("1 failed");
        summary.ShouldContain("Close due consultations");

        var events = await pages.Open($"{Administration}/events");
        events.Main.ShouldContain("InvalidOperationException: <b>no</b>");
        (await pages.Submit(events, button: "Try all 1 again")).Done!.ShouldContain("1 event will be tried again");
        (await pages.Submit(events, button: "Try all 1 again")).Done!.ShouldContain("Nothing was parked any more");

        var messages = await pages.Open($"{Administration}/notifications?state=failed");
        messages.Main.ShouldContain("(550)");
        (await pages.Submit(messages, button: "Send again what failed")).Done!.ShouldContain("1 message that had failed");
        (await pages.Submit(messages, button: "Send again what failed")).Done!.ShouldContain("No message had failed any more");

        (await pages.Open($"{Administration}/jobs/{CloseDueConsultationsJob.Name}")).Main.ShouldContain("no database");
        (await pages.Open($"{Administration}/jobs/no-such-job")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Long_work_is_followed_from_its_request_to_its_file_without_scripts()
    {
        await Send(new CreateApiClient("Somebody", ["consultations:read"]));
        await AsAdministrator("update access.history set actor = 'officer:somebody-else'");
        using var pages = await App.OfficerPagesAsync("administrator");
        using var colleague = await App.OfficerPagesAsync("officer");

        var work = await pages.Submit(await pages.Open($"{Administration}/history"), button: "Verify the whole history");
        work.Address.AbsolutePath.ShouldStartWith("/admin/work/");
        work.Main.ShouldContain("Waiting for a worker.");
        await App.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None);
        var done = await pages.Open(work.Link("See how far it is now"));

        done.Main.ShouldContain("not fit");
        var file = await pages.Open(done.Document.QuerySelector("main a.govuk-button")!.GetAttribute("href")!);
        file.ContentHeaders.ContentDisposition!.FileName.ShouldBe("what-does-not-fit.txt");
        file.Text.ShouldContain("its content does not match its hash");
        (await colleague.Open(work.Address.PathAndQuery)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await colleague.Open($"{work.Address.PathAndQuery}?handler=File")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await colleague.Open($"{work.Address.PathAndQuery}?handler=Progress")).Status.ShouldBe(HttpStatusCode.NotFound);

        var stopped = await pages.Submit(await pages.Submit(await pages.Open($"{Administration}/jobs/seal-chains"), button: "Run it now"), button: "Stop it");
        stopped.Main.ShouldContain("Stopped.");
        await AsAdministrator($"update platform.work set expires_at = '{Clock.Now:O}'");
        (await pages.Open(work.Address.PathAndQuery)).Main.ShouldContain("has been removed");
        (await pages.Open($"{work.Address.PathAndQuery}?handler=File")).Errors.Single().ShouldContain("has been removed");
    }

    [Fact]
    public async Task The_history_is_searched_and_a_search_that_cannot_be_read_says_what_to_do()
    {
        await Send(new CreateApiClient("Somebody", ["consultations:read"]));
        using var pages = await App.OfficerPagesAsync("auditor");

        (await pages.Open($"{Administration}/history")).Main.ShouldContain("the operator of the server");
        (await pages.Open($"{Administration}/history?what=ApiClientCreated")).Document.QuerySelectorAll("main tbody tr").Length.ShouldBe(1);
        (await pages.Open($"{Administration}/history?what=Nothing")).Main.ShouldContain("No entry fits");
        (await pages.Open($"{Administration}/history?From.Day={UkTime.DateOf(Clock.Now).Day}&From.Month={UkTime.DateOf(Clock.Now).Month}&From.Year={UkTime.DateOf(Clock.Now).Year + 1}")).Main.ShouldContain("No entry fits");
        var wrong = await pages.Open($"{Administration}/history?aggregate=x&From.Day=31&From.Month=2&From.Year=2026");
        wrong.Title.ShouldStartWith("Error: ");
        wrong.Errors.Count.ShouldBe(2);
        wrong.Value("Aggregate").ShouldBe("x");
        (await pages.Open($"{Administration}/history?cursor=none")).Errors.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_only_read_is_offered_nothing_to_change_and_others_are_not_let_in()
    {
        using var auditor = await App.OfficerPagesAsync("auditor");
        using var officer = await App.OfficerPagesAsync("officer");
        using var stranger = new Engagement.TestKit.Pages.PageClient(App.Address);

        (await auditor.Open($"{Administration}/jobs/seal-chains")).Document.QuerySelectorAll("main button").ShouldBeEmpty();
        foreach (var address in new[] { "", "/jobs", "/jobs/seal-chains", "/events", "/history", "/notifications" })
        {
            (await auditor.Open(Administration + address)).Status.ShouldBe(HttpStatusCode.OK, address);
            (await officer.Open(Administration + address)).Status.ShouldBe(HttpStatusCode.Forbidden, address);
            (await stranger.Open(Administration + address)).Address.AbsolutePath.ShouldBe("/admin/sign-in", address);
        }
    }

    [Fact]
    public async Task An_officer_reads_what_a_message_says_and_has_a_test_sent()
    {
        using var officer = await App.OfficerPagesAsync("officer");

        var kinds = await officer.Open($"{Administration}/notifications/kinds");
        kinds.Main.ShouldContain("Closes soon: “Speed limit on Church Street”");
        var sent = await officer.Submit(kinds, button: "Send me a test of Closing soon");

        sent.Done!.ShouldContain("on its way to your own address");
        (await Scalar<long>("select count(*) from platform.notification where kind = 'test'")).ShouldBe(1);
    }
}
