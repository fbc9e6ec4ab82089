using System.Net.Http.Json;
using Engagement.Consultations.Domain;
using Engagement.IntegrationTests.Consultations;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Faults;

/// <summary>Nobody noticed over a long week-end that no worker was running: whatever fell due meanwhile is done when one is back, once.</summary>
public sealed class FourDaysWithoutWorkerTests : ConsultationsTest
{
    private static readonly TimeSpan Away = TimeSpan.FromDays(4);

    [Fact]
    public async Task X23_What_fell_due_in_four_days_without_a_worker_is_done_once_on_its_return()
    {
        // One opens and one closes while nobody is there, and a third does both.
        var closing = await Scheduled();
        var opening = await Scheduled(SampleConsultation.Details with { Title = "Opening", Opens = new UkMoment(SampleConsultation.LastDay.AddDays(2)), Closes = new UkMoment(SampleConsultation.LastDay.AddDays(60)) });
        var both = await Scheduled(SampleConsultation.Details with
        {
            Title = "Both",
            Opens = new UkMoment(SampleConsultation.LastDay.AddDays(2)),
            Closes = new UkMoment(SampleConsultation.LastDay.AddDays(3), new TimeOnly(12, 0)),
        });
        Clock.MoveTo(SampleConsultation.OpensAt);
        await App.WorkAsync();
        Clock.MoveTo(SampleConsultation.ClosesAt.AddHours(-1));
        await App.WorkAsync();
        await Respond(closing, "in-time@example.org");

        // Whoever comes while no worker runs is served like anybody else.
        Clock.MoveTo(SampleConsultation.ClosesAt.AddDays(2));
        await Respond(both, "between@example.org");
        Clock.MoveTo(SampleConsultation.ClosesAt.AddHours(-1) + Away);
        await App.WorkAsync();

        (await StatusOf(closing)).ShouldBe("closed");
        (await StatusOf(opening)).ShouldBe("open");
        (await StatusOf(both)).ShouldBe("closed");
        (await Scalar<DateTime>("select (payload::jsonb ->> 'closedAt')::timestamptz from platform.outbox where type = 'ConsultationClosedV1' and payload::jsonb ->> 'consultationId' = $1", closing.ToString()))
            .ShouldBe(SampleConsultation.ClosesAt.UtcDateTime, "the deadline is recorded and not when somebody came to record it");
        foreach (var (id, responses) in new[] { (closing, 1), (both, 1) })
        {
            (await ReadConsultation(id)).GetProperty("responseCount").GetInt32().ShouldBe(responses);
            (await TimesInHistory(id, "ConsultationOpened")).ShouldBe(1);
            (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(1);
            (await TimesInHistory(id, "ConsultationClosed")).ShouldBe(1);
            foreach (var type in new[] { "ConsultationOpenedV1", "ConsultationClosingV1", "ResponsesSealedV1", "ConsultationClosedV1" })
            {
                (await TimesPublished(id, type)).ShouldBe(1, type);
            }
        }

        (await TimesInHistory(opening, "ConsultationOpened")).ShouldBe(1);
        var done = await Done();
        await App.WorkAsync();
        (await Done()).ShouldBe(done, "there was nothing left to do");
    }

    private async Task<(long History, long Events, long Messages)> Done() => (
        await Scalar<long>("select (select count(*) from consultations.history) + (select count(*) from participation.history) + (select count(*) from closing_the_loop.history) + (select count(*) from engagements.history)"),
        await Scalar<long>("select count(*) from platform.outbox"),
        await Scalar<long>("select count(*) from platform.notification"));

    private async Task Respond(Guid id, string email)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{await SlugOf(id)}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = "Keep the stop at the church." }, email }),
            Headers = { { IdempotencyKey.Header, $"four-days-{Guid.CreateVersion7():N}" } },
        };
        await Anyone.SendAsync(request).Success();
    }
}
