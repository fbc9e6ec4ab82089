using System.Net;
using System.Net.Http.Json;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Consultations;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Faults;

/// <summary>An officer confirms a later deadline in the second in which the present one passes: one of the two holds, the record says which, and no response is lost between them.</summary>
public sealed class ExtendedAtTheCloseTests : ConsultationsTest
{
    private static readonly DateTimeOffset ClosesAt = SampleConsultation.ClosesAt;

    [Fact]
    public async Task X26_An_extension_that_was_in_time_holds_although_it_commits_after_the_deadline_and_whoever_responds_meanwhile_is_heard()
    {
        var id = await Proposed();
        var (slug, version) = (await SlugOf(id), await VersionOfConsultation(id));
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        await using var held = await HeldTables.HoldAsync(ConnectionString, "platform.outbox");
        var confirming = Post(Checker, id, "extension/approval", null, version);
        await held.UntilWaiting(1);

        Clock.MoveTo(ClosesAt.AddMilliseconds(1));
        await RunJob<CloseDueConsultationsJob>();
        var responding = Respond(slug);
        await held.UntilWaiting(2);
        await held.ReleaseAsync();

        (await confirming.Success()).GetProperty("closesAt").GetDateTimeOffset().ShouldBe(ClosesAt.AddDays(7));
        (await responding).StatusCode.ShouldBe(HttpStatusCode.Created);
        await RunJob<CloseDueConsultationsJob>();
        await App.DeliverEventsAsync();
        (await StatusOf(id)).ShouldBe("open");
        (await TimesInHistory(id, "ConsultationExtended")).ShouldBe(1);
        (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(0);
        (await Record(id)).ShouldContain("Deadline extended to 11:59pm on Sunday 14 March 2027");
        using var resident = new PageClient(App.Address);
        (await resident.Open($"/consultations/{slug}")).Main.ShouldContain("14 March 2027");
    }

    [Fact]
    public async Task X26_A_close_that_is_under_way_holds_and_the_officer_who_confirms_meanwhile_is_told_so()
    {
        var id = await Proposed();
        var slug = await SlugOf(id);
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        using var approver = await OfficerPages("approver");
        var form = await approver.Open($"/admin/consultations/{id}/extend");
        await using var held = await HeldTables.HoldAsync(ConnectionString, "platform.outbox, participation.response");
        var inTime = Respond(slug);
        await held.UntilWaiting(1);

        Clock.MoveTo(ClosesAt);
        var closing = RunJob<CloseDueConsultationsJob>();
        await held.UntilWaiting(2);
        var confirming = approver.Submit(form, button: "Confirm the later deadline");
        await held.UntilWaiting(3);
        await held.ReleaseAsync();

        await closing;
        var refused = await confirming;
        refused.Errors.ShouldHaveSingleItem().ShouldContain("has passed, so it can no longer be extended");
        (await approver.Open($"/admin/consultations/{id}/extend")).Main.ShouldContain("one that has closed stays closed");
        (await inTime).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var late = await Respond(slug);
        (await late.ProblemCode()).ShouldBe("consultation-closed");
        await App.DeliverEventsAsync();
        (await StatusOf(id)).ShouldBe("closing");
        (await TimesInHistory(id, "ConsultationExtended")).ShouldBe(0);
        (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(1);
        (await Record(id)).ShouldNotContain("Deadline extended");
        (await Scalar<int>("select count(*) from participation.response")).ShouldBe(1);
    }

    private async Task<Guid> Proposed()
    {
        var id = await Opened();
        await Post(Writer, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." }).Success();
        await App.DeliverEventsAsync();
        return id;
    }

    /// <summary>As an officer reads what has happened.</summary>
    private async Task<string> Record(Guid id)
    {
        using var officer = await OfficerPages("officer");
        return (await officer.Open($"/admin/consultations/{id}/history")).Main;
    }

    private async Task<HttpResponseMessage> Respond(string slug)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = "Keep the stop at the church." } }),
            Headers = { { IdempotencyKey.Header, $"response-{Guid.CreateVersion7():N}" } },
        };
        return await Anyone.SendAsync(request);
    }
}
