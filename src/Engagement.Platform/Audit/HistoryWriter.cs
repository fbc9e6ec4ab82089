using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Audit;

internal static class HistoryWriter
{
    private static readonly byte[] NoHash = new byte[32];

    /// <summary>Adds an entry for each event to the context; they are saved with the change itself.</summary>
    public static async Task Append(
        ModuleDbContext db, IReadOnlyList<(Guid Identity, string Type, IDomainEvent Event)> events, ICurrentActor actor, CancellationToken cancellationToken)
    {
        var ids = events.Select(e => e.Identity).Distinct().ToList();
        var heads = await db.Set<HistoryHead>().Where(h => ids.Contains(h.AggregateId)).ToDictionaryAsync(h => h.AggregateId, cancellationToken);
        foreach (var (identity, type, domainEvent) in events)
        {
            if (!heads.TryGetValue(identity, out var head))
            {
                head = new HistoryHead { AggregateId = identity };
                heads.Add(identity, head);
                db.Add(head);
            }

            var entry = new HistoryEntry
            {
                AggregateId = identity,
                Position = head.Position + 1,
                AggregateType = type,
                Event = domainEvent.GetType().Name,
                Data = CanonicalJson.Of(domainEvent),
                Actor = actor.Actor.ToString(),
                Reason = domainEvent.Reason,
                RequestId = actor.RequestId,
                OccurredAt = ToMicroseconds(domainEvent.At),
                PreviousHash = head.Position == 0 ? NoHash : head.Hash,
            }.Sealed();
            head.Position = entry.Position;
            head.Hash = entry.Hash;
            db.Add(entry);
        }
    }

    /// <summary>PostgreSQL keeps microseconds; the hash must be of what is kept.</summary>
    private static DateTimeOffset ToMicroseconds(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % 10), TimeSpan.Zero);
}
