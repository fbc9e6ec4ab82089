using System.Diagnostics;
using System.Net;
using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Platform.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Consultations;

public sealed class ClockTests : ConsultationsTest
{
    private static readonly DateTimeOffset OpensAt = SampleConsultation.OpensAt;
    private static readonly DateTimeOffset ClosesAt = SampleConsultation.ClosesAt;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Consultations:DrainWindow"] = "00:00:05" };

    [Fact]
    public async Task Opens_at_its_instant_and_not_a_microsecond_before()
    {
        var id = await Scheduled();
        Clock.MoveTo(OpensAt.AddMicroseconds(-1));
        await RunJob<OpenDueConsultationsJob>();
        (await StatusOf(id)).ShouldBe("scheduled");

        Clock.MoveTo(OpensAt);
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();

        (await StatusOf(id)).ShouldBe("open");
        (await TimesPublished(id, nameof(ConsultationOpenedV1))).ShouldBe(1);
        (await StateOf(EngagementId)).ShouldBe("live");
    }

    [Fact]
    public async Task X12_Opens_and_closes_in_a_worker_whose_scheduler_does_not_come_round()
    {
        var id = await Scheduled();
        foreach (var (instant, status) in new[] { (OpensAt, "open"), (ClosesAt, "closing"), (ClosesAt.AddSeconds(5), "closed") })
        {
            Clock.MoveTo(instant);
            using var jobs = ActivatorUtilities.CreateInstance<PunctualJobs>(App.Services);
            await jobs.StartAsync(CancellationToken.None);
            var waited = Stopwatch.StartNew();
            while (await StatusOf(id) != status)
            {
                waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), $"nobody looked: {await StatusOf(id)}");
                await Task.Delay(TimeSpan.FromMilliseconds(20));
                await App.DeliverEventsAsync();
            }

            await jobs.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Does_not_open_once_the_plan_of_its_engagement_has_been_edited()
    {
        var told = await Scheduled();
        await EditPlan();
        await App.DeliverEventsAsync();
        (await StatusOf(told)).ShouldBe("awaiting-approval");

        Clock.MoveTo(OpensAt);
        await RunJob<OpenDueConsultationsJob>();

        (await StatusOf(told)).ShouldBe("awaiting-approval");
        (await TimesPublished(told, nameof(ConsultationOpenedV1))).ShouldBe(0);
    }

    [Fact]
    public async Task Does_not_open_on_an_edited_plan_even_where_the_news_of_it_has_not_arrived()
    {
        var id = await Scheduled();
        await EditPlan();
        Clock.MoveTo(OpensAt);

        await RunJob<OpenDueConsultationsJob>();

        (await StatusOf(id)).ShouldBe("awaiting-approval");
    }

    [Fact]
    public async Task Leaves_a_consultation_open_a_microsecond_before_its_deadline_and_records_the_deadline_itself()
    {
        var id = await Opened();
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        await RunJob<CloseDueConsultationsJob>();
        (await StatusOf(id)).ShouldBe("open");

        Clock.MoveTo(ClosesAt.AddSeconds(1.5));
        await RunJob<CloseDueConsultationsJob>();

        (await StatusOf(id)).ShouldBe("closing");
        var closing = await Scalar<string>("select payload from platform.outbox where type = 'ConsultationClosingV1'");
        closing.ShouldContain("\"closesAt\":\"2027-03-08T00:00:00+00:00\"");
        closing.ShouldContain("\"sealAt\":\"2027-03-08T00:00:05+00:00\"");
    }

    [Fact]
    public async Task Is_closed_with_count_and_digest_once_the_drain_window_is_over_and_the_set_is_sealed()
    {
        var id = await Opened();
        Clock.MoveTo(ClosesAt);
        await RunJob<CloseDueConsultationsJob>();
        await App.DeliverEventsAsync();
        Clock.MoveTo(ClosesAt.AddSeconds(5).AddMicroseconds(-1));
        await RunJob<SealDueResponsesJob>();
        await App.DeliverEventsAsync();
        (await StatusOf(id)).ShouldBe("closing");

        Clock.MoveTo(ClosesAt.AddSeconds(5));
        await RunJob<SealDueResponsesJob>();
        await App.DeliverEventsAsync();

        var closed = await ReadConsultation(id);
        closed.GetProperty("status").GetString().ShouldBe("closed");
        closed.GetProperty("responseCount").GetInt32().ShouldBe(0);
        closed.GetProperty("responseDigest").GetString()!.Length.ShouldBe(64);
        (await Scalar<string>("select payload from platform.outbox where type = 'ConsultationClosedV1'")).ShouldContain("\"outcomeDueOn\":\"2027-05-30\"");
        (await StateOf(EngagementId)).ShouldBe("analysing");
    }

    [Fact]
    public async Task Of_many_workers_at_once_one_opens_and_one_closes_it()
    {
        var id = await Scheduled();
        Clock.MoveTo(OpensAt);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunJob<OpenDueConsultationsJob>()));
        Clock.MoveTo(ClosesAt);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunJob<CloseDueConsultationsJob>()));

        (await StatusOf(id)).ShouldBe("closing");
        (await TimesInHistory(id, "ConsultationOpened")).ShouldBe(1);
        (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(1);
        (await TimesPublished(id, nameof(ConsultationClosingV1))).ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_was_away_for_the_whole_period_catches_up_in_order()
    {
        var id = await Scheduled();
        Clock.MoveTo(ClosesAt.AddHours(2));

        await RunJob<CloseDueConsultationsJob>();
        await RunJob<OpenDueConsultationsJob>();
        await RunJob<CloseDueConsultationsJob>();

        (await StatusOf(id)).ShouldBe("closing");
        (await Scalar<string>("select string_agg(event, ',' order by position) from consultations.history where aggregate_id = $1 and event in ('ConsultationOpened', 'ConsultationClosing')", id))
            .ShouldBe("ConsultationOpened,ConsultationClosing");
    }

    [Fact]
    public async Task One_bad_row_does_not_keep_the_others_shut()
    {
        var bad = await Scheduled();
        var good = await Scheduled();
        await AsAdministrator($"delete from consultations.history_head where aggregate_id = '{bad}'");
        Clock.MoveTo(OpensAt);

        await Should.ThrowAsync<Engagement.Platform.Jobs.SweepFailedException>(RunJob<OpenDueConsultationsJob>);

        (await StatusOf(good)).ShouldBe("open");
        (await StatusOf(bad)).ShouldBe("scheduled");
    }

    [Fact]
    public async Task A_second_person_extends_it_a_microsecond_before_the_deadline()
    {
        var id = await Opened();
        await Post(Writer, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." }).Success();
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));

        var extended = await Post(Checker, id, "extension/approval", null, await VersionOfConsultation(id)).Success();
        Clock.MoveTo(ClosesAt);
        await RunJob<CloseDueConsultationsJob>();
        await App.DeliverEventsAsync();

        extended.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(ClosesAt.AddDays(7));
        (await StatusOf(id)).ShouldBe("open");
        (await TimesPublished(id, nameof(ConsultationExtendedV1))).ShouldBe(1);
        (await Scalar<DateTime>("select closes_at from participation.response_form where consultation_id = $1", id)).ShouldBe(ClosesAt.AddDays(7).UtcDateTime);
        (await Writer.GetAsync(Of(id, "timetable")).Success()).GetProperty("recordedAt").GetDateTimeOffset().ShouldBe(ClosesAt.AddMicroseconds(-1));
        var shown = (await Anyone.GetAsync($"/api/v1/public/consultations/{await SlugOf(id)}").Success()).GetProperty("extensions")[0];
        shown.GetProperty("publicReason").GetString().ShouldBe("The forms came late.");
        shown.GetProperty("previousClosesAt").GetDateTimeOffset().ShouldBe(ClosesAt);
    }

    [Fact]
    [Trait("Attack", "E14")]
    public async Task At_the_deadline_it_is_too_late_to_extend_whether_a_job_has_run_or_not()
    {
        var id = await Opened();
        await Post(Writer, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." }).Success();
        Clock.MoveTo(ClosesAt);

        using var late = await Post(Checker, id, "extension/approval", null, await VersionOfConsultation(id));
        await RunJob<CloseDueConsultationsJob>();
        using var later = await Post(Checker, id, "extension/approval", null, await VersionOfConsultation(id));
        using var proposed = await Post(Writer, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." });

        (await late.ProblemCode()).ShouldBe("deadline-passed");
        (await later.ProblemCode()).ShouldBe("no-extension-proposed");
        (await proposed.ProblemCode()).ShouldBe("deadline-passed");
        (await StatusOf(id)).ShouldBe("closing");
    }

    [Fact]
    [Trait("Attack", "E14")]
    public async Task A_proposal_alone_moves_nothing_and_its_author_may_not_confirm_it()
    {
        using var both = await Client("consultations:read", "consultations:write", "consultations:approve");
        var id = await Opened();
        await Post(both, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." }).Success();

        using var refused = await Post(both, id, "extension/approval", null, await VersionOfConsultation(id));

        (await refused.ProblemCode()).ShouldBe("second-approver-required");
        (await ReadConsultation(id)).GetProperty("closesAt").GetDateTimeOffset().ShouldBe(ClosesAt);
        (await TimesPublished(id, nameof(ConsultationExtendedV1))).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_would_refuse_a_response_waits_for_an_extension_that_is_about_to_commit()
    {
        var id = await Opened();
        await Post(Writer, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." }).Success();
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var update = new NpgsqlCommand(
            $"update consultations.consultation set closes_at = closes_at + interval '7 days', closes_on = closes_on + 7, proposed_extension = null, version = version + 1 where id = '{id}'", connection, transaction))
        {
            await update.ExecuteNonQueryAsync();
        }

        Clock.MoveTo(ClosesAt.AddMilliseconds(3));
        var asked = Send(new FindConsultation(new ConsultationId(id)));
        await Task.WhenAny(asked, Task.Delay(300));
        asked.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();

        (await asked)!.ClosesAt.ShouldBe(ClosesAt.AddDays(7));
    }

    [Fact]
    public async Task The_command_leaves_one_alone_that_was_extended_since_the_job_looked()
    {
        var id = await Opened();
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));

        (await Send(new CloseConsultations([new ConsultationId(id)]))).ShouldBe(0);

        (await StatusOf(id)).ShouldBe("open");
    }

    [Fact]
    public async Task Withdrawn_it_never_closes_and_the_public_sees_why()
    {
        var id = await Opened();

        await Post(Writer, id, "withdrawal", new { publicReason = "The proposal was given up." }).Success();
        await App.DeliverEventsAsync();
        Clock.MoveTo(ClosesAt);
        await RunJob<CloseDueConsultationsJob>();
        var shown = await Anyone.GetAsync($"/api/v1/public/consultations/{await SlugOf(id)}").Success();

        shown.GetProperty("status").GetString().ShouldBe("withdrawn");
        shown.GetProperty("withdrawalReason").GetString().ShouldBe("The proposal was given up.");
        (await TimesPublished(id, nameof(ConsultationWithdrawnV1))).ShouldBe(1);
        (await StatusOf(id)).ShouldBe("withdrawn");
    }

    [Fact]
    public async Task With_its_engagement_it_is_withdrawn_for_the_same_reason_and_a_closed_one_stays()
    {
        var closed = await Opened();
        Clock.MoveTo(ClosesAt);
        await RunJob<CloseDueConsultationsJob>();
        await App.DeliverEventsAsync();
        var draft = await Drafted(SampleConsultation.Details with { Opens = new(new DateOnly(2027, 4, 1)), Closes = new(new DateOnly(2027, 6, 1)) });

        await Author.PostAsync(At(EngagementId, "cancellation"), Content("""{"publicReason":"The money is gone."}""")).Success();
        await App.DeliverEventsAsync();

        (await ReadConsultation(draft)).GetProperty("withdrawalReason").GetString().ShouldBe("The money is gone.");
        (await StatusOf(closed)).ShouldBe("closing");
        using var tooLate = await Post(Writer, closed, "withdrawal", new { publicReason = "The money is gone." });
        tooLate.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await tooLate.ProblemCode()).ShouldBe("already-closed");
    }

    private async Task EditPlan()
    {
        await App.DeliverEventsAsync();
        await Patch(Author, EngagementId, """{"summary":"A summary that nobody has approved yet."}""", await VersionOf(EngagementId)).Success();
        (await IsApproved(EngagementId)).ShouldBeFalse();
    }
}
