using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using Engagement.Platform.Messaging;

namespace Engagement.ClosingTheLoop.Application;

/// <summary>The complete list of what this module tells the others.</summary>
internal sealed class ClosingTheLoopPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => domainEvent switch
    {
        CodingCompleted e => new CodingCompletedV1(Guid.CreateVersion7(), e.ConsultationId, e.Themes, e.At),
        DecisionRecorded e => new DecisionRecordedV1(Guid.CreateVersion7(), e.ConsultationId, e.Decision.Body, e.Decision.DecidedOn, e.Decision.Minute, e.At),
        OutcomePublished e => new OutcomePublishedV2(Guid.CreateVersion7(), e.ConsultationId, e.Slug, e.Title, e.OutcomeVersion, e.ClosesTheLoop, e.At),
        _ => null,
    };
}
