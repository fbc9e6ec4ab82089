using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Messaging;

/// <summary>
/// Lets parked events be tried once more: when that fails too, they are parked again. What is not parked is left alone, so doubling
/// the request does no harm.
/// </summary>
/// <param name="EventId">One event; null for every parked one.</param>
/// <param name="Subscriber">One subscriber of it; null for each.</param>
[RequiresScope("administration:write")]
public sealed record TryEventsAgain(Guid? EventId = null, string? Subscriber = null) : ICommand<TriedAgain>;

public sealed record TriedAgain(int Count);

internal sealed class TryEventsAgainHandler(IPlatformDb db, TimeProvider clock) : IRequestHandler<TryEventsAgain, TriedAgain>
{
    private const int AtOnce = 1000;

    public async Task<TriedAgain> Handle(TryEventsAgain request, CancellationToken cancellationToken)
    {
        var parked = await db.Deliveries
            .Where(d => d.ParkedAt != null && d.HandledAt == null)
            .Where(d => request.EventId == null || d.EventId == request.EventId)
            .Where(d => request.Subscriber == null || d.Subscriber == request.Subscriber)
            .OrderBy(d => d.Sequence)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var delivery in parked)
        {
            delivery.TryAgain(now);
            db.Record(delivery.EventId, nameof(Delivery), new DeliveryTriedAgain(delivery.EventId, delivery.Subscriber, delivery.Attempts, now));
        }

        await db.SaveChangesAsync(cancellationToken);
        return new TriedAgain(parked.Count);
    }
}

internal sealed record DeliveryTriedAgain(Guid EventId, string Subscriber, int Attempts, DateTimeOffset At) : IDomainEvent;
