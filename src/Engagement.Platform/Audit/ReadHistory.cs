using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Audit;

/// <param name="Hash">SHA-256, lower-case hexadecimal; covers the entry before it too.</param>
public sealed record HistoryRow(
    int Position, string Event, string Actor, string? Reason, DateTimeOffset At, string RequestId, JsonElement Data, string PreviousHash, string Hash);

public static class ReadHistory
{
    /// <summary>The entries of some aggregates of one module, oldest first within each.</summary>
    public static async Task<IReadOnlyList<HistoryRow>> HistoryOf(
        this IQueryable<HistoryEntry> history, IReadOnlyList<Guid> aggregates, CancellationToken cancellationToken) =>
        [.. (await history.AsNoTracking()
            .Where(h => aggregates.Contains(h.AggregateId))
            .OrderBy(h => h.OccurredAt).ThenBy(h => h.AggregateId).ThenBy(h => h.Position)
            .ToListAsync(cancellationToken))
            .Select(h => new HistoryRow(
                h.Position, h.Event, h.Actor, h.Reason, h.OccurredAt, h.RequestId, JsonSerializer.Deserialize<JsonElement>(h.Data),
                Convert.ToHexStringLower(h.PreviousHash), Convert.ToHexStringLower(h.Hash)))];
}
