using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application;

/// <summary>From the close on the council owes an outcome, by the date it promised.</summary>
internal sealed class BeginLoopOfClosedConsultation(IClosingTheLoopDb db, TimeProvider clock) : IIntegrationEventHandler<ConsultationClosedV1>
{
    public async Task Handle(ConsultationClosedV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await db.Loops.AnyAsync(l => l.ConsultationId == integrationEvent.ConsultationId, cancellationToken))
        {
            return;
        }

        db.Loops.Add(Loop.Begin(
            integrationEvent.ConsultationId,
            integrationEvent.EngagementId,
            integrationEvent.Slug,
            integrationEvent.Title,
            integrationEvent.ClosedAt,
            integrationEvent.ResponseCount,
            integrationEvent.ResponseDigest,
            integrationEvent.OutcomeDueOn,
            integrationEvent.Threshold,
            clock.GetUtcNow()));
    }
}
