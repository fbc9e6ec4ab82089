using Engagement.Engagements.Contracts;
using Engagement.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>
/// With its engagement a consultation ends, for the same reason. One that has closed stays: people have spoken, and are owed an
/// outcome even where the proposal is given up.
/// </summary>
internal sealed class WithdrawConsultationsOfCancelledEngagement(IConsultationsDb db, TimeProvider clock) : IIntegrationEventHandler<EngagementCancelledV1>
{
    public async Task Handle(EngagementCancelledV1 integrationEvent, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultations = await db.Consultations.Where(c => c.EngagementId == integrationEvent.EngagementId).ToListAsync(cancellationToken);
        foreach (var consultation in consultations.Where(c => c.CanBeWithdrawn(now)))
        {
            consultation.Withdraw(integrationEvent.PublicReason, now);
        }
    }
}
