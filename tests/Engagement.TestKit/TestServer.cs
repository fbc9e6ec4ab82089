using System.Diagnostics;
using System.Globalization;
using Engagement.Host;
using Engagement.Platform.EmbeddedPostgres;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.TestKit;

/// <summary>
/// The PostgreSQL of a test run: the server that <c>ENGAGEMENT_TEST_POSTGRES</c> names, or an embedded one of this process that
/// trades durability for speed. Migrated once; each test works on a copy.
/// </summary>
public sealed class TestServer
{
    private const string DirectoryPrefix = "engagement-tests-";
    private static readonly Lazy<Task<TestServer>> Started = new(StartAsync);
    private readonly string administrator;
    private readonly string owner;
    private readonly string template;

    private TestServer(string administrator, string owner)
    {
        this.administrator = administrator;
        this.owner = owner;
        template = $"engagement_template_{Environment.ProcessId}";
    }

    public static Task<TestServer> Instance => Started.Value;

    /// <summary>A migrated database of its own.</summary>
    /// <returns>The owner's connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"t_{Guid.CreateVersion7():N}";
        await Execute($"create database {name} template {template} strategy file_copy owner {OwnerName}");
        return In(owner, name);
    }

    /// <summary>An empty database that nobody has migrated.</summary>
    /// <returns>The owner's connection string.</returns>
    public async Task<string> CreateEmptyDatabaseAsync()
    {
        var name = $"t_{Guid.CreateVersion7():N}";
        await Execute($"create database {name} owner {OwnerName}");
        return In(owner, name);
    }

    public async Task DropDatabaseAsync(string connectionString) =>
        await Execute($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>The same database as somebody whom no rule of the database binds: for tests of tampering.</summary>
    public string AsAdministrator(string connectionString) => In(administrator, new NpgsqlConnectionStringBuilder(connectionString).Database!);

    private string OwnerName => new NpgsqlConnectionStringBuilder(owner).Username!;

    private static string In(string server, string database) => new NpgsqlConnectionStringBuilder(server)
    {
        Database = database,
        MaxPoolSize = 20,
        ConnectionIdleLifetime = 5,
        ConnectionPruningInterval = 1,
    }.ConnectionString;

    private static async Task<TestServer> StartAsync()
    {
        var server = Environment.GetEnvironmentVariable("ENGAGEMENT_TEST_POSTGRES") is { Length: > 0 } external
            ? new TestServer(external, external)
            : await StartEmbeddedAsync();
        await server.CreateTemplateAsync();
        return server;
    }

    private static async Task<TestServer> StartEmbeddedAsync()
    {
        await SweepAsync();
        var directory = DirectoryOfThisProcess;
        var embedded = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = directory, FastAndUnsafe = true }, new Progress<string>(), CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            embedded.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(directory, recursive: true);
        };
        return new TestServer(embedded.SuperuserConnectionString, embedded.ConnectionString);
    }

    /// <summary>Where this process keeps an embedded server of tests; one that it leaves behind is swept by the next run.</summary>
    public static string DirectoryOfThisProcess => Path.Combine(Path.GetTempPath(), DirectoryPrefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Stops servers whose test run was killed before it could.</summary>
    public static async Task SweepAsync()
    {
        foreach (var directory in Directory.EnumerateDirectories(Path.GetTempPath(), DirectoryPrefix + "*"))
        {
            if (!int.TryParse(Path.GetFileName(directory)[DirectoryPrefix.Length..], CultureInfo.InvariantCulture, out var process) || IsAlive(process))
            {
                continue;
            }

            try
            {
                await EmbeddedPostgresServer.StopLeftAsync(new EmbeddedPostgresOptions { DataDirectory = directory });
                Directory.Delete(directory, recursive: true);
            }
            catch (Exception error) when (error is IOException or EmbeddedPostgresException or UnauthorizedAccessException)
            {
                // Another run is sweeping the same directory; what is left is left for the next one.
                await Console.Error.WriteLineAsync($"{directory} could not be removed: {error.Message}");
            }
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task CreateTemplateAsync()
    {
        await Execute($"drop database if exists {template} with (force)");
        await Execute($"create database {template} owner {OwnerName}");
        await MigrateAsync(In(owner, template));
    }

    public static async Task MigrateAsync(string connectionString)
    {
        await using var app = RunningApplication.Build(connectionString, new TestClock(), ProcessRole.Web);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        }
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administrator) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
