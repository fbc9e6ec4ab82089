using System.Net;
using Engagement.Consultations.Application;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

public sealed class OwnerReminderTests : ConsultationsTest
{
    [Fact]
    public async Task The_lead_officer_is_reminded_once_that_it_opens_soon_and_once_that_it_closes_soon()
    {
        var id = await Scheduled();
        await RemindersAt(SampleConsultation.OpensAt - RemindOwner.BeforeOpening - TimeSpan.FromMicroseconds(1), opening: 0, closing: 0);
        await RemindersAt(SampleConsultation.OpensAt - RemindOwner.BeforeOpening, opening: 1, closing: 0);
        await RemindersAt(SampleConsultation.OpensAt.AddMicroseconds(-1), opening: 1, closing: 0);
        Clock.MoveTo(SampleConsultation.OpensAt);
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();

        await RemindersAt(SampleConsultation.ClosesAt - RemindOwner.BeforeClosing - TimeSpan.FromMicroseconds(1), opening: 1, closing: 0);
        await RemindersAt(SampleConsultation.ClosesAt - RemindOwner.BeforeClosing, opening: 1, closing: 1);
        await RemindersAt(SampleConsultation.ClosesAt.AddDays(-1), opening: 1, closing: 1);

        await Post(Writer, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." }).Success();
        await Post(Checker, id, "extension/approval", null, await VersionOfConsultation(id)).Success();
        await App.DeliverEventsAsync();
        var later = (await ReadConsultation(id)).GetProperty("closesAt").GetDateTimeOffset();
        await RemindersAt(later - RemindOwner.BeforeClosing - TimeSpan.FromMicroseconds(1), opening: 1, closing: 1);
        await RemindersAt(later - RemindOwner.BeforeClosing, opening: 1, closing: 2);
    }

    [Fact]
    public async Task Nobody_is_reminded_at_the_opening_or_the_closing_instant_itself()
    {
        await Scheduled();
        await RemindersAt(SampleConsultation.OpensAt, opening: 0, closing: 0);
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();

        await RemindersAt(SampleConsultation.ClosesAt, opening: 0, closing: 0);
        await RemindersAt(SampleConsultation.ClosesAt.AddDays(30), opening: 0, closing: 0);
    }

    [Fact]
    public async Task Workers_that_remind_at_the_same_time_remind_once()
    {
        await Scheduled();
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(-1));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(RunJob<RemindOwnersJob>)));

        (await Count("opening-soon")).ShouldBe(1);
    }

    [Fact]
    public async Task The_log_of_a_consultation_shows_its_messages_alone_and_resends_only_with_the_right()
    {
        var id = await Scheduled();
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(-1));
        await RunJob<RemindOwnersJob>();
        await AsAdministrator($"update platform.notification set failed_at = '{Clock.Now:O}', failure = 'The mail server refused the address (550).' where kind = 'opening-soon'");

        var log = await Writer.GetAsync(Of(id, "notifications?state=failed")).Success();
        log.GetProperty("items")[0].GetProperty("failure").GetString()!.ShouldContain("550");
        (await Writer.GetAsync(Of(id, "notifications?state=sent")).Success()).GetProperty("items").GetArrayLength().ShouldBe(0);
        using var unknownState = await Writer.GetAsync(Of(id, "notifications?state=lost"));
        unknownState.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var refused = await Post(Checker, id, "notifications/resends", new { kind = (string?)null });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var unknown = await Post(Writer, Guid.CreateVersion7(), "notifications/resends", new { kind = (string?)null });
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Post(Writer, id, "notifications/resends", new { kind = (string?)null }).Success()).GetProperty("count").GetInt32().ShouldBe(1);
        (await Post(Writer, id, "notifications/resends", new { kind = (string?)null }).Success()).GetProperty("count").GetInt32().ShouldBe(0);
        (await Writer.GetAsync(Of(id, "history?limit=200")).Success()).GetProperty("items").EnumerateArray().ShouldContain(e => e.GetProperty("event").GetString() == "NotificationsResent");
    }

    private async Task RemindersAt(DateTimeOffset instant, int opening, int closing)
    {
        Clock.MoveTo(instant);
        await RunJob<RemindOwnersJob>();
        (await Count("opening-soon")).ShouldBe(opening);
        (await Count("closing-soon")).ShouldBe(closing);
    }

    private Task<int> Count(string kind) => Scalar<int>("select count(*) from platform.notification where kind = $1", kind);
}
