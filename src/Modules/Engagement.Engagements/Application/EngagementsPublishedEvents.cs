using Engagement.Kernel;
using Engagement.Platform.Messaging;

namespace Engagement.Engagements.Application;

/// <summary>The complete list of what this module tells the others.</summary>
internal sealed class EngagementsPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => domainEvent switch
    {
        _ => null,
    };
}
