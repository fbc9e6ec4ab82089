using System.Net;
using System.Net.Http.Json;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Attacks;
using Engagement.IntegrationTests.Consultations;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Pages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Faults;

/// <summary>One statement of a use case fails: nothing of it is kept, whoever asked is told what to do, and done again it is done once.</summary>
public sealed class FailedStatementTests : ConsultationsTest
{
    [Fact]
    public async Task X17_An_approval_of_which_one_row_cannot_be_written_has_not_happened()
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);
        var key = $"approval-{id:N}";
        foreach (var table in new[] { "consultations.consultation", "consultations.history", "consultations.history_head", "platform.outbox", "platform.delivery", "platform.idempotency" })
        {
            await Fails(table, async () => await IsToldWhatToDo(await Post(Checker, id, "approval", body: null, version, key), table));
        }

        await Post(Checker, id, "approval", body: null, version, key).Success();
        using var repeated = await Post(Checker, id, "approval", body: null, version, key);

        repeated.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await StatusOf(id)).ShouldBe("scheduled");
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
        (await TimesPublished(id, "ConsultationScheduledV1")).ShouldBe(1);
    }

    [Fact]
    public async Task X17_An_officer_whose_approval_failed_is_told_so_and_sends_it_again_from_the_page_that_says_so()
    {
        var id = await Submitted();
        using var approver = await OfficerPages("approver");
        var form = await approver.Open($"/admin/consultations/{id}/approve");

        var failed = await Fails("platform.outbox", () => approver.Submit(form, button: "Approve and publish"));

        failed.Status.ShouldBe(HttpStatusCode.InternalServerError);
        failed.Heading.ShouldBe("Sorry, there is a problem with the service");
        failed.Main.ShouldContain("Nothing was saved or changed this time. Try again in a few minutes.");
        failed.Text.ShouldNotContain(RaisedFault.Words);
        (await approver.Submit(failed, button: "Send it again")).Done.ShouldStartWith("Approved.");
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
    }

    [Fact]
    public async Task X17_A_response_of_which_one_row_cannot_be_written_was_not_received_and_one_sent_again_is_received_once()
    {
        var id = await Opened();
        var slug = await SlugOf(id);
        var key = $"response-{id:N}";
        foreach (var table in new[] { "participation.response", "participation.contact", "participation.contact_response", "platform.notification" })
        {
            await Fails(table, async () => await IsToldWhatToDo(await Respond(slug, key), table));
        }

        var receipt = await Respond(slug, key).Success();
        (await Respond(slug, key).Success()).GetRawText().ShouldBe(receipt.GetRawText());

        // The same on the pages, whose draft outlives the failure.
        using var resident = new PageClient(App.Address);
        var check = await Fill(resident, await Fill(resident, await resident.Open($"/consultations/{slug}/respond/1"), ("answer-q1", "Keep the other stop.")), ("Email", "second@example.org"));
        var failed = await Fails("platform.notification", () => resident.Submit(check, button: "Send your answers"));
        failed.Main.ShouldContain("Nothing was saved or changed this time.");
        (await resident.Submit(failed, button: "Send it again")).Heading.ShouldBe("We have received your answers");

        (await Scalar<string>("select count(*) || ' ' || count(distinct reference) from participation.response")).ShouldBe("2 2");
        (await Scalar<int>("select count(*) from participation.contact_response")).ShouldBe(2);
        (await Scalar<int>("select count(*) from platform.notification where kind = 'response-received'")).ShouldBe(2);
    }

    [Theory]
    [InlineData("XX001", HttpStatusCode.InternalServerError)]
    [InlineData("53100", HttpStatusCode.ServiceUnavailable)]
    public async Task X17_A_response_whose_draft_cannot_be_noted_as_sent_is_not_stored_either_and_sent_again_is_stored_once(string state, HttpStatusCode status)
    {
        var slug = await SlugOf(await Opened());
        using var resident = new PageClient(App.Address);
        var page = await Fill(resident, await Fill(resident, await resident.Open($"/consultations/{slug}/respond/1"), ("answer-q1", "Keep the stop at the church.")));
        await AsAdministrator(RaisedFault.At("participation.draft", "new.sent_at is not null", state));

        foreach (var button in new[] { "Send your answers", "Send it again" })
        {
            page = await resident.Submit(page, button: button);
            page.Status.ShouldBe(status);
            page.Main.ShouldContain("Nothing was saved or changed this time.");
            (await Scalar<int>("select count(*) from participation.response")).ShouldBe(0);
        }

        (await Scalar<long>(RaisedFault.Tries)).ShouldBe(2);
        await AsAdministrator(RaisedFault.Over);
        (await resident.Submit(page, button: "Send it again")).Heading.ShouldBe("We have received your answers");
        (await Scalar<int>("select count(*) from participation.response")).ShouldBe(1);
    }

    [Fact]
    public async Task X17_A_job_whose_row_cannot_be_written_leaves_that_one_as_it_was_does_the_others_and_comes_again()
    {
        var (bad, good) = (await Scheduled(), await Scheduled());
        Clock.MoveTo(SampleConsultation.OpensAt);
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();
        Clock.MoveTo(SampleConsultation.ClosesAt);
        await AsAdministrator(RaisedFault.At("platform.outbox", $"new.type = 'ConsultationClosingV1' and new.payload::jsonb ->> 'consultationId' = '{bad}'"));

        await Should.ThrowAsync<SweepFailedException>(RunJob<CloseDueConsultationsJob>);

        (await StatusOf(bad)).ShouldBe("open");
        (await StatusOf(good)).ShouldBe("closing");
        (await TimesInHistory(bad, "ConsultationClosing")).ShouldBe(0);
        await AsAdministrator(RaisedFault.Over);
        await RunJob<CloseDueConsultationsJob>();
        foreach (var id in new[] { bad, good })
        {
            (await StatusOf(id)).ShouldBe("closing");
            (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(1);
            (await TimesPublished(id, "ConsultationClosingV1")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task X17_An_event_whose_handler_cannot_write_changes_nothing_and_is_handled_once_at_a_later_attempt()
    {
        var id = await Submitted();
        await Post(Checker, id, "approval", body: null, await VersionOfConsultation(id)).Success();
        await AsAdministrator(RaisedFault.At("participation.response_form"));
        var deliverer = App.Services.GetRequiredService<EventDeliverer>();

        await deliverer.DeliverDueAsync(CancellationToken.None);

        const string Waiting = "select coalesce(string_agg(attempts || ' ' || error, ', '), 'none') from platform.delivery where handled_at is null";
        (await Scalar<int>("select count(*) from participation.response_form")).ShouldBe(0);
        (await Scalar<string>(Waiting)).ShouldContain($"1 PostgresException: XX001: {RaisedFault.Words}", Case.Sensitive, "whoever runs the service is told what the database said");
        await AsAdministrator(RaisedFault.Over);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await deliverer.DeliverDueAsync(CancellationToken.None);
        (await Scalar<int>("select count(*) from participation.response_form")).ShouldBe(1);
        (await Scalar<string>(Waiting)).ShouldBe("none");
    }

    private async Task<T> Fails<T>(string table, Func<Task<T>> act)
    {
        var database = App.Services.GetRequiredService<NpgsqlDataSource>();
        await AsAdministrator(RaisedFault.At(table));
        var before = await RecordedState.Of(database);
        var result = await act();
        (await Scalar<long>(RaisedFault.Tries)).ShouldBe(1, $"{table} must have been written to, or this proves nothing");
        (await RecordedState.Of(database)).ChangesSince(before).ShouldBeEmpty(table);
        await AsAdministrator(RaisedFault.Over);
        return result;
    }

    /// <summary>Sent by a machine: one status, one code, what to do, and nothing of what the database said.</summary>
    private static async Task<HttpStatusCode> IsToldWhatToDo(HttpResponseMessage answer, string table)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError, table);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("nothing was changed. Try again");
        text.ShouldNotContain(RaisedFault.Words);
        text.ShouldNotContain(table.Split('.')[0] + ".");
        (await answer.ProblemCode()).ShouldBe("internal-error");
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> Respond(string slug, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = "Keep the stop at the church." }, email = "resident@example.org" }),
            Headers = { { IdempotencyKey.Header, key } },
        };
        return await Anyone.SendAsync(request);
    }

    private static Task<ShownPage> Fill(PageClient somebody, ShownPage page, params (string Name, string? Value)[] values) =>
        somebody.Submit(page, values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal), "Continue");
}
