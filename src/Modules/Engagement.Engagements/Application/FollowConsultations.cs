using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Platform.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>
/// The engagement follows its consultations. Each handler notes how far one has come; the aggregate decides what that means. The
/// handlers tolerate repeats, any order among them, and events of engagements that this module does not have.
/// </summary>
internal sealed class NoteScheduledConsultation(IEngagementsDb db) : IIntegrationEventHandler<ConsultationScheduledV1>
{
    public Task Handle(ConsultationScheduledV1 integrationEvent, CancellationToken cancellationToken) => db.Note(
        integrationEvent.EngagementId, integrationEvent.ConsultationId, ConsultationStage.Scheduled, integrationEvent.OccurredAt, cancellationToken);
}

/// <summary>Live.</summary>
internal sealed class GoLiveWithOpenConsultation(IEngagementsDb db) : IIntegrationEventHandler<ConsultationOpenedV1>
{
    public Task Handle(ConsultationOpenedV1 integrationEvent, CancellationToken cancellationToken) => db.Note(
        integrationEvent.EngagementId, integrationEvent.ConsultationId, ConsultationStage.Open, integrationEvent.OccurredAt, cancellationToken);
}

/// <summary>Analysing, when it was the last one open.</summary>
internal sealed class AnalyseClosedConsultation(IEngagementsDb db) : IIntegrationEventHandler<ConsultationClosedV1>
{
    public Task Handle(ConsultationClosedV1 integrationEvent, CancellationToken cancellationToken) => db.Note(
        integrationEvent.EngagementId, integrationEvent.ConsultationId, ConsultationStage.Closed, integrationEvent.OccurredAt, cancellationToken);
}

/// <summary>AwaitingDecision, when it was the last one to be coded.</summary>
internal sealed class AwaitDecisionOnCodedConsultation(IEngagementsDb db, IMediator mediator) : IIntegrationEventHandler<CodingCompletedV1>
{
    public async Task Handle(CodingCompletedV1 integrationEvent, CancellationToken cancellationToken)
    {
        if (await db.EngagementOf(integrationEvent.ConsultationId, mediator, cancellationToken) is { } engagement)
        {
            await db.Note(engagement, integrationEvent.ConsultationId, ConsultationStage.Coded, integrationEvent.OccurredAt, cancellationToken);
        }
    }
}

/// <summary>FedBack, when it was the last one without an outcome that answers what people said.</summary>
internal sealed class FeedBackPublishedOutcome(IEngagementsDb db, IMediator mediator) : IIntegrationEventHandler<OutcomePublishedV2>
{
    public async Task Handle(OutcomePublishedV2 integrationEvent, CancellationToken cancellationToken)
    {
        if (integrationEvent.ClosesTheLoop && await db.EngagementOf(integrationEvent.ConsultationId, mediator, cancellationToken) is { } engagement)
        {
            await db.Note(engagement, integrationEvent.ConsultationId, ConsultationStage.OutcomePublished, integrationEvent.OccurredAt, cancellationToken);
        }
    }
}

/// <summary>The engagement goes by its other consultations.</summary>
internal sealed class LeaveOutWithdrawnConsultation(IEngagementsDb db) : IIntegrationEventHandler<ConsultationWithdrawnV1>
{
    public async Task Handle(ConsultationWithdrawnV1 integrationEvent, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.SingleOrDefaultAsync(e => e.Id == integrationEvent.EngagementId, cancellationToken);
        engagement?.LeaveOut(integrationEvent.ConsultationId, integrationEvent.PublicReason, integrationEvent.OccurredAt);
    }
}

file static class FollowedEngagements
{
    public static async Task Note(
        this IEngagementsDb db, EngagementId id, ConsultationId consultation, ConsultationStage stage, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.SingleOrDefaultAsync(e => e.Id == id, cancellationToken);
        engagement?.Note(consultation, stage, at);
    }

    /// <summary>Some events name the consultation only. Its scheduling may still be on its way to us; then Consultations knows.</summary>
    public static async Task<EngagementId?> EngagementOf(
        this IEngagementsDb db, ConsultationId consultation, IMediator mediator, CancellationToken cancellationToken)
    {
        var known = await db.Engagements.AsNoTracking()
            .Where(e => e.Consultations.Any(c => c.ConsultationId == consultation))
            .Select(e => (EngagementId?)e.Id)
            .SingleOrDefaultAsync(cancellationToken);
        return known ?? (await mediator.Send(new FindConsultation(consultation), cancellationToken))?.EngagementId;
    }
}
