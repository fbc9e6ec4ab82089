using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Messaging;

/// <summary>Events that a subscriber could not handle: parked ones, which wait for somebody, and those that are still tried again.</summary>
[RequiresScope("administration:read")]
public sealed record ListStuckEvents : IQuery<StuckEvents>
{
    /// <summary>Of each; the count says how many there are in all.</summary>
    public const int Shown = 100;
}

/// <param name="ParkedCount">All of them, also those that are not shown.</param>
/// <param name="Waiting">Everything that is not handled yet, with what waits its turn.</param>
public sealed record StuckEvents(IReadOnlyList<StuckEvent> Parked, long ParkedCount, IReadOnlyList<StuckEvent> Retrying, long Waiting);

/// <param name="Type">The contract, such as <c>ConsultationClosedV1</c>.</param>
/// <param name="Module">Who told of it.</param>
/// <param name="Key">What it is about, such as the consultation.</param>
/// <param name="ParkedAt">Null while it is still tried again.</param>
/// <param name="Behind">Later events on the same thing that wait for this one.</param>
public sealed record StuckEvent(
    Guid EventId,
    string Subscriber,
    string Type,
    string Module,
    Guid Key,
    DateTimeOffset OccurredAt,
    DateTimeOffset? ParkedAt,
    DateTimeOffset NextAttemptAt,
    int Attempts,
    string? Error,
    int Behind);

internal sealed class ListStuckEventsHandler(IPlatformDb db) : IRequestHandler<ListStuckEvents, StuckEvents>
{
    public async Task<StuckEvents> Handle(ListStuckEvents request, CancellationToken cancellationToken)
    {
        var unhandled = db.Deliveries.AsNoTracking().Where(d => d.HandledAt == null);
        return new StuckEvents(
            await Rows(unhandled.Where(d => d.ParkedAt != null)).ToListAsync(cancellationToken),
            await unhandled.LongCountAsync(d => d.ParkedAt != null, cancellationToken),
            await Rows(unhandled.Where(d => d.ParkedAt == null && d.Attempts > 0)).ToListAsync(cancellationToken),
            await unhandled.LongCountAsync(cancellationToken));
    }

    private IQueryable<StuckEvent> Rows(IQueryable<Delivery> deliveries) =>
        (from d in deliveries
         join m in db.Outbox.AsNoTracking() on d.EventId equals m.EventId
         orderby d.Sequence
         select new StuckEvent(
             d.EventId,
             d.Subscriber,
             m.Type,
             m.Module,
             d.Key,
             m.OccurredAt,
             d.ParkedAt,
             d.NextAttemptAt,
             d.Attempts,
             d.Error,
             db.Deliveries.Count(e => e.HandledAt == null && e.Subscriber == d.Subscriber && e.Key == d.Key && e.Sequence > d.Sequence)))
        .Take(ListStuckEvents.Shown);
}
