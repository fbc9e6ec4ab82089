namespace Engagement.Kernel;

/// <summary>A consistency boundary: it is loaded whole, changed by its own methods and saved in one transaction.</summary>
public abstract class AggregateRoot
{
    private readonly List<IDomainEvent> domainEvents = [];

    /// <summary>The identity under which the aggregate's history is chained.</summary>
    public abstract Guid Identity { get; }

    /// <summary>
    /// Counts saves, from 1. It is the resource's ETag and its concurrency token: of two savers who loaded the same version
    /// one is refused.
    /// </summary>
    public int Version { get; private set; }

    public IReadOnlyList<IDomainEvent> DomainEvents => domainEvents;

    /// <summary>Refuses a change that was made to an older version.</summary>
    /// <param name="expected">The version the caller read; null where the caller need not have read one.</param>
    /// <exception cref="StaleVersionException">The aggregate has moved on.</exception>
    public void MustBeAt(int? expected)
    {
        if (expected is not null && expected != Version)
        {
            throw new StaleVersionException(expected, Version);
        }
    }

    protected void Raise(IDomainEvent domainEvent) => domainEvents.Add(domainEvent);

    /// <summary>Called once for each save, by the persistence only: the next version begins and the events have been taken.</summary>
    public IReadOnlyList<IDomainEvent> TakeEvents()
    {
        Version++;
        IDomainEvent[] taken = [.. domainEvents];
        domainEvents.Clear();
        return taken;
    }
}
