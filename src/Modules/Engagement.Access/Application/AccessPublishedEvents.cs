using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Messaging;

namespace Engagement.Access.Application;

/// <summary>The complete list of what this module tells the others.</summary>
internal sealed class AccessPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => domainEvent switch
    {
        TeamMerged e => new TeamMergedV1(Guid.CreateVersion7(), e.Id, e.Successor, e.At),
        _ => null,
    };
}
