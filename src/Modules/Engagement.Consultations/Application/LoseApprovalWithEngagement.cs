using Engagement.Engagements.Contracts;
using Engagement.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>A consultation that waits for its opening waits for approval again when the plan it serves is no longer the approved one.</summary>
internal sealed class LoseApprovalWithEngagement(IConsultationsDb db, TimeProvider clock) : IIntegrationEventHandler<EngagementApprovalLapsedV1>
{
    public async Task Handle(EngagementApprovalLapsedV1 integrationEvent, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var consultation in await db.Consultations.Where(c => c.EngagementId == integrationEvent.EngagementId).ToListAsync(cancellationToken))
        {
            consultation.LoseApprovalWithEngagement(now);
        }
    }
}
