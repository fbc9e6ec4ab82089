using Engagement.Kernel;
using Engagement.Platform.Jobs;
using Engagement.Platform.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Operations;

/// <summary>What waits, and which jobs do not do their work.</summary>
[InternalRequest]
public sealed record FindBacklog : IQuery<Backlog>;

/// <param name="FailingJobs">By name.</param>
/// <param name="LateJobs">By name: they should have run long since.</param>
/// <param name="ParkedEvents">Wait for somebody to look at them.</param>
/// <param name="WaitingEvents">Everything that is not handled yet.</param>
/// <param name="LastSealAt">Null while nothing has happened.</param>
public sealed record Backlog(
    IReadOnlyList<string> FailingJobs,
    IReadOnlyList<string> LateJobs,
    int ParkedEvents,
    int WaitingEvents,
    int FailedNotifications,
    int WaitingNotifications,
    int UnfinishedWork,
    DateTimeOffset? LastSealAt);

internal sealed class FindBacklogHandler(IPlatformDb db, IEnumerable<JobRegistration> registered, TimeProvider clock) : IRequestHandler<FindBacklog, Backlog>
{
    public async Task<Backlog> Handle(FindBacklog request, CancellationToken cancellationToken)
    {
        var jobs = await db.ReadJobs(registered, clock.GetUtcNow(), cancellationToken);
        var counts = await db.Database.SqlQuery<Counts>(
            $"""
            select (select count(*)::int from platform.delivery where parked_at is not null and handled_at is null) as "Parked",
                   (select count(*)::int from platform.delivery where handled_at is null) as "Waiting",
                   (select count(*)::int from platform.notification where failed_at is not null) as "FailedNotifications",
                   (select count(*)::int from platform.notification where sent_at is null and failed_at is null and superseded_at is null) as "WaitingNotifications",
                   (select count(*)::int from platform.work where state in ('Queued', 'Running')) as "Work",
                   (select sealed_at from platform.seal order by number desc limit 1) as "SealedAt"
            """).SingleAsync(cancellationToken);
        return new Backlog(
            [.. jobs.Where(j => j.FailuresInRow > 0).Select(j => j.Name)],
            [.. jobs.Where(j => j.IsLate).Select(j => j.Name)],
            counts.Parked,
            counts.Waiting,
            counts.FailedNotifications,
            counts.WaitingNotifications,
            counts.Work,
            counts.SealedAt);
    }

    private sealed record Counts(int Parked, int Waiting, int FailedNotifications, int WaitingNotifications, int Work, DateTimeOffset? SealedAt);
}
