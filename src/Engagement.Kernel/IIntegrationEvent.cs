namespace Engagement.Kernel;

/// <summary>What one module tells the others. Its shape never changes; a new shape is a new type beside it.</summary>
public interface IIntegrationEvent
{
    /// <summary>Made once, when the event is written; the same on every delivery.</summary>
    Guid EventId { get; }

    /// <summary>Events with the same key reach each subscriber in the order in which they happened.</summary>
    Guid Key { get; }

    DateTimeOffset OccurredAt { get; }
}
