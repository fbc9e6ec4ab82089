using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Quartz;

namespace Engagement.Platform.Jobs;

/// <summary>
/// Writes down how each job is doing. Sweeps look every second, so a look that found nothing is written every half minute only;
/// what did something or failed is written at once.
/// </summary>
public sealed class JobRuns(NpgsqlDataSource dataSource, TimeProvider clock)
{
    public static readonly TimeSpan BetweenIdleWrites = TimeSpan.FromSeconds(30);
    private const int Kept = 100;
    private readonly ConcurrentDictionary<string, int> did = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, bool Failed)> written = new(StringComparer.Ordinal);

    /// <summary>Called by a job as it goes: so many things are done.</summary>
    public void Did(string job, int count) => did.AddOrUpdate(job, count, (_, before) => before + count);

    /// <param name="error">Null when it went well.</param>
    public async Task RecordAsync(string job, TimeSpan duration, Exception? error, CancellationToken cancellationToken)
    {
        did.TryRemove(job, out var done);
        var now = clock.GetUtcNow();
        var last = written.GetValueOrDefault(job);
        if (error is null && done == 0 && !last.Failed && now < last.At + BetweenIdleWrites)
        {
            return;
        }

        await WriteAsync(job, now, duration, done, error is null ? null : Describe(error), cancellationToken);
        written[job] = (now, error is not null);
    }

    /// <summary>Runs a job and records it, as the scheduler does.</summary>
    /// <returns>How many things it did.</returns>
    public async Task<int> RunAsync(string job, IJob instance, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        Exception? failure = null;
        try
        {
            // A sweep looks at the database and at nothing that the scheduler could tell it.
            await instance.Execute(null!, cancellationToken);
            return did.GetValueOrDefault(job);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            failure = error;
            throw;
        }
        finally
        {
            await RecordAsync(job, clock.GetElapsedTime(started), failure, cancellationToken);
        }
    }

    private static string Describe(Exception error)
    {
        var inner = error is JobExecutionException { InnerException: { } cause } ? cause : error;
        var text = inner is SweepFailedException ? inner.Message : $"{inner.GetType().Name}: {inner.Message}";
        return text.Length > 2000 ? text[..2000] : text;
    }

    private async Task WriteAsync(string job, DateTimeOffset now, TimeSpan duration, int done, string? error, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            with run as (
                insert into platform.job_run (job, started_at, ended_at, done, error) select $1, $3, $2, $5, $6 where $5 > 0 or $6 is not null),
            old as (
                delete from platform.job_run where job = $1 and ($5 > 0 or $6 is not null)
                   and id <= (select id from platform.job_run where job = $1 order by id desc offset $7 limit 1))
            insert into platform.job (name, last_run_at, last_success_at, last_failure_at, last_error, last_duration, failures_in_row, done)
            values ($1, $2, case when $6 is null then $2 end, case when $6 is not null then $2 end, $6, $4, case when $6 is null then 0 else 1 end, $5)
            on conflict (name) do update set
                last_run_at = excluded.last_run_at, last_duration = excluded.last_duration, done = platform.job.done + excluded.done,
                last_success_at = coalesce(excluded.last_success_at, platform.job.last_success_at),
                last_failure_at = coalesce(excluded.last_failure_at, platform.job.last_failure_at),
                last_error = coalesce(excluded.last_error, platform.job.last_error),
                failures_in_row = case when excluded.failures_in_row = 0 then 0 else platform.job.failures_in_row + 1 end
            """);
        command.Parameters.Add(new() { Value = job });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - duration });
        command.Parameters.Add(new() { Value = duration });
        command.Parameters.Add(new() { Value = done });
        command.Parameters.Add(new() { Value = (object?)error ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = Kept - 1 });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Tells <see cref="JobRuns"/> of every run that the scheduler made.</summary>
internal sealed partial class JobRunListener(JobRuns runs, ILogger<JobRunListener> logger) : IJobListener
{
    public string Name => "job-runs";

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public async ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
    {
        try
        {
            await runs.RecordAsync(context.JobDetail.Key.Name, context.JobRunTime, jobException, cancellationToken);
        }
        catch (NpgsqlException error)
        {
            // The database is away, so the job failed as well; the run after it is recorded again.
            NotRecorded(error, context.JobDetail.Key.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How {Job} ran could not be recorded.")]
    private partial void NotRecorded(Exception error, string job);
}
