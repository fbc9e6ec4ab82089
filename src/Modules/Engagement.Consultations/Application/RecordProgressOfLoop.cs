using Engagement.ClosingTheLoop.Contracts;
using Engagement.Platform.Messaging;
using MediatR;

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

/// <summary>Stops calling the outcome due or late once it is published. What only says what happens next is no outcome: people still wait.</summary>
internal sealed class ShowThatItWasAnswered(IConsultationsDb db, IMediator mediator, TimeProvider clock) : IIntegrationEventHandler<OutcomePublishedV1>
{
    public async Task Handle(OutcomePublishedV1 integrationEvent, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(integrationEvent.ConsultationId, cancellationToken);
        var outcome = await mediator.Send(new FindResponseOutcomes(integrationEvent.ConsultationId, []), cancellationToken);
        if (outcome is null or { Themes.Count: > 0 } || consultation.ResponseCount == 0)
        {
            consultation.RecordOutcome(integrationEvent.OutcomeVersion, integrationEvent.OccurredAt, clock.GetUtcNow());
        }
    }
}
