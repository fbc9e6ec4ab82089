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
}
