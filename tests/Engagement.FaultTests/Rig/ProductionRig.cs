using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Engagement.FaultTests.Workers;
using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Engagement.TestKit;
using Npgsql;

namespace Engagement.FaultTests.Rig;

/// <summary>
/// The product as it runs in production: a database of its own on a durable server, one web process and two workers, a mail server, two API clients
/// who act as author and as approver, and an approved engagement. Everything that it starts ends with it, also when a test fails.
/// </summary>
internal sealed class ProductionRig : IAsyncDisposable
{
    /// <summary>Between the deadline and the seal.</summary>
    public static readonly TimeSpan DrainWindow = TimeSpan.FromSeconds(1);

    private const int WorkerCount = 2;

    private readonly FaultServer server;
    private readonly string connectionString;
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("engagement-faults-");
    private readonly Dictionary<string, string> environment;
    private readonly List<ProgramProcess> processes = [];
    private readonly List<ProgramProcess> workers = [];
    private readonly int webPort = FreePort();
    private NpgsqlDataSource? database;
    private int workersStarted;

    private ProductionRig(FaultServer server, string connectionString)
    {
        this.server = server;
        this.connectionString = connectionString;
        Between = new TcpProxy(new NpgsqlConnectionStringBuilder(connectionString).Port);
        BetweenWorkers = new TcpProxy(new NpgsqlConnectionStringBuilder(connectionString).Port);
        Mail = new MailSink(TimeSpan.FromMilliseconds(50), message => MailTaken(message));
        environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Security__MasterKeyFile"] = Path.Combine(directory.FullName, "master.key"),
            ["Mail__Smtp__Host"] = "127.0.0.1",
            ["Mail__Smtp__Port"] = Mail.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail__HandOver"] = "00:00:00.3",
            ["Consultations__DrainWindow"] = DrainWindow.ToString("c"),
            ["Consultations__TimeStep"] = "00:00:01",
            ["RateLimits__RequestsPerMinute"] = "1000000",
            ["RateLimits__PagesPerMinute"] = "1000000",
            ["RateLimits__ResponsesPerHour"] = "1000000",
            ["RateLimits__AtOnce"] = "1000",

            // None of the processes lives for longer than a minute or two: to count what is hot and compile it again by that costs them more than it gives.
            ["DOTNET_TieredPGO"] = "0",
        };
    }

    public HttpClient Author { get; private set; } = null!;

    public HttpClient Approver { get; private set; } = null!;

    /// <summary>An engagement whose plan is approved.</summary>
    public Guid Engagement { get; private set; }

    /// <summary>Consultations that are open, or will be in a moment, and that no test has taken yet.</summary>
    public Queue<RiggedConsultation> Open { get; } = new();

    /// <summary>How long officers take at best; after a start of the web process a part of what that took, as everything is done for the first time.</summary>
    public TimeSpan OfficersTake { get; private set; }

    /// <summary>Between the web process and the database.</summary>
    public TcpProxy Between { get; }

    /// <summary>Between the workers and the database.</summary>
    public TcpProxy BetweenWorkers { get; }

    public MailSink Mail { get; }

    /// <summary>Called with each message that <see cref="Mail"/> has taken, before its sender is told.</summary>
    public Action<SunkMessage> MailTaken { get; set; } = _ => { };

    /// <summary>The web process that was started last.</summary>
    public ProgramProcess Web { get; private set; } = null!;

    /// <summary>Those that are alive, in the order in which they were ready. Each signs its messages with its name.</summary>
    public IReadOnlyList<ProgramProcess> Workers => [.. workers.Where(w => w.IsAlive)];

    /// <summary>Where the web process listens, whichever process it is.</summary>
    public Uri WebAddress => new($"http://127.0.0.1:{webPort.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The database as its owner sees it.</summary>
    public NpgsqlDataSource Database => database ??= NpgsqlDataSource.Create(connectionString);

    public string Logs => string.Join(Environment.NewLine, processes.Select(p => p.Log));

    /// <summary>Makes the database, starts all processes, and has a plan approved.</summary>
    public static async Task<ProductionRig> StartAsync(FaultServer server)
    {
        var rig = new ProductionRig(server, await server.CreateDatabaseAsync(onDisk: true));
        try
        {
            await File.WriteAllTextAsync(rig.environment["Security__MasterKeyFile"], Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            await rig.Run("migrate");
            var serving = rig.StartWebAsync();
            var author = rig.Secret("Author", "engagements:read engagements:write consultations:read consultations:write participation:read participation:write outcomes:read outcomes:write administration:read administration:write");
            var approver = rig.Secret("Approver", "engagements:read engagements:approve consultations:read consultations:approve outcomes:read outcomes:approve");
            await Task.WhenAll(serving, author, approver);

            // Nothing is to be done for the workers yet, so they start while the officers' first requests keep one core busy.
            var working = rig.StartMissingWorkersAsync();
            (rig.Author, rig.Approver) = (await rig.Client(await author), await rig.Client(await approver));
            var started = TimeProvider.System.GetTimestamp();
            rig.Engagement = await rig.ApprovedEngagement();
            rig.OfficersTook(TimeProvider.System.GetElapsedTime(started));
            await working;
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts again what is not there: the web process, and as many workers as are missing.</summary>
    public async Task HealAsync()
    {
        Between.Heal();
        BetweenWorkers.Heal();
        Mail.IsDown = false;
        MailTaken = _ => { };
        var web = Web is { IsAlive: true } ? Task.CompletedTask : StartWebAsync();
        await Task.WhenAll(web, StartMissingWorkersAsync());
    }

    /// <summary>Starts the web process, on the port that it had before.</summary>
    public async Task StartWebAsync()
    {
        Web = await Start("web", "web", webPort);
        OfficersTake = Web.StartTook / 3;
    }

    /// <summary>Starts another web process, on a port of its own.</summary>
    /// <param name="settings">Environment variables that only this one has.</param>
    /// <param name="untilReady">False where it is not to become ready.</param>
    public Task<ProgramProcess> StartAnotherWebAsync(IReadOnlyDictionary<string, string> settings, bool untilReady) => Start("web", "another web", FreePort(), settings, untilReady);

    /// <summary>Kills a worker and starts another in its place.</summary>
    public async Task ReplaceWorkerAsync()
    {
        await Workers[0].KillAsync();
        await StartWorkerAsync();
    }

    /// <summary>Kills PostgreSQL, all of it, and waits until it answers again.</summary>
    public async Task KillDatabaseAsync()
    {
        await server.KillAsync();
        Database.Clear();
    }

    /// <summary>Stops PostgreSQL and waits until it answers again.</summary>
    public async Task RestartDatabaseAsync(bool immediately)
    {
        await server.RestartAsync(immediately);
        Database.Clear();
    }

    private Task StartMissingWorkersAsync() => Task.WhenAll(Enumerable.Range(0, WorkerCount - Workers.Count).Select(_ => StartWorkerAsync()));

    private async Task StartWorkerAsync()
    {
        var worker = await Start("worker", string.Create(CultureInfo.InvariantCulture, $"worker {Interlocked.Increment(ref workersStarted)}"), port: 0);
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

    public void OfficersTook(TimeSpan time) => OfficersTake = time < OfficersTake ? time : OfficersTake;

    /// <summary>Walks every chain of the record and every seal, as <c>engagement audit verify</c> does.</summary>
    public async Task CheckRecord()
    {
        var schemas = await Rows("select table_schema from information_schema.tables where table_name = 'history_head'", row => new ModuleSchema(row.GetString(0), typeof(ModuleDbContext), []));
        var found = await new ChainVerifier(Database, schemas).VerifyAsync(only: null, CancellationToken.None);
        found.Entries.ShouldBePositive();
        found.Problems.ShouldBeEmpty();
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

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(processes.Select(p => p.DisposeAsync().AsTask()));

        Author?.Dispose();
        Approver?.Dispose();
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        await Between.DisposeAsync();
        await BetweenWorkers.DisposeAsync();
        await Mail.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private async Task<ProgramProcess> Start(string role, string name, int port, IReadOnlyDictionary<string, string>? settings = null, bool untilReady = true)
    {
        var own = new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["Mail__FromName"] = name };
        foreach (var (variable, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            own[variable] = value;
        }

        var postgres = new NpgsqlConnectionStringBuilder(connectionString) { Port = (role == "web" ? Between : BetweenWorkers).Port }.ConnectionString;
        var started = await ProgramProcess.StartAsync(
            name, own, untilReady, "run", "--role", role, "--port", port.ToString(CultureInfo.InvariantCulture), "--postgres", postgres, "--data", directory.FullName);
        lock (processes)
        {
            processes.Add(started);
        }

        return started;
    }

    private async Task<(string Id, string Secret)> Secret(string name, string scopes)
    {
        var created = (await Run("client", "create", "--name", name, "--scopes", scopes)).Split(Environment.NewLine);
        return (ValueOf("client_id: "), ValueOf("client_secret: "));

        string ValueOf(string label) => created.Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..];
    }

    private async Task<HttpClient> Client((string Id, string Secret) credentials)
    {
        var client = new HttpClient { BaseAddress = WebAddress };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = credentials.Id,
            ["client_secret"] = credentials.Secret,
        });
        var token = await client.PostAsync("/api/v1/oauth/token", form).Success();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return client;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
