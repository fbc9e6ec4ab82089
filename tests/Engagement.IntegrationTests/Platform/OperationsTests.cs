using System.Net;
using System.Net.Http.Json;
using Engagement.Access.Application.Clients;
using Engagement.Access.Application.Officers;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Host;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Operations;
using Engagement.Platform.Security;
using Engagement.Platform.Work;
using Engagement.TestKit;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Quartz;

namespace Engagement.IntegrationTests.Platform;

public sealed class OperationsTests : IntegrationTest
{
    private readonly SilentChannel channel = new();

    [Fact]
    public async Task A_look_that_finds_nothing_is_written_down_every_half_minute_and_a_failure_and_its_end_at_once()
    {
        await Record();
        var first = Clock.Now;
        Clock.Advance(JobRuns.BetweenIdleWrites - TimeSpan.FromMicroseconds(1));
        await Record();
        (await Job()).LastRunAt.ShouldBe(first);
        Clock.Advance(TimeSpan.FromMicroseconds(1));
        await Record();
        (await Job()).LastRunAt.ShouldBe(Clock.Now);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await Record(new InvalidOperationException("the database is away"));
        await Record(new InvalidOperationException("the database is away"));
        (await Job()).FailuresInRow.ShouldBe(2);
        (await Job()).LastError!.ShouldContain("the database is away");
        (await Send(new ShowOperations())).FailingJobs.ShouldBe([CloseDueConsultationsJob.Name]);

        await Record();
        var job = await Job();
        job.FailuresInRow.ShouldBe(0);
        job.LastFailureAt.ShouldBe(Clock.Now);
        job.LastSuccessAt.ShouldBe(Clock.Now);
        (await Send(new ShowJob(CloseDueConsultationsJob.Name))).Runs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_the_runs_of_a_job_that_did_something_the_latest_hundred_are_kept()
    {
        var runs = App.Services.GetRequiredService<JobRuns>();
        for (var i = 1; i <= 103; i++)
        {
            runs.Did("a-job", i);
            await runs.RecordAsync("a-job", TimeSpan.FromSeconds(1), null, CancellationToken.None);
        }

        (await Scalar<long>("select count(*) from platform.job_run where job = 'a-job'")).ShouldBe(100);
        (await Scalar<int>("select min(done) from platform.job_run where job = 'a-job'")).ShouldBe(4);
        (await Scalar<long>("select done from platform.job where name = 'a-job'")).ShouldBe(103 * 104 / 2);
    }

    [Fact]
    public async Task A_job_that_no_worker_runs_is_late_three_turns_and_a_minute_after_its_last_look()
    {
        await Record();

        Clock.Advance(TimeSpan.FromSeconds(63));
        (await Job()).IsLate.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromMicroseconds(1));
        (await Job()).IsLate.ShouldBeTrue();
    }

    [Fact]
    public async Task The_scheduler_has_every_run_written_down()
    {
        await using var worker = RunningApplication.Build(ConnectionString, Clock, ProcessRole.Worker);
        var scheduler = await worker.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Start();
        for (var waited = 0; waited < 150 && await Scalar<long>("select count(*) from platform.job") < 5; waited++)
        {
            await Task.Delay(200);
        }

        await scheduler.Shutdown(waitForJobsToComplete: true);

        (await Job()).LastSuccessAt.ShouldBe(Clock.Now);
        (await Scalar<long>("select count(*) from platform.job where last_failure_at is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task X41_A_worker_is_of_the_cluster_whatever_its_settings_say()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Quartz:quartz.jobStore.clustered"] = "false",
            ["quartz.jobStore.clustered"] = "false",
            ["Quartz:JobStore:Clustered"] = "false",
            ["Quartz:quartz.scheduler.instanceId"] = "one-of-its-own",
        };
        await using var worker = RunningApplication.Build(ConnectionString, Clock, ProcessRole.Worker, settings: settings);

        var scheduler = await worker.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();

        (await scheduler.GetMetadata()).JobStoreClustered.ShouldBeTrue();
        scheduler.SchedulerInstanceId.ShouldNotBe("one-of-its-own");
        await scheduler.Shutdown();
    }

    [Fact]
    public async Task A_job_runs_now_where_somebody_with_the_right_asks_for_it()
    {
        await SomebodyActs();
        using var reader = await Client("administration:read", "consultations:read");
        using var refused = await reader.PostAsync("/api/v1/administration/jobs/seal-chains/runs", null);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var administrator = await Client("administration:read", "administration:write", "consultations:read");

        var id = (await administrator.PostAsync("/api/v1/administration/jobs/seal-chains/runs", null).Success()).GetProperty("id").GetGuid();
        await RunWork();

        (await administrator.GetAsync($"/api/v1/work/{id}").Success()).GetProperty("message").GetString()!.ShouldStartWith("It ran and did ");
        (await Scalar<long>("select count(*) from platform.seal")).ShouldBe(1);
        (await Send(new ShowJob("seal-chains"))).Runs.Single().Done.ShouldBeGreaterThan(0);
        using var unknown = await administrator.PostAsync("/api/v1/administration/jobs/no-such-job/runs", null);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_parked_event_is_tried_once_more_and_parked_again_when_that_fails_too()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var key = Guid.CreateVersion7();
        await AsAdministrator(
            $"""
            insert into platform.outbox (event_id, module, type, payload, occurred_at) values ('{first}', 'access', 'SomethingV1', '[]', now()), ('{second}', 'access', 'SomethingV1', '[]', now());
            insert into platform.delivery (event_id, subscriber, key, attempts, next_attempt_at, parked_at, error) values ('{first}', 'access/Nobody', '{key}', 10, '{Clock.Now:O}', '{Clock.Now:O}', 'InvalidOperationException: no');
            insert into platform.delivery (event_id, subscriber, key, attempts, next_attempt_at) values ('{second}', 'access/Nobody', '{key}', 0, '{Clock.Now:O}')
            """);
        var stuck = await Send(new ListStuckEvents());
        stuck.ParkedCount.ShouldBe(1);
        stuck.Parked.Single().ShouldSatisfyAllConditions(e => e.EventId.ShouldBe(first), e => e.Behind.ShouldBe(1), e => e.Error.ShouldBe("InvalidOperationException: no"));
        (await Send(new ShowOperations())).ParkedEvents.ShouldBe(1);
        (await Deliver()).ShouldBe(0);

        (await Send(new TryEventsAgain(second))).Count.ShouldBe(0);
        (await Send(new TryEventsAgain())).Count.ShouldBe(1);
        (await Send(new TryEventsAgain())).Count.ShouldBe(0);
        (await Send(new ListStuckEvents())).Retrying.Single().EventId.ShouldBe(first);
        (await Deliver()).ShouldBe(1);

        (await Send(new ListStuckEvents())).Parked.Single().Attempts.ShouldBe(11);
        (await Scalar<long>("select count(*) from platform.history where aggregate_id = $1 and event = 'DeliveryTriedAgain' and actor = 'console:test'", first)).ShouldBe(1);
        (await Verify()).ShouldContain("The record is whole.");
    }

    [Fact]
    public async Task Only_what_failed_is_sent_again_once_however_often_somebody_asks_and_under_the_same_id()
    {
        var subject = Guid.CreateVersion7();
        await Queue(subject, "outcome-published", "a@example.org", "b@example.org");
        await Queue(Guid.CreateVersion7(), "outcome-published", "c@example.org");
        channel.Refuses = a => a is not "a@example.org";
        await SendMail();
        channel.Refuses = _ => false;
        var page = await Send(new ListNotifications(subject));
        page.Counts.ShouldBe([new NotificationCount("outcome-published", 0, 1, 1, 0)]);
        page.Items.Single(i => i.State == NotificationState.Failed).Failure!.ShouldContain("550");
        (await Send(new ListNotifications(State: NotificationState.Failed))).Items.Count.ShouldBe(2);
        page.ToString().ShouldNotContain("example.org");

        var resent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Send(new ResendFailedNotifications(subject)))));
        await SendMail();
        await SendMail();

        resent.Sum(r => r.Count).ShouldBe(1);
        channel.Sent.Select(s => s.Recipient).ShouldBe(["a@example.org", "b@example.org"]);
        channel.Tried.Count(t => t.Recipient == "b@example.org").ShouldBe(2);
        channel.Tried.Where(t => t.Recipient == "b@example.org").Select(t => t.Id).Distinct().Count().ShouldBe(1);
        (await Scalar<long>("select count(*) from platform.history where aggregate_id = $1 and event = 'NotificationsResent'", subject)).ShouldBe(1);
        (await Send(new ListNotifications(subject))).Counts.ShouldBe([new NotificationCount("outcome-published", 0, 2, 0, 0)]);
    }

    [Fact]
    public async Task The_log_of_messages_is_read_page_by_page_without_a_gap()
    {
        var subject = Guid.CreateVersion7();
        await Queue(subject, "one", [.. Enumerable.Range(0, 7).Select(i => $"p{i}@example.org")]);
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await Send(new ListNotifications(subject, Cursor: cursor, Limit: 3));
            seen.AddRange(page.Items.Select(i => i.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        seen.Distinct().Count().ShouldBe(7);
        seen.ShouldBe(seen.OrderDescending());
    }

    [Fact]
    public async Task A_test_of_a_message_goes_to_the_officer_who_asks_and_to_nobody_else()
    {
        var officer = await Send(new CreateOfficer("alex@example.org", "Alex", ["officer"], MustChangePassword: false));
        var kinds = await Send(new ListNotificationKinds());
        foreach (var kind in (string[])["closing-soon", "opening-soon", "outcome-overdue", "response-received", "outcome-published", "update-closed", "draft-link"])
        {
            kinds.ShouldContain(k => k.Kind == kind);
        }

        kinds.ShouldAllBe(k => k.Body.Length > 50 && k.Subject.Length > 10);

        await App.SendAsync(new SendTestNotification("closing-soon"), new Actor(ActorKind.Officer, officer.Id.ToString()), ["consultations:write"]);
        await SendMail();

        channel.Sent.Single().Recipient.ShouldBe("alex@example.org");
        channel.Sent.Single().Subject.ShouldStartWith("[Test] Closes soon");
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new SendTestNotification("closing-soon")))).Code.ShouldBe("no-address");
        await Should.ThrowAsync<NotFoundException>(() => Send(new SendTestNotification("no-such-kind")));
    }

    [Fact]
    public async Task The_history_of_all_modules_is_searched_latest_first_with_names_and_without_a_gap()
    {
        var officer = await Send(new CreateOfficer("alex@example.org", "Alex Example", ["administrator"], MustChangePassword: false));
        var actor = new Actor(ActorKind.Officer, officer.Id.ToString());
        for (var i = 0; i < 5; i++)
        {
            await App.SendAsync(new CreateApiClient($"Client {i}", ["consultations:read"]), actor, Scopes.All);
        }

        Clock.Advance(TimeSpan.FromDays(1));
        await App.SendAsync(new RunJobNow("seal-chains"), actor, Scopes.All);

        var newest = (await Send(new SearchHistory(Limit: 1))).Items.Single();
        newest.ShouldSatisfyAllConditions(e => e.Event.ShouldBe("WorkAsked"), e => e.Module.ShouldBe("platform"), e => e.ActorName.ShouldBe("Alex Example"));
        var seen = new List<FoundEntry>();
        string? cursor = null;
        do
        {
            var page = await Send(new SearchHistory(Actor: actor.ToString(), Limit: 2, Cursor: cursor));
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        seen.Select(e => (e.Module, e.Aggregate, e.Position)).Distinct().Count().ShouldBe(6);
        seen.Count.ShouldBe(6);
        seen.ShouldBe(seen.OrderByDescending(e => e.At), ignoreOrder: false);
        (await Send(new SearchHistory(To: UkTime.DateOf(Clock.Now).AddDays(-1)))).Items.ShouldAllBe(e => e.Module == "access");
        (await Send(new SearchHistory(From: UkTime.DateOf(Clock.Now)))).Items.Single().Event.ShouldBe("WorkAsked");
        (await Send(new SearchHistory(Event: "ApiClientCreated", Module: "access"))).Items.Count.ShouldBe(5);
        (await Send(new SearchHistory(Module: "history; drop table"))).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_verification_names_what_does_not_fit_and_its_file_needs_the_right_to_read_the_history()
    {
        await SomebodyActs();
        (await Verify()).ShouldContain("The record is whole.");
        await AsAdministrator("update access.history set actor = 'officer:somebody-else' where event = 'ApiClientCreated'");

        var former = new Actor(ActorKind.Officer, Guid.CreateVersion7().ToString());
        var id = await Send(new VerifyHistory());
        var asked = await App.SendAsync(new VerifyHistory(), former, ["administration:read"]);
        await RunWork();
        await RunWork();
        var view = await Send(new ShowWork(id));

        view.Message!.ShouldContain("One place does not fit");
        view.File!.Name.ShouldBe("what-does-not-fit.txt");
        using var content = new MemoryStream();
        await (await Send(new TakeWorkFile(id))).WriteToAsync(content, CancellationToken.None);
        System.Text.Encoding.UTF8.GetString(content.ToArray()).ShouldContain("its content does not match its hash");
        (await Send(new ShowOperations())).LastVerification!.Failed.ShouldBeTrue();

        // Whoever asked keeps knowing of it, but has lost the right to what is in the file.
        await Should.ThrowAsync<ForbiddenException>(() => App.SendAsync(new TakeWorkFile(asked), former, ["consultations:read"]));
    }

    [Fact]
    public async Task What_administrators_look_after_is_shown_to_nobody_else()
    {
        using var officer = await Client("consultations:read", "consultations:write", "engagements:read", "outcomes:read");
        foreach (var address in new[] { "summary", "jobs", "jobs/seal-chains", "events/stuck", "notifications", "history" })
        {
            using var refused = await officer.GetAsync($"/api/v1/administration/{address}");
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address);
        }

        using var reader = await Client("administration:read");
        foreach (var (address, body) in new (string, object)[] { ("events/retries", new { eventId = (Guid?)null, subscriber = (string?)null }), ("notifications/resends", new { subjectId = (Guid?)null, kind = (string?)null }) })
        {
            using var refused = await reader.PostAsJsonAsync($"/api/v1/administration/{address}", body);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address);
        }
    }

    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IMailChannel>(channel));

    private Task Record(Exception? error = null) =>
        App.Services.GetRequiredService<JobRuns>().RecordAsync(CloseDueConsultationsJob.Name, TimeSpan.FromMilliseconds(3), error, CancellationToken.None);

    private async Task<JobRow> Job() => (await Send(new ListJobs())).Single(j => j.Name == CloseDueConsultationsJob.Name);

    private Task SomebodyActs() => Send(new CreateApiClient("Somebody", ["consultations:read"]));

    private Task<int> Deliver() => App.Services.GetRequiredService<EventDeliverer>().DeliverDueAsync(CancellationToken.None);

    private async Task RunWork() => (await App.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None)).ShouldBeTrue();

    private async Task<string> Verify()
    {
        var id = await Send(new VerifyHistory());
        await RunWork();
        return (await Send(new ShowWork(id))).Message!;
    }

    private Task SendMail() => App.Services.GetRequiredService<NotificationSender>().SendDueAsync(CancellationToken.None);

    private async Task Queue(Guid subject, string kind, params string[] addresses)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Engagement.Platform.Persistence.IPlatformDb>();
        foreach (var address in addresses)
        {
            db.Notify(Notification.To(
                address, kind, $"{kind}/{subject}/{address}", subject, new NotificationContent("Subject", "Body"), scope.ServiceProvider.GetRequiredService<MasterKey>(), Clock.Now));
        }

        await db.SaveChangesAsync();
    }

    private sealed class SilentChannel : IMailChannel
    {
        public string Name => "silent";

        public Func<string, bool> Refuses { get; set; } = _ => false;

        public List<(Guid Id, string Recipient)> Tried { get; } = [];

        public List<(string Recipient, string Subject)> Sent { get; } = [];

        public Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
        {
            lock (Tried)
            {
                Tried.Add((id, recipient));
                if (Refuses(recipient))
                {
                    throw new MailRefusedException("The mail server refused the address (550).");
                }

                Sent.Add((recipient, content.Subject));
                return Task.CompletedTask;
            }
        }
    }
}
