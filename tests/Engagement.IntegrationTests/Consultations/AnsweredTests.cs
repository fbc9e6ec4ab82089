using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Consultations;

/// <summary>What becomes of a closed consultation and its engagement when an outcome is published.</summary>
public sealed class AnsweredTests : ConsultationsTest
{
    [Fact]
    public async Task An_outcome_that_says_only_what_happens_next_answers_nothing_and_the_next_version_that_answers_does()
    {
        var id = await Closed();
        Clock.MoveTo(SampleConsultation.ClosesAt.AddDays(90));

        await Publish(id, version: 1, closesTheLoop: false);

        (await IsLate(id)).ShouldBeTrue();
        (await StateOf(EngagementId)).ShouldBe("analysing");
        (await Scalar<int>("select count(*) from participation.announcement where kind = 'Outcome'")).ShouldBe(1, "people are told of it all the same");

        await Publish(id, version: 2, closesTheLoop: true);

        (await IsLate(id)).ShouldBeFalse();
        (await StateOf(EngagementId)).ShouldBe("fed-back");
        (await TimesInHistory(id, "ConsultationAnswered")).ShouldBe(1);
    }

    private async Task<Guid> Closed()
    {
        var id = await Opened();
        Clock.MoveTo(SampleConsultation.ClosesAt);
        await RunJob<CloseDueConsultationsJob>();
        await App.DeliverEventsAsync();
        Clock.MoveTo(SampleConsultation.ClosesAt.AddMinutes(2));
        await RunJob<SealDueResponsesJob>();
        await App.DeliverEventsAsync();
        (await StatusOf(id)).ShouldBe("closed");
        return id;
    }

    private async Task<bool> IsLate(Guid id) => (await Anyone.GetAsync($"/api/v1/public/consultations/{await SlugOf(id)}").Success()).GetProperty("outcomeLate").GetBoolean();

    /// <summary>Tells every module of it, as the relay does.</summary>
    private async Task Publish(Guid id, int version, bool closesTheLoop)
    {
        var published = new OutcomePublishedV2(
            Guid.CreateVersion7(), new ConsultationId(id), await SlugOf(id), SampleConsultation.Details.Title, version, closesTheLoop, Clock.Now);
        await using (var scope = App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDbContext>();
            db.Outbox.Add(OutboxMessage.Of(published, "test"));
            foreach (var subscriber in App.Services.GetRequiredService<Subscriptions>().To(published.GetType()))
            {
                db.Deliveries.Add(Delivery.Of(published, subscriber.Name));
            }

            await db.SaveChangesAsync();
        }

        await App.DeliverEventsAsync();
    }
}
