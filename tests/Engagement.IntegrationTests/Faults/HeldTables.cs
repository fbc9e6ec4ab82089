using System.Diagnostics;
using Engagement.TestKit;
using Npgsql;

namespace Engagement.IntegrationTests.Faults;

/// <summary>Tables that can be read and not written to for a while: whoever would write stands there in the middle of a transaction.</summary>
internal sealed class HeldTables : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource server;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private HeldTables(NpgsqlDataSource server, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (this.server, this.connection, this.transaction) = (server, connection, transaction);

    /// <param name="database">The owner's connection string.</param>
    /// <param name="tables">With their schemas, after commas.</param>
    public static async Task<HeldTables> HoldAsync(string database, string tables)
    {
        var own = NpgsqlDataSource.Create((await TestServer.Instance).AsAdministrator(database));
        var holding = await own.OpenConnectionAsync();
        var held = new HeldTables(own, holding, await holding.BeginTransactionAsync());
        await using var hold = new NpgsqlCommand($"lock table {tables} in share mode", holding, held.transaction);
        await hold.ExecuteNonQueryAsync();
        return held;
    }

    /// <summary>Until so many transactions wait, for a table or behind one that does.</summary>
    public async Task UntilWaiting(int transactions)
    {
        // Asked outside of the transaction, in which the answer would stay what it was.
        await using var count = server.CreateCommand("select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        for (var waited = Stopwatch.StartNew(); (int)(await count.ExecuteScalarAsync())! != transactions;)
        {
            waited.Elapsed.ShouldBeLessThan(Patience, $"{transactions} were to wait");
        }
    }

    public Task ReleaseAsync() => transaction.RollbackAsync();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        await server.DisposeAsync();
    }
}
