#!/usr/bin/env dotnet
// Sets up everything and runs every test: dotnet run build/test.cs [-- options]

using System.Globalization;
using Engagement.Build;

// What drives a browser, or kills processes at an instant, has the machine to itself.
string[] alone = ["EndToEndTests", "FaultTests"];

ScriptOption[] options =
[
    new("--only", "PROJECTS", "only these test projects, separated by commas: UnitTests,ArchitectureTests; Bench is the short form of the bench"),
    new("--filter", "EXPRESSION", "only these tests, as 'dotnet test --filter' takes it: FullyQualifiedName~Deadline"),
    new("--faults", "short|long", "how long the fault tests go on (short)"),
    new("--deps", null, "print which project knows which, and run nothing"),
];

if (args.Contains("--help", StringComparer.Ordinal) || args.Contains("-h", StringComparer.Ordinal))
{
    Step.Say(Arguments.Help("dotnet run build/test.cs [-- options]: sets up everything and runs every test; the last line counts them.", options));
    return 0;
}

try
{
    var given = Arguments.Parse(args, options);
    if (given.Has("--deps"))
    {
        Step.Say(ModuleTable.Print());
        return 0;
    }

    var faults = given["--faults"] ?? "short";
    if (faults is not ("short" or "long"))
    {
        throw new FormatException($"--faults takes short or long, not '{faults}'.");
    }

    var names = given["--only"]?.Split(',').ToList();
    var measures = given["--filter"] is null && (names is null || names.RemoveAll(name => name.Equals("Bench", StringComparison.OrdinalIgnoreCase)) > 0);
    var projects = Choose(names);
    await Checkout.InstallNpmPackagesAsync();
    await using var output = await Checkout.BuildAsync("Engagement.sln", "Debug", "src", "tests");
    var environment = new Dictionary<string, string>(Checkout.BuildEnvironment, StringComparer.Ordinal) { ["ENGAGEMENT_FAULTS"] = faults };
    if (given["--filter"] is null)
    {
        // Then every page must have been looked at; with a filter some are not.
        environment["ENGAGEMENT_EVERY_TEST"] = "yes";
    }

    if (projects.ContainsKey("EndToEndTests")
        && await Chromium.EnsureAsync(Path.Combine(Checkout.Root, "tests", "Engagement.EndToEndTests", "bin", "Debug", "net10.0", ".playwright")) is { } browser)
    {
        environment[Chromium.PathVariable] = browser;
    }

    await using var turn = await Checkout.LockAsync("tests.lock", "Waiting for another run of the tests of this checkout");
    var run = new TestRun(Path.Combine(Checkout.Root, "build", "obj", "TestResults"), given["--filter"], environment);
    var outcomes = await RunAllAsync(run, projects);
    return Report(measures ? [.. outcomes, await MeasureShortlyAsync()] : outcomes);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message} 'dotnet run build/test.cs -- --help' explains the options.");
    return 2;
}
catch (StepFailedException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static IReadOnlyDictionary<string, string> Choose(IReadOnlyList<string>? only)
{
    var all = TestRun.Projects();
    if (only is null)
    {
        return all;
    }

    return only.Select(name => name.Replace("Engagement.", "", StringComparison.Ordinal)).ToDictionary(
        name => name,
        name => all.TryGetValue(name, out var project) ? project : throw new FormatException($"There is no test project '{name}'. There are: {string.Join(", ", all.Keys.Order(StringComparer.Ordinal))}."),
        StringComparer.OrdinalIgnoreCase);
}

// The integration tests take longest, so the small projects run beside them, one after the other.
async Task<IReadOnlyList<TestOutcome>> RunAllAsync(TestRun run, IReadOnlyDictionary<string, string> projects)
{
    var lanes = projects
        .Where(project => !alone.Contains(project.Key, StringComparer.OrdinalIgnoreCase))
        .GroupBy(project => project.Key.Equals("IntegrationTests", StringComparison.OrdinalIgnoreCase))
        .Select(RunInTurnAsync);
    var outcomes = (await Task.WhenAll(lanes)).SelectMany(lane => lane).ToList();
    outcomes.AddRange(await RunInTurnAsync(projects.Where(project => alone.Contains(project.Key, StringComparer.OrdinalIgnoreCase))));
    return outcomes;

    async Task<List<TestOutcome>> RunInTurnAsync(IEnumerable<KeyValuePair<string, string>> lane)
    {
        var done = new List<TestOutcome>();
        foreach (var (name, project) in lane.OrderBy(project => project.Key, StringComparer.Ordinal))
        {
            done.Add(await run.RunAsync(name, project));
        }

        return done;
    }
}

// Everything that the bench measures, once and with little data: that each figure is there, and that what must be exact is. No time is asserted.
static async Task<TestOutcome> MeasureShortlyAsync()
{
    const string name = "Bench";
    var watch = System.Diagnostics.Stopwatch.StartNew();
    var figures = Path.Combine(Directory.CreateDirectory(Path.Combine(Checkout.Root, "build", "obj", "TestResults")).FullName, "bench.json");
    File.Delete(figures);
    try
    {
        await Step.CommandAsync(
            "Measuring, in the short form", "dotnet", ["run", "build/bench.cs", "--", "--short", "--json", figures], "run 'dotnet run build/bench.cs -- --short' and see why.", environment: Checkout.BuildEnvironment);
        using var rows = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(figures));
        return new TestOutcome(name, rows.RootElement.GetArrayLength(), 0, [], watch.Elapsed);
    }
    catch (StepFailedException error)
    {
        return new TestOutcome(name, 0, 0, [error.Message], watch.Elapsed);
    }
}

static int Report(IReadOnlyList<TestOutcome> outcomes)
{
    Step.Say("");
    foreach (var failure in outcomes.SelectMany(outcome => outcome.Failures))
    {
        Step.Say($"FAILED {failure}\n");
    }

    foreach (var outcome in outcomes)
    {
        Step.Say(string.Create(
            CultureInfo.InvariantCulture, $"{outcome.Project,-20} {outcome.Passed,6} passed {outcome.Failures.Count,4} failed {outcome.Skipped,4} skipped {outcome.Duration.TotalSeconds,6:0} s"));
    }

    var (passed, failed, skipped) = (outcomes.Sum(outcome => outcome.Passed), outcomes.Sum(outcome => outcome.Failures.Count), outcomes.Sum(outcome => outcome.Skipped));
    if (passed + failed == 0)
    {
        Step.Say("No test ran. A run that tests nothing proves nothing, so this counts as a failure.");
    }

    Step.Say(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}"));
    return failed == 0 && passed > 0 ? 0 : 1;
}
