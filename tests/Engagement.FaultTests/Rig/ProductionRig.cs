using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Engagement.TestKit;
using Npgsql;

namespace Engagement.FaultTests.Rig;

/// <summary>
/// The product as it runs in production: a database of its own on a durable server, web and workers as processes, two API clients
/// who act as author and as approver. Everything that it starts ends with it, also when a test fails.
/// </summary>
internal sealed class ProductionRig : IAsyncDisposable
{
    private readonly FaultServer server;
    private readonly string connectionString;
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("engagement-faults-");
    private readonly Dictionary<string, string> environment;
    private readonly List<ProgramProcess> processes = [];
    private readonly List<ProgramProcess> workers = [];
    private readonly int webPort = FreePort();
    private readonly TcpProxy? between;
    private NpgsqlDataSource? database;

    private ProductionRig(FaultServer server, string connectionString, IReadOnlyDictionary<string, string> settings, bool throughProxy)
    {
        this.server = server;
        this.connectionString = connectionString;
        between = throughProxy ? new TcpProxy(new NpgsqlConnectionStringBuilder(connectionString).Port) : null;
        environment = new Dictionary<string, string>(settings, StringComparer.Ordinal)
        {
            ["Security__MasterKeyFile"] = Path.Combine(directory.FullName, "master.key"),
            ["Mail__Directory"] = Path.Combine(directory.FullName, "mail"),
            ["RateLimits__RequestsPerMinute"] = "1000000",
            ["RateLimits__PagesPerMinute"] = "1000000",
            ["RateLimits__ResponsesPerHour"] = "1000000",
            ["RateLimits__AtOnce"] = "1000",
        };
    }

    public HttpClient Author { get; private set; } = null!;

    public HttpClient Approver { get; private set; } = null!;

    /// <summary>Between the web process and the database, where it was asked for.</summary>
    public TcpProxy Between => between ?? throw new InvalidOperationException("The rig was started without a proxy.");

    /// <summary>The web process that was started last.</summary>
    public ProgramProcess Web { get; private set; } = null!;

    /// <summary>In the order in which they were ready. Each signs its messages with its name.</summary>
    public IReadOnlyList<ProgramProcess> Workers => workers;

    /// <summary>Where the web process listens, whichever process it is.</summary>
    public Uri WebAddress => new($"http://127.0.0.1:{webPort.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The database as its owner sees it.</summary>
    public NpgsqlDataSource Database => database ??= NpgsqlDataSource.Create(connectionString);

    public string Logs => string.Join(Environment.NewLine, processes.Select(p => p.Log));

    /// <summary>Makes the database, and starts one web process and as many workers as asked for.</summary>
    /// <param name="settings">Environment variables of the program, such as <c>Consultations__DrainWindow</c>.</param>
    /// <param name="throughProxy">Whether the web process reaches the database by <see cref="Between"/> only.</param>
    /// <param name="tablespace">Where the database lies; null for beside the others.</param>
    public static async Task<ProductionRig> StartAsync(
        FaultServer server, int workerCount, IReadOnlyDictionary<string, string> settings, bool throughProxy = false, string? tablespace = null)
    {
        var rig = new ProductionRig(server, await server.CreateDatabaseAsync(tablespace), settings, throughProxy);
        try
        {
            await File.WriteAllTextAsync(rig.environment["Security__MasterKeyFile"], Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            await rig.Run("migrate");
            await Task.WhenAll(Enumerable.Range(1, workerCount).Select(rig.StartWorkerAsync).Append(rig.StartWebAsync()));
            rig.Author = await rig.Client("Author", "engagements:read engagements:write consultations:read consultations:write participation:read participation:write outcomes:read outcomes:write");
            rig.Approver = await rig.Client("Approver", "engagements:read engagements:approve consultations:read consultations:approve outcomes:read outcomes:approve");
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the web process, on the port that it had before.</summary>
    public async Task StartWebAsync() => Web = await Start("web", "web", webPort);

    /// <summary>Starts another web process, on a port of its own.</summary>
    /// <param name="settings">Environment variables that only this one has.</param>
    /// <param name="untilReady">False where it is not to become ready.</param>
    public Task<ProgramProcess> StartAnotherWebAsync(IReadOnlyDictionary<string, string> settings, bool untilReady) => Start("web", "another web", FreePort(), settings, untilReady);

    /// <summary>Kills a worker and starts another in its place.</summary>
    public async Task ReplaceWorkerAsync()
    {
        await workers[^1].KillAsync();
        await StartWorkerAsync(workers.Count + 1);
    }

    /// <summary>Kills PostgreSQL, all of it, and waits until it answers again.</summary>
    public async Task KillDatabaseAsync()
    {
        await server.KillAsync();
        Database.Clear();
    }

    private async Task StartWorkerAsync(int number)
    {
        var worker = await Start("worker", string.Create(CultureInfo.InvariantCulture, $"worker {number}"), port: 0);
        lock (workers)
        {
            workers.Add(worker);
        }
    }

    /// <summary>Runs one command of the program on the rig's database; it must succeed.</summary>
    public Task<string> Run(params string[] command) => ProgramProcess.RunAsync(environment, [.. command, "--postgres", connectionString]);

    /// <summary>Runs one command of the program on an empty database of its own; it must succeed.</summary>
    /// <returns>The database, for whoever looks into it and drops it.</returns>
    public async Task<string> RunOnEmptyDatabase(params string[] command)
    {
        var other = await server.CreateDatabaseAsync();
        await ProgramProcess.RunAsync(environment, [.. command, "--postgres", other]);
        return other;
    }

    /// <summary>A path in the rig's own directory.</summary>
    public string PathOf(string file) => Path.Combine(directory.FullName, file);

    public async Task<T> Scalar<T>(string sql, params object[] parameters) =>
        (await Rows(sql, row => row.GetFieldValue<T>(0), parameters)).ShouldHaveSingleItem();

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Asks again until it is so.</summary>
    /// <exception cref="TimeoutException">It did not come about; the message holds what the processes wrote.</exception>
    public async Task WaitUntil(string what, TimeSpan patience, Func<Task<bool>> isSo)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                throw new TimeoutException($"{what}: not after {patience.TotalSeconds:0} s.{Environment.NewLine}{Logs}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        Author?.Dispose();
        Approver?.Dispose();
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        if (between is not null)
        {
            await between.DisposeAsync();
        }

        await server.DropDatabaseAsync(connectionString);
        directory.Delete(recursive: true);
    }

    private async Task<ProgramProcess> Start(string role, string name, int port, IReadOnlyDictionary<string, string>? settings = null, bool untilReady = true)
    {
        var own = new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["Mail__FromName"] = name };
        foreach (var (variable, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            own[variable] = value;
        }

        var postgres = role == "web" && between is not null
            ? new NpgsqlConnectionStringBuilder(connectionString) { Port = between.Port }.ConnectionString
            : connectionString;
        var started = await ProgramProcess.StartAsync(
            name, own, untilReady, "run", "--role", role, "--port", port.ToString(CultureInfo.InvariantCulture), "--postgres", postgres, "--data", directory.FullName);
        lock (processes)
        {
            processes.Add(started);
        }

        return started;
    }

    private async Task<HttpClient> Client(string name, string scopes)
    {
        var created = (await Run("client", "create", "--name", name, "--scopes", scopes)).Split(Environment.NewLine);
        var client = new HttpClient { BaseAddress = WebAddress };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ValueOf("client_id: "),
            ["client_secret"] = ValueOf("client_secret: "),
        });
        var token = await client.PostAsync("/api/v1/oauth/token", form).Success();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return client;

        string ValueOf(string label) => created.Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
