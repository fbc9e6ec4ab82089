using Engagement.Kernel;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Jobs;

/// <summary>Every job with its schedule and how it last went, by name.</summary>
[RequiresScope("administration:read")]
public sealed record ListJobs : IQuery<IReadOnlyList<JobRow>>;

/// <param name="Every">How often it looks.</param>
/// <param name="LastRunAt">To half a minute, where it found nothing; null while it never ran.</param>
/// <param name="IsLate">It should have run long since: no worker is there, or the worker hangs.</param>
/// <param name="FailuresInRow">0 while it goes well.</param>
/// <param name="Done">How many things it has done so far.</param>
public sealed record JobRow(
    string Name,
    TimeSpan Every,
    DateTimeOffset? LastRunAt,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset? LastFailureAt,
    string? LastError,
    TimeSpan? LastDuration,
    bool IsLate,
    int FailuresInRow,
    long Done)
{
    /// <summary>Three turns and a minute: what is written down lags behind by half a minute, and a busy machine by more.</summary>
    internal static JobRow Of(JobRegistration job, JobRecord? record, DateTimeOffset now) => new(
        job.Name,
        job.Every,
        record?.LastRunAt,
        record?.LastSuccessAt,
        record?.LastFailureAt,
        record?.LastError,
        record?.LastDuration,
        record is null || record.LastRunAt + (3 * job.Every) + TimeSpan.FromMinutes(1) < now,
        record?.FailuresInRow ?? 0,
        record?.Done ?? 0);
}

internal sealed class ListJobsHandler(IPlatformDb db, IEnumerable<JobRegistration> jobs, TimeProvider clock) : IRequestHandler<ListJobs, IReadOnlyList<JobRow>>
{
    public Task<IReadOnlyList<JobRow>> Handle(ListJobs request, CancellationToken cancellationToken) => db.ReadJobs(jobs, clock.GetUtcNow(), cancellationToken);
}

internal static class JobRows
{
    public static async Task<IReadOnlyList<JobRow>> ReadJobs(this IPlatformDb db, IEnumerable<JobRegistration> jobs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = await db.Jobs.AsNoTracking().ToDictionaryAsync(j => j.Name, StringComparer.Ordinal, cancellationToken);
        return [.. jobs.OrderBy(j => j.Name, StringComparer.Ordinal).Select(j => JobRow.Of(j, records.GetValueOrDefault(j.Name), now))];
    }
}
