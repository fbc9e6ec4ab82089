using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace Engagement.Build;

/// <summary>What became of the tests of one project.</summary>
/// <param name="Failures">Each failed test with its message; also a project that broke off.</param>
internal sealed record TestOutcome(string Project, int Passed, int Skipped, IReadOnlyList<string> Failures, TimeSpan Duration);

/// <summary>Runs compiled test projects and reads their results.</summary>
internal sealed class TestRun(string results, string? filter, IReadOnlyDictionary<string, string> environment)
{
    private const int LinesOfAFailure = 25;

    // A single test that takes this long hangs.
    private const string HangTimeout = "10min";

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(60);
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The test projects of this checkout by short name, such as <c>UnitTests</c>.</summary>
    public static IReadOnlyDictionary<string, string> Projects() =>
        new DirectoryInfo(Path.Combine(Checkout.Root, "tests")).EnumerateFiles("*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file.FullName).Descendants("IsTestProject").Any(property => property.Value == "true"))
            .ToDictionary(file => file.Name.Replace("Engagement.", "", StringComparison.Ordinal).Replace(".csproj", "", StringComparison.Ordinal), file => file.FullName, StringComparer.OrdinalIgnoreCase);

    public async Task<TestOutcome> RunAsync(string name, string project)
    {
        var watch = Stopwatch.StartNew();
        Step.Say($"[{name}] begins");
        var file = Path.Combine(results, name + ".trx");
        Directory.CreateDirectory(results);
        File.Delete(file);
        var output = new Queue<string>();
        var run = Step.RunAsync(
            "dotnet",
            [
                "test", project, "--no-build", "--nologo", "--results-directory", results, "--logger", $"trx;LogFileName={name}.trx", "--logger", "console;verbosity=minimal",
                "--blame-hang", "--blame-hang-timeout", HangTimeout, "--blame-hang-dump-type", "none",
                .. filter is null ? Array.Empty<string>() : ["--filter", filter],
            ],
            line => Show(name, line, output),
            environment: environment);
        while (await Task.WhenAny(run, Task.Delay(SignOfLife)) != run)
        {
            Step.Say($"[{name}] still running after {watch.Elapsed.TotalSeconds:0} s");
        }

        var exitCode = await run;
        var outcome = Read(name, file, watch.Elapsed);
        if (exitCode != 0 && outcome.Failures.Count == 0)
        {
            outcome = outcome with { Failures = [$"{name} broke off with exit code {exitCode}:\n{Indent(string.Join('\n', output.Where(line => !IsPreamble(line)).Take(LinesOfAFailure)))}"] };
        }

        Step.Say($"[{name}] {outcome.Passed} passed, {outcome.Failures.Count} failed in {outcome.Duration.TotalSeconds:0} s");
        return outcome;
    }

    private static void Show(string name, string line, Queue<string> output)
    {
        output.Enqueue(line);
        if (!string.IsNullOrWhiteSpace(line) && !IsPreamble(line))
        {
            Step.Say($"[{name}] {line}");
        }
    }

    private static bool IsPreamble(string line) =>
        line.StartsWith("Test run for", StringComparison.Ordinal) || line.StartsWith("A total of", StringComparison.Ordinal)
        || line.StartsWith("Results File:", StringComparison.Ordinal) || line.StartsWith("Data collector 'Blame' message: All tests finished", StringComparison.Ordinal) || line.StartsWith("VSTest version", StringComparison.Ordinal);

    private static TestOutcome Read(string name, string file, TimeSpan duration)
    {
        if (!File.Exists(file))
        {
            return new TestOutcome(name, 0, 0, [], duration);
        }

        var tests = XDocument.Load(file).Descendants(Trx + "UnitTestResult").ToLookup(test => test.Attribute("outcome")?.Value ?? "Error", StringComparer.Ordinal);
        var failures = tests.Where(group => group.Key is not ("Passed" or "NotExecuted")).SelectMany(group => group).Select(Describe).ToArray();
        return new TestOutcome(name, tests["Passed"].Count(), tests["NotExecuted"].Count(), failures, duration);
    }

    private static string Describe(XElement test)
    {
        var error = test.Descendants(Trx + "ErrorInfo").FirstOrDefault();
        var lines = $"{error?.Element(Trx + "Message")?.Value}\n{error?.Element(Trx + "StackTrace")?.Value}".Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(LinesOfAFailure);
        return string.Create(CultureInfo.InvariantCulture, $"{test.Attribute("testName")?.Value}\n{Indent(string.Join('\n', lines))}");
    }

    private static string Indent(string text) => "    " + text.Replace("\n", "\n    ", StringComparison.Ordinal);
}
