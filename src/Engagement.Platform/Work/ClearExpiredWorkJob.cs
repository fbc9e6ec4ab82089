using Engagement.Platform.Jobs;
using Npgsql;
using Quartz;

namespace Engagement.Platform.Work;

/// <summary>Every hour, removes the files that are not kept any more. That they are not given out from the instant itself on is no matter of this job.</summary>
[DisallowConcurrentExecution]
internal sealed class ClearExpiredWorkJob(NpgsqlDataSource dataSource, JobRuns runs, TimeProvider clock) : IJob
{
    public const string Name = "clear-expired-work";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(
            """
            with expired as (update platform.work set cleared_at = $1 where cleared_at is null and expires_at <= $1 returning id),
            removed as (delete from platform.work_chunk where work_id in (select id from expired))
            select count(*)::int from expired
            """);
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        runs.Did(Name, (int)(await command.ExecuteScalarAsync(cancellationToken))!);
    }
}
