using Engagement.Kernel;
using Engagement.Platform.Messaging;

namespace Engagement.Participation.Application;

/// <summary>The complete list of what this module tells the others.</summary>
internal sealed class ParticipationPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => domainEvent switch
    {
        _ => null,
    };
}
