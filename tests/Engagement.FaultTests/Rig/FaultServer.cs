using Engagement.Platform.EmbeddedPostgres;
using Engagement.TestKit;
using Npgsql;

namespace Engagement.FaultTests.Rig;

/// <summary>
/// One PostgreSQL server for all fault tests of a run, as careful as in production: every commit is on disk before it is
/// acknowledged. It also keeps the instant of each commit, so that tests measure when a change became true and not when it was begun.
/// </summary>
public sealed class FaultServer : IAsyncLifetime
{
    private EmbeddedPostgresServer? server;

    private EmbeddedPostgresServer Server => server ?? throw new InvalidOperationException("The server has not been started.");

    public async Task InitializeAsync()
    {
        await TestServer.SweepAsync();
        server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresOptions
        {
            DataDirectory = TestServer.DirectoryOfThisProcess,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["track_commit_timestamp"] = "on" },
        });
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            Directory.Delete(TestServer.DirectoryOfThisProcess, recursive: true);
        }
    }

    /// <summary>An empty database.</summary>
    /// <returns>The connection string of its owner, an ordinary role.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"f_{Guid.CreateVersion7():N}";
        await Execute($"create database {name} owner {EmbeddedPostgresServer.Owner}");
        return new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = name }.ConnectionString;
    }

    public Task DropDatabaseAsync(string connectionString) =>
        Execute($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server.SuperuserConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Fault tests run one after the other: each measures instants on the machine that it has to itself.</summary>
[CollectionDefinition(Name)]
public sealed class FaultServerCollection : ICollectionFixture<FaultServer>
{
    public const string Name = "fault server";
}
