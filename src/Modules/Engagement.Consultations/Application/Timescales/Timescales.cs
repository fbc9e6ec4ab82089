using Engagement.Consultations.Domain.Timescales;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Kept by the process: what was read last.</summary>
internal sealed class TimescaleCache(BuiltInTimescales builtIn)
{
    private volatile KnownTimescales last = new(builtIn, [], []);

    public KnownTimescales Last
    {
        get => last;
        set => last = value;
    }
}

internal sealed class Timescales(IConsultationsDb db, BuiltInTimescales builtIn, TimescaleCache cache) : ITimescales
{
    private KnownTimescales? ofThisRequest;

    public async Task<KnownTimescales> Read(CancellationToken cancellationToken)
    {
        if (ofThisRequest is not null)
        {
            return ofThisRequest;
        }

        var stamps = await db.Database.SqlQuery<string>(
            $"""
            select (select count(*) + count(withdrawn_at) from consultations.calendar_entry)::text || '.' || (select coalesce(sum(version), 0) from consultations.local_regime)::text as "Value"
            """).ToListAsync(cancellationToken);
        if (cache.Last.Stamp != stamps[0])
        {
            cache.Last = await ReadFresh(cancellationToken);
        }

        return ofThisRequest = cache.Last;
    }

    public async Task<KnownTimescales> ReadFresh(CancellationToken cancellationToken) => new(
        builtIn,
        await db.CalendarEntries.AsNoTracking().OrderBy(e => e.FirstDay).ThenBy(e => e.Id).ToListAsync(cancellationToken),
        await db.LocalRegimes.AsNoTracking().OrderBy(r => r.Code).ToListAsync(cancellationToken));
}
