using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.Platform.Messaging;

namespace Engagement.Engagements.Application;

/// <summary>The complete list of what this module tells the others.</summary>
internal sealed class EngagementsPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => domainEvent switch
    {
        EngagementApproved e => new EngagementApprovedV1(Guid.CreateVersion7(), e.Id, e.Reference, e.At),
        PlanEdited { ApprovalVoided: true } e => new EngagementApprovalLapsedV1(Guid.CreateVersion7(), e.Id, e.At),
        EngagementCancelled e => new EngagementCancelledV1(Guid.CreateVersion7(), e.Id, e.Reason, e.At),
        _ => null,
    };
}
