using System.Diagnostics;
using System.Globalization;
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
    private const string Tablespace = "small";

    private EmbeddedPostgresServer? server;
    private SmallDisk? disk;
    private Task<ProductionRig>? rig;

    /// <summary>Under the production's tables, and not under what the server needs to come back; null where none can be made.</summary>
    internal SmallDisk? Disk => disk;

    private EmbeddedPostgresServer Server => server ?? throw new InvalidOperationException("The server has not been started.");

    public async Task InitializeAsync()
    {
        await TestServer.SweepAsync();
        server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresOptions
        {
            DataDirectory = TestServer.DirectoryOfThisProcess,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["track_commit_timestamp"] = "on" },
        });
        disk = await SmallDisk.TryMountAsync();
        if (disk is not null)
        {
            await Execute($"create tablespace {Tablespace} location '{disk.Directory}'");
        }
    }

    public async Task DisposeAsync()
    {
        if (rig is { IsCompletedSuccessfully: true })
        {
            await (await rig).DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
            if (disk is not null)
            {
                await disk.DisposeAsync();
            }

            Directory.Delete(TestServer.DirectoryOfThisProcess, recursive: true);
        }
    }

    /// <summary>The one production for all tests that need none of their own, whole again whatever the test before did to it.</summary>
    internal async Task<ProductionRig> WholeRigAsync()
    {
        var whole = await (rig ??= ProductionRig.StartAsync(this));
        await whole.HealAsync();
        return whole;
    }

    /// <summary>An empty database.</summary>
    /// <param name="onDisk">On <see cref="Disk"/>, where there is one.</param>
    /// <returns>The connection string of its owner, an ordinary role.</returns>
    public async Task<string> CreateDatabaseAsync(bool onDisk = false)
    {
        var name = $"f_{Guid.CreateVersion7():N}";
        await Execute($"create database {name} owner {EmbeddedPostgresServer.Owner}{(onDisk && disk is not null ? $" tablespace {Tablespace}" : "")}");
        return new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = name }.ConnectionString;
    }

    public Task DropDatabaseAsync(string connectionString) =>
        Execute($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>Kills the server and every process of its own, as <c>kill -9</c> does, and waits until what watches over it has brought it back.</summary>
    public async Task KillAsync()
    {
        var main = await MainProcess();
        foreach (var id in ChildrenOf(main).Prepend(main).ToList())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }

        await WaitUntilBack();
    }

    /// <summary>Stops the server in fast mode (whoever is connected is cut off), or in immediate mode (as a crash, but that it says so), and waits as <see cref="KillAsync"/> does.</summary>
    public async Task RestartAsync(bool immediately)
    {
        var main = await MainProcess();
        using (var signal = Process.Start("kill", [immediately ? "-QUIT" : "-INT", main.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync();
            signal.ExitCode.ShouldBe(0);
        }

        while (Directory.Exists($"/proc/{main.ToString(CultureInfo.InvariantCulture)}"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        await WaitUntilBack();
    }

    private async Task<int> MainProcess() => await Server.FindProcessIdAsync() ?? throw new InvalidOperationException("The server is down already.");

    private async Task WaitUntilBack()
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(50)))
        {
            try
            {
                await Execute("select 1");
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < TimeSpan.FromMinutes(1))
            {
                // Not yet.
            }
        }
    }

    /// <summary>Whether every transaction that is begun from now on is refused what it would write.</summary>
    public async Task ReadOnly(bool isReadOnly)
    {
        await Execute($"alter system {(isReadOnly ? "set default_transaction_read_only = on" : "reset default_transaction_read_only")}");
        await Execute("select pg_reload_conf()");
    }

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server.SuperuserConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static IEnumerable<int> ChildrenOf(int parent) =>
        Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == parent);

    private static int? ParentOf(int process)
    {
        try
        {
            // Its name stands in brackets and may hold anything; the state and the parent come after it.
            return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>Fault tests run one after the other: each measures instants on the machine that it has to itself.</summary>
[CollectionDefinition(Name)]
public sealed class FaultServerCollection : ICollectionFixture<FaultServer>
{
    public const string Name = "fault server";
}
