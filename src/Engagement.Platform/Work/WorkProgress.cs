using Npgsql;

namespace Engagement.Platform.Work;

/// <summary>
/// Keeps one attempt alive and tells how far it is: it renews the lease, and stops the attempt when somebody cancelled the work or
/// when the lease was lost to another worker.
/// </summary>
internal sealed class WorkProgress : IAsyncDisposable
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource dataSource;
    private readonly TimeProvider clock;
    private readonly WorkId id;
    private readonly int attempt;
    private readonly CancellationTokenSource stop;
    private readonly SemaphoreSlim writing = new(1);
    private readonly CancellationTokenSource ended = new();
    private readonly Task beating;
    private long done;
    private long? total;
    private string? message;
    private long lastWrite;

    public WorkProgress(NpgsqlDataSource dataSource, TimeProvider clock, WorkId id, int attempt, CancellationTokenSource stop)
    {
        this.dataSource = dataSource;
        this.clock = clock;
        this.id = id;
        this.attempt = attempt;
        this.stop = stop;
        lastWrite = clock.GetTimestamp();
        beating = BeatAsync();
    }

    public bool IsCancelled { get; private set; }

    /// <summary>Another worker has it, or it has ended.</summary>
    public bool IsLost { get; private set; }

    public long Done => done;

    public long? Total => total;

    public async ValueTask ReportAsync(long nowDone, long? nowTotal, string? nowMessage)
    {
        done = nowDone;
        total = nowTotal ?? total;
        message = nowMessage ?? message;
        if (clock.GetElapsedTime(lastWrite) >= BetweenReports)
        {
            await WriteAsync(stop.Token);
        }
    }

    /// <summary>Renews the lease and writes how far it is.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            lastWrite = clock.GetTimestamp();
            await using var command = dataSource.CreateCommand(
                """
                update platform.work set lease_until = $3, done = $4, total = $5, message = $6
                 where id = $1 and attempts = $2 and state = 'Running' returning cancel_requested_at is not null
                """);
            command.Parameters.Add(new() { Value = id.Value });
            command.Parameters.Add(new() { Value = attempt });
            command.Parameters.Add(new() { Value = clock.GetUtcNow() + WorkRunner.Lease });
            command.Parameters.Add(new() { Value = done });
            command.Parameters.Add(new() { Value = (object?)total ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
            command.Parameters.Add(new() { Value = (object?)message ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
            var answer = await command.ExecuteScalarAsync(cancellationToken);
            IsLost = answer is null;
            IsCancelled = answer is true;
        }
        finally
        {
            writing.Release();
        }

        if (IsLost || IsCancelled)
        {
            await stop.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await beating;
        ended.Dispose();
        writing.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(WorkRunner.Lease / 4);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                try
                {
                    await WriteAsync(ended.Token);
                }
                catch (NpgsqlException)
                {
                    // The database is away. Another beat follows; if they all fail the lease runs out, which is what leases are for.
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The attempt has ended.
        }
    }
}
