using Engagement.Platform.Persistence;
using Npgsql;

namespace Engagement.Host.Demo;

/// <summary>
/// What the database says of its demonstration: that a load began, and that it ended. Read and changed under a lock of the
/// database, so that of two programs that start at once one loads and the other waits.
/// </summary>
internal sealed class DemoRecord : IAsyncDisposable
{
    private const long AdvisoryLock = 7_234_003;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly NpgsqlConnection connection;

    private DemoRecord(NpgsqlConnection connection) => this.connection = connection;

    /// <param name="onWait">Called once when another program holds the record.</param>
    public static async Task<DemoRecord> HoldAsync(OwnerDataSource owner, Action onWait, CancellationToken cancellationToken)
    {
        var session = await owner.Value.OpenConnectionAsync(cancellationToken);
        try
        {
            for (var first = true; ; first = false)
            {
                await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({AdvisoryLock})", session);
                if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!)
                {
                    return new DemoRecord(session);
                }

                if (first)
                {
                    onWait();
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task<DemoLoad?> FindAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id, completed_at is not null from platform.demonstration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new DemoLoad(reader.GetGuid(0), reader.GetBoolean(1)) : null;
    }

    public async Task<DemoLoad> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var load = new DemoLoad(Guid.CreateVersion7(), IsComplete: false);
        await using var command = new NpgsqlCommand("insert into platform.demonstration (id, started_at) values ($1, $2)", connection);
        command.Parameters.Add(new() { Value = load.Id });
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return load;
    }

    public async Task CompleteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update platform.demonstration set completed_at = $1", connection);
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Closing the session gives the lock back.</summary>
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}

/// <param name="Id">Also stands in the file of credentials, so that a file of another database is not taken for this one's.</param>
internal sealed record DemoLoad(Guid Id, bool IsComplete);
