using Engagement.Participation.Contracts;
using Engagement.Platform.Messaging;

namespace Engagement.Consultations.Application;

/// <summary>Closes the consultation: every response sent in time is in, counted and sealed.</summary>
internal sealed class RecordSealedResponses(IConsultationsDb db, TimeProvider clock) : IIntegrationEventHandler<ResponsesSealedV1>
{
    public async Task Handle(ResponsesSealedV1 integrationEvent, CancellationToken cancellationToken) =>
        (await db.Load(integrationEvent.ConsultationId, cancellationToken)).Close(integrationEvent.Count, integrationEvent.Digest, clock.GetUtcNow());
}
