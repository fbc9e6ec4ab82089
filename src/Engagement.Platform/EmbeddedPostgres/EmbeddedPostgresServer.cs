using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>
/// A PostgreSQL 18 server on a directory of this machine. Whoever comes first starts it, everybody after that attaches to it
/// (also to one that outlived a crashed program), and the last one that leaves stops it. While somebody uses it, a server that
/// dies is started again on the same port.
/// </summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    public const string Superuser = "postgres";

    /// <summary>The ordinary role that owns <see cref="Database"/>: not a superuser, so that restrictions of roles bite; it may create roles.</summary>
    public const string Owner = "engagement_owner";

    public const string Database = "engagement";

    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster;
    private readonly string _startLock;
    private readonly string _useLock;
    private readonly FileStream _use;
    private readonly IProgress<string>? _progress;
    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _watch;
    private int _left;

    private EmbeddedPostgresServer(EmbeddedPostgresOptions options, Cluster cluster, FileStream use, IProgress<string>? progress, string superuser, string owner)
    {
        _cluster = cluster;
        _startLock = StartLock(options);
        _useLock = UseLock(options);
        _use = use;
        _progress = progress;
        SuperuserConnectionString = superuser;
        ConnectionString = owner;
        _watch = WatchAsync(_leaving.Token);
    }

    /// <summary>Signs in as <see cref="Owner"/> to <see cref="Database"/>.</summary>
    public string ConnectionString { get; }

    /// <summary>Signs in as the superuser to the database <c>postgres</c>; for tests that make databases, never for the product.</summary>
    public string SuperuserConnectionString { get; }


    /// <exception cref="EmbeddedPostgresException">Names the step, the reason and the remedy.</exception>
    public static async Task<EmbeddedPostgresServer> StartAsync(
        EmbeddedPostgresOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        options = options with { DataDirectory = Path.GetFullPath(options.DataDirectory) };
        var account = ServerAccount.For(options);
        DataDirectories.Make(options.DataDirectory);
        var programs = await ServerPrograms.PrepareAsync(options, account, progress, cancellationToken);
        var cluster = new Cluster(options, programs, account);

        await using var guard = await LockStartAsync(StartLock(options), progress, cancellationToken);
        var superuserPassword = await PasswordFile.ReadOrCreateAsync(Path.Combine(options.DataDirectory, "superuser.password"), cancellationToken);
        var ownerPassword = await PasswordFile.ReadOrCreateAsync(Path.Combine(options.DataDirectory, "owner.password"), cancellationToken);
        if (!cluster.Exists)
        {
            progress?.Report("Creating the database cluster");
            await cluster.CreateAsync(superuserPassword, cancellationToken);
        }

        int port;
        if (await cluster.FindServerAsync(cancellationToken) is { } running)
        {
            progress?.Report($"Attaching to the PostgreSQL server that is running already (process {running.ProcessId})");
            port = running.Port;
        }
        else
        {
            progress?.Report("Starting PostgreSQL");
            port = await cluster.StartAsync(cancellationToken);
        }

        var superuser = ConnectionStringFor(port, Superuser, superuserPassword, "postgres");
        await PrepareDatabaseAsync(superuser, ownerPassword, options, progress, cancellationToken);
        var use = FileLock.Shared(UseLock(options));
        return new EmbeddedPostgresServer(options, cluster, use, progress, superuser, ConnectionStringFor(port, Owner, ownerPassword, Database));
    }

    /// <summary>Stops the server of a directory that nobody uses any more, whatever else is left of it; for whoever clears up after a program that was killed.</summary>
    public static async Task StopLeftAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken = default)
    {
        var account = ServerAccount.For(options);
        var programs = await ServerPrograms.PrepareAsync(options, account, progress: null, cancellationToken);
        await using var guard = await LockStartAsync(StartLock(options), progress: null, cancellationToken);
        await new Cluster(options, programs, account).StopAsync(cancellationToken);
    }

    /// <summary>The server's main process now, or null while it is down.</summary>
    public async Task<int?> FindProcessIdAsync(CancellationToken cancellationToken = default) =>
        (await _cluster.FindServerAsync(cancellationToken))?.ProcessId;

    /// <summary>Leaves the server, and stops it when nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) == 1)
        {
            return;
        }

        await _leaving.CancelAsync();
        await _watch;
        _leaving.Dispose();
        await using var guard = await LockStartAsync(_startLock, _progress, CancellationToken.None);
        await _use.DisposeAsync();
        await using var last = FileLock.TryExclusive(_useLock);
        if (last is not null)
        {
            await _cluster.StopAsync(CancellationToken.None);
        }
    }

    private static string StartLock(EmbeddedPostgresOptions options) => Path.Combine(options.DataDirectory, "start.lock");

    private static string UseLock(EmbeddedPostgresOptions options) => Path.Combine(options.DataDirectory, "use.lock");

    /// <summary>Held from the first look at the files until the server is up or down.</summary>
    internal static async Task<FileStream> LockStartAsync(string path, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        const string step = "Waiting for another program that is starting or stopping this server";
        try
        {
            return await FileLock.ExclusiveAsync(path, LockPatience, () => progress?.Report(step), cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new EmbeddedPostgresException(step, e.Message, "stop the other program, or choose another data directory.", e);
        }
    }

    private static string ConnectionStringFor(int port, string user, string password, string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = user, Password = password, Database = database }.ConnectionString;

    private static async Task PrepareDatabaseAsync(
        string superuser, string ownerPassword, EmbeddedPostgresOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(superuser) { Pooling = false }.ConnectionString);
        await using var connection = await ConnectAsync(dataSource, cancellationToken);
        var (hasOwner, hasDatabase, isDurable) = await InspectAsync(connection, cancellationToken);
        if (!isDurable && !options.FastAndUnsafe)
        {
            throw new EmbeddedPostgresException(
                "Checking the server's settings",
                $"the server on {options.DataDirectory} runs without flushing to disk, as tests run it",
                "stop the tests that use it, or choose another data directory.");
        }

        if (!hasOwner)
        {
            progress?.Report("Creating the database");
            // A generated hexadecimal password needs no quoting, and CREATE ROLE takes no parameters.
            await ExecuteAsync(connection, $"create role {Owner} login createrole password '{ownerPassword}'", cancellationToken);
        }

        if (!hasDatabase)
        {
            await ExecuteAsync(connection, $"create database {Database} owner {Owner}", cancellationToken);
        }
    }

    /// <summary>A server that recovers from a crash refuses connections for a while.</summary>
    private static async Task<NpgsqlConnection> ConnectAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await dataSource.OpenConnectionAsync(cancellationToken);
            }
            catch (NpgsqlException e) when (e.IsTransient && waited.Elapsed < ConnectPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
            catch (NpgsqlException e)
            {
                throw new EmbeddedPostgresException(
                    "Connecting to PostgreSQL", e.Message, "see server.log in the data directory; if its password files were lost, start with a fresh data directory.", e);
            }
        }
    }

    private static async Task<(bool HasOwner, bool HasDatabase, bool IsDurable)> InspectAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select exists (select from pg_roles where rolname = $1),
                   exists (select from pg_database where datname = $2),
                   current_setting('fsync') = 'on'
            """,
            connection);
        command.Parameters.Add(new() { Value = Owner });
        command.Parameters.Add(new() { Value = Database });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Starts the server again when it has died, so that its users find it on the port they know.</summary>
    private async Task WatchAsync(CancellationToken leaving)
    {
        using var timer = new PeriodicTimer(WatchInterval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(leaving))
            {
                if (await _cluster.FindServerAsync(leaving) is null)
                {
                    await RestartAsync(leaving);
                }
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Leaving ends the watch.
        }
    }

    private async Task RestartAsync(CancellationToken leaving)
    {
        try
        {
            await using var guard = await LockStartAsync(_startLock, _progress, leaving);
            if (await _cluster.FindServerAsync(leaving) is null)
            {
                _progress?.Report("PostgreSQL has stopped unexpectedly; starting it again");
                var port = await _cluster.StartAsync(leaving);
                _progress?.Report(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL runs again on port {port}"));
            }
        }
        catch (Exception e) when (e is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            _progress?.Report($"{e.Message} The next attempt follows in {WatchInterval.TotalSeconds:0} s.");
        }
    }
}
