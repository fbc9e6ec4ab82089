using System.Net;
using System.Net.Http.Json;
using Engagement.Consultations.Application.Bundles;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Consultations;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Web;
using Engagement.Platform.Work;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Pages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Faults;

/// <summary>The database rolls a transaction back because another stood in its way: it is done again, three times in all, and then whoever asked is told to come again.</summary>
public sealed class RolledBackTests : ConsultationsTest
{
    private const int EndsTwo = 2;
    private const int EndsThree = 3;

    [Theory]
    [InlineData(PostgresErrorCodes.SerializationFailure, null)]
    [InlineData(PostgresErrorCodes.DeadlockDetected, "with-a-key-of-its-own")]
    public async Task X18_A_command_of_a_client_is_done_at_the_third_attempt_and_asked_for_again_after_it(string state, string? key)
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);
        await AsAdministrator(RaisedFault.At("platform.outbox", state: state, times: EndsThree));
        using (var refused = await Post(Checker, id, "approval", body: null, version, key))
        {
            await IsAskedToComeAgain(refused);
            (await Scalar<long>(RaisedFault.Tries)).ShouldBe(EndsThree);
            (await StatusOf(id)).ShouldBe("awaiting-approval");
        }

        await AsAdministrator(RaisedFault.At("platform.outbox", state: state, times: EndsTwo));
        using var done = await Post(Checker, id, "approval", body: null, version, key);

        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        done.Headers.ETag.ShouldBe(ETag(version + 1));
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
        (await TimesPublished(id, "ConsultationScheduledV1")).ShouldBe(1);
        App.Log.Lines.Count(l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains("is done again", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task X18_A_statement_that_waited_for_a_lock_too_long_is_no_fault_of_ours_and_is_not_repeated()
    {
        var id = await Submitted();
        await AsAdministrator(RaisedFault.At("platform.outbox", state: PostgresErrorCodes.LockNotAvailable, times: 1));

        using var refused = await Post(Checker, id, "approval", body: null, await VersionOfConsultation(id));

        await IsAskedToComeAgain(refused);
        (await StatusOf(id)).ShouldBe("awaiting-approval");
    }

    [Fact]
    public async Task X18_What_an_officer_sends_on_a_page_is_done_at_the_third_attempt_and_offered_again_after_it()
    {
        var id = await Submitted();
        using var approver = await OfficerPages("approver");
        var form = await approver.Open($"/admin/consultations/{id}/approve");
        await AsAdministrator(RaisedFault.At("consultations.history", state: PostgresErrorCodes.DeadlockDetected, times: EndsThree + EndsTwo));

        var refused = await approver.Submit(form, button: "Approve and publish");
        refused.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Main.ShouldContain("Nothing was saved or changed this time.");
        (await StatusOf(id)).ShouldBe("awaiting-approval");

        (await approver.Submit(refused, button: "Send it again")).Done.ShouldStartWith("Approved.");
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
    }

    [Theory]
    [InlineData("participation.response", null)]
    [InlineData("participation.contact", "resident@example.org")]
    public async Task X18_A_response_is_stored_once_at_the_third_attempt_and_can_be_sent_again_after_it(string table, string? email)
    {
        var id = await Opened();
        var slug = await SlugOf(id);
        await AsAdministrator(RaisedFault.At(table, state: PostgresErrorCodes.SerializationFailure, times: EndsThree + EndsTwo));

        using (var refused = await Respond(slug, email))
        {
            await IsAskedToComeAgain(refused);
        }

        using var taken = await Respond(slug, email);
        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
        taken.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await Scalar<int>("select count(*) from participation.response")).ShouldBe(1);
        (await Scalar<int>("select count(*) from participation.contact")).ShouldBe(email is null ? 0 : 1);
    }

    [Fact]
    public async Task X18_A_job_tries_three_times_in_a_run_and_goes_on_in_the_next()
    {
        var id = await Opened();
        Clock.MoveTo(SampleConsultation.ClosesAt);
        await AsAdministrator(RaisedFault.At("platform.outbox", state: PostgresErrorCodes.DeadlockDetected, times: EndsThree + EndsTwo));

        await Should.ThrowAsync<SweepFailedException>(RunJob<CloseDueConsultationsJob>);
        (await StatusOf(id)).ShouldBe("open");
        await RunJob<CloseDueConsultationsJob>();

        (await StatusOf(id)).ShouldBe("closing");
        (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(1);
    }

    [Fact]
    public async Task X18_A_handler_of_an_event_is_left_to_the_next_delivery_because_its_transaction_is_not_its_own()
    {
        var id = await Submitted();
        await Post(Checker, id, "approval", body: null, await VersionOfConsultation(id)).Success();
        await AsAdministrator(RaisedFault.At("participation.response_form", state: PostgresErrorCodes.SerializationFailure, times: 1));
        var deliverer = App.Services.GetRequiredService<EventDeliverer>();

        await deliverer.DeliverDueAsync(CancellationToken.None);
        (await Scalar<int>("select count(*) from participation.response_form")).ShouldBe(0);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await deliverer.DeliverDueAsync(CancellationToken.None);

        (await Scalar<int>("select count(*) from participation.response_form")).ShouldBe(1);
    }

    [Fact]
    public async Task X18_Long_work_is_begun_anew_as_a_whole_and_given_up_after_the_third_attempt()
    {
        var id = await Opened();
        var runner = App.Services.GetRequiredService<WorkRunner>();
        await AsAdministrator(RaisedFault.At("consultations.history", "new.event = 'BundleRecorded'", PostgresErrorCodes.SerializationFailure, EndsThree + EndsTwo));

        // Each piece of work writes its file from the start: what was written of it before is not kept.
        await Send(new AskForBundle(new ConsultationId(id)));
        (await StatesOfNextRuns(3)).ShouldBe(["Queued 1 0", "Queued 2 0", "Failed 3 0"]);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Send(new AskForBundle(new ConsultationId(id)));
        (await StatesOfNextRuns(3)).ShouldBe(["Queued 1 0", "Queued 2 0", "Done 3 1"]);

        (await TimesInHistory(id, "BundleRecorded")).ShouldBe(1);

        async Task<List<string>> StatesOfNextRuns(int runs)
        {
            var states = new List<string>();
            for (var run = 0; run < runs; run++)
            {
                (await runner.RunNextAsync(CancellationToken.None)).ShouldBeTrue();
                states.Add(await Scalar<string>(
                    "select state || ' ' || attempts || ' ' || (select count(distinct attempt) from platform.work_chunk c where c.work_id = w.id) from platform.work w order by queued_at desc limit 1"));
            }

            return states;
        }
    }

    private static async Task IsAskedToComeAgain(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await answer.ProblemCode()).ShouldBe("temporary-reduced-capacity");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain(RaisedFault.Words);
    }

    private async Task<HttpResponseMessage> Respond(string slug, string? email)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = "Keep the stop at the church." }, email }),
            Headers = { { IdempotencyKey.Header, "the-key-of-one-response" } },
        };
        return await Anyone.SendAsync(request);
    }
}
