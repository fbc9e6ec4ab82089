using Engagement.ClosingTheLoop.Contracts;
using Engagement.Platform.Messaging;

namespace Engagement.Consultations.Application;

/// <summary>Hands a consultation to its decision-maker once every response has been read and grouped.</summary>
internal sealed class TakeUpForConsideration(IConsultationsDb db, TimeProvider clock) : IIntegrationEventHandler<CodingCompletedV1>
{
    public async Task Handle(CodingCompletedV1 integrationEvent, CancellationToken cancellationToken) =>
        (await db.Load(integrationEvent.ConsultationId, cancellationToken)).TakeUpForConsideration(clock.GetUtcNow());
}

/// <summary>Shows the public who decided and when.</summary>
internal sealed class ShowDecision(IConsultationsDb db, TimeProvider clock) : IIntegrationEventHandler<DecisionRecordedV1>
{
    public async Task Handle(DecisionRecordedV1 integrationEvent, CancellationToken cancellationToken) =>
        (await db.Load(integrationEvent.ConsultationId, cancellationToken)).RecordDecision(integrationEvent.Body, integrationEvent.DecidedOn, clock.GetUtcNow());
}

/// <summary>Stops calling the outcome due or late once one answers what people said. One that says only what happens next is no answer: people still wait.</summary>
internal sealed class ShowThatItWasAnswered(IConsultationsDb db, TimeProvider clock) : IIntegrationEventHandler<OutcomePublishedV2>
{
    public async Task Handle(OutcomePublishedV2 integrationEvent, CancellationToken cancellationToken)
    {
        if (integrationEvent.ClosesTheLoop)
        {
            (await db.Load(integrationEvent.ConsultationId, cancellationToken)).RecordOutcome(integrationEvent.OutcomeVersion, integrationEvent.OccurredAt, clock.GetUtcNow());
        }
    }
}
