using Engagement.Kernel;

namespace Engagement.Platform.Messaging;

/// <summary>The complete list of what a module tells the others.</summary>
public interface IPublishedEvents
{
    /// <returns>Null where the event stays in the module.</returns>
    IIntegrationEvent? Translate(IDomainEvent domainEvent);
}

/// <summary>For a module that tells the others nothing.</summary>
public sealed class NoPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => null;
}

/// <summary>
/// Changes the tables of its own module and calls no network. It does not save: the relay saves the change together with the
/// mark that the event is handled, so a second delivery does nothing.
/// </summary>
public interface IIntegrationEventHandler<in TEvent>
    where TEvent : IIntegrationEvent
{
    Task Handle(TEvent integrationEvent, CancellationToken cancellationToken);
}
