#!/usr/bin/env dotnet
#:project ../src/Engagement.Platform/Engagement.Platform.csproj
#:property NoWarn=CS0436
// Measures the product on this machine, each figure beside a floor measured in the same run: dotnet run build/bench.cs [-- options]

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Engagement.Build;

ScriptOption[] options =
[
    new("--rounds", "N", "rounds, each of which measures every workload and its floor once (5)"),
    new("--seconds", "S", "how long one workload or floor is measured in one round (2)"),
    new("--only", "TEXT", "only workloads whose name contains this; several with commas between"),
    new("--clients", "N,…", "only workloads with so many clients at once"),
    new("--engagements", "N", "engagements beside those of the demonstration (2000)"),
    new("--responses", "N", "responses beside those of the demonstration (200000)"),
    new("--texts", "N", "responses to ten questions that are counted, searched and exported (100000)"),
    new("--people", "N", "people who are told of an outcome (100000)"),
    new("--closings", "N", "consultations that close at one instant (1000)"),
    new("--short", null, "everything once with little data on the build of the tests: shows that all is measured, and no figure means anything"),
    new("--markdown", "FILE", "write the table here as Markdown"),
    new("--json", "FILE", "write the figures here as JSON"),
];
const string Usage = "dotnet run build/bench.cs [-- options]: measures what is shipped with much in the database; about half an hour.";

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
    var isShort = given.Has("--short");
    var settings = new Settings(
        isShort ? 1 : Number(given, "--rounds", 5, 1, 100),
        isShort ? TimeSpan.FromMilliseconds(150) : TimeSpan.FromSeconds(Number(given, "--seconds", 2, 1, 600)),
        isShort ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(3),
        isShort ? 20 : Number(given, "--engagements", 2000, 5, 100_000),
        isShort ? 200 : Number(given, "--responses", 200_000, 0, 10_000_000),
        isShort ? 300 : Number(given, "--texts", 100_000, 100, 10_000_000),
        isShort ? 150 : Number(given, "--people", 100_000, 1, 10_000_000),
        isShort ? 20 : Number(given, "--closings", 1000, 1, 100_000),
        TimeSpan.FromSeconds(isShort ? 2 : 20));
    await Checkout.InstallNpmPackagesAsync();
    await using var output = isShort
        ? await Checkout.BuildAsync("Engagement.sln", "Debug", "src", "tests")
        : await Checkout.PublishAsync("src/Engagement.Host/Engagement.Host.csproj", "src");
    Subject.Program = Path.Combine(isShort ? Path.Combine(Checkout.Root, "src", "Engagement.Host", "bin", "Debug", "net10.0") : Checkout.Published, "engagement.dll");
    await using var subject = await Subject.StartAsync(settings);
    var (names, clients) = (given["--only"]?.Split(','), given["--clients"]?.Split(','));
    var workloads = Workloads.All(subject)
        .Where(w => names?.Any(n => w.Name.Contains(n, StringComparison.OrdinalIgnoreCase)) != false)
        .Where(w => clients?.Contains(w.Clients.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal) != false)
        .ToList();
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

    return isShort || results.All(r => r.Met) ? 0 : 1;
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message} 'dotnet run build/bench.cs -- --help' explains the options.");
    return 2;
}
catch (StepFailedException e)
{
    await Console.Error.WriteLineAsync(Running.SaidLast() is { Length: > 0 } said ? $"{e.Message}\nWhat the programs said last:\n{said}" : e.Message);
    return 1;
}

static int Number(Arguments given, string name, int otherwise, int least, int most) => given[name] is not { } text ? otherwise
    : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
    : throw new FormatException($"{name} takes a whole number from {least} to {most}, not '{text}'.");

namespace Engagement.Build
{
    /// <param name="Span">How long one workload or floor is measured in one round.</param>
    /// <param name="WarmUp">How long it is done before.</param>
    /// <param name="Texts">Responses to ten questions.</param>
    /// <param name="DrainWindow">From the instant at which many consultations close to their sealing.</param>
    internal sealed record Settings(int Rounds, TimeSpan Span, TimeSpan WarmUp, int Engagements, int Responses, int Texts, int People, int Closings, TimeSpan DrainWindow);

    /// <summary>One figure: something measured, and the floor that it is held against.</summary>
    /// <param name="Unit"><c>ms</c>: the median of one client; <c>requests/s</c>: the throughput of all.</param>
    /// <param name="Measure">The value of one round. What must be exact is looked at here: where it is not, there is no figure.</param>
    /// <param name="Floor">The floor of the same round; null where the aim is a figure of its own.</param>
    /// <param name="Meets">Whether value and ratio meet the aim.</param>
    /// <param name="Once">It changes what is there, or takes minutes: only the first round measures it, and nothing warms it up.</param>
    internal sealed record Workload(
        string Name, int Clients, string Unit, Func<TimeSpan, Task<double>> Measure, Func<TimeSpan, Task<double>>? Floor, string Aim, Func<double, double, bool> Meets, bool Once = false);

    /// <param name="Value">The median of the rounds.</param>
    /// <param name="Ratio">Value by floor, the median of the rounds.</param>
    /// <param name="Floor">Null where there is none.</param>
    internal sealed record Result(string Workload, int Clients, double Value, string Unit, double? Floor, double? Ratio, string Aim, bool Met);

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
            foreach (var workload in subject.Responding.Workloads().Append(subject.Flow.Workload()).Concat(subject.Reports).Concat(subject.Once))
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
            var rounds = workloads.ToDictionary(w => w, _ => new List<(double Value, double? Floor)>());
            foreach (var workload in workloads.Where(w => !w.Once))
            {
                // What compiles and fills caches is no part of a figure.
                await workload.Measure(settings.WarmUp);
            }

            for (var round = 1; round <= settings.Rounds; round++)
            {
                Step.Say($"Round {round} of {settings.Rounds} …");
                foreach (var workload in workloads.Where(w => !w.Once || round == 1))
                {
                    double? floor = workload.Floor is null ? null : await workload.Floor(settings.Span);
                    var value = await workload.Measure(settings.Span);
                    rounds[workload].Add(IsFigure(value) && (floor is not { } known || IsFigure(known))
                        ? (value, floor)
                        : throw new StepFailedException($"Measuring {workload.Name}", $"{value} beside {floor} is no figure", "see what was measured."));
                }
            }

            return [.. workloads.Select(w =>
            {
                var value = Median(rounds[w].Select(r => r.Value));
                double? floor = w.Floor is null ? null : Median(rounds[w].Select(r => r.Floor!.Value));
                double? ratio = w.Floor is null ? null : Median(rounds[w].Select(r => r.Value / r.Floor!.Value));
                return new Result(w.Name, w.Clients, value, w.Unit, floor, ratio, w.Aim, w.Meets(value, ratio ?? double.NaN));
            })];
        }

        private static bool IsFigure(double value) => double.IsFinite(value) && value > 0;

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

        private static string Figure(double? value) => value?.ToString(value >= 100 ? "#,0" : "0.00", CultureInfo.InvariantCulture) ?? "";
    }
}
