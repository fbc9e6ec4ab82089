using System.Text.RegularExpressions;

namespace Engagement.ArchitectureTests.Attacks;

/// <summary>
/// Each case of the list is shown by a test that carries its id, <c>[Trait("Attack", "A01")]</c>, wherever that test lives, or says why it
/// cannot arise here. The tests' sources are read, so that every project counts and none has to be built first.
/// </summary>
public sealed partial class AttackCoverageTests
{
    /// <summary>How many cases each section of the list has.</summary>
    private static readonly (char Section, int Cases)[] Sections = [('A', 22), ('B', 19), ('C', 27), ('D', 15), ('E', 22), ('F', 14), ('G', 12), ('I', 4)];

    private static readonly Lazy<IReadOnlyList<Shown>> InTheTests = new(
    [
        .. Directory.EnumerateFiles(Path.Combine(Solution.Top, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .SelectMany(f => Read(File.ReadAllText(f))),
    ]);

    [Fact]
    public void The_list_holds_every_case_once_and_in_order() =>
        Attack.All.Select(a => a.Id).ShouldBe(Sections.SelectMany(s => Enumerable.Range(1, s.Cases).Select(n => $"{s.Section}{n:00}")));

    [Fact]
    public void Every_attack_is_shown_by_a_test_or_says_why_it_cannot_arise()
    {
        Faults(Attack.All, InTheTests.Value).ShouldBeEmpty();
        InTheTests.Value.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void The_rule_sees_what_is_missing_what_is_said_twice_and_what_is_unknown()
    {
        Attack[] attacks = [new("A01", "Shown"), new("A02", "Not shown"), new("A03", "No such thing", "there is none"), new("A04", "Both", "there is none"), new("A05", "Empty", " ")];

        Faults(attacks, [new("A01", "One"), new("A04", "Four"), new("Z99", "Other")]).ShouldBe(
        [
            "A02 has neither a test nor a reason", "A05 has neither a test nor a reason", "A04 has a test (Four) and a reason", "Z99 of Other is not on the list",
        ]);
    }

    [Fact]
    public void The_rule_reads_marks_on_tests_alone()
    {
        const string Marked = """
                [Fact]
                [Mark("A01")]
                [Mark("A02")]
                public async Task A_test_of_two() => await Task.Delay(1);

                [Theory]
                [InlineData(1)]
                [Mark("A03")]
                public void A_theory(int number)
                {
                }
            """;
        Read(Marked.Replace("Mark(", "Trait(\"Attack\", ", StringComparison.Ordinal)).ShouldBe([new("A01", "A_test_of_two"), new("A02", "A_test_of_two"), new("A03", "A_theory")]);

        string[] onNoTest = ["    [Mark(\"A01\")]\n    public void Nobody_runs_this()\n", "    [Fact(Skip = \"later\")]\n    [Mark(\"A01\")]\n    public void Nobody_runs_this()\n"];
        foreach (var source in onNoTest)
        {
            Should.Throw<InvalidOperationException>(() => Read(source.Replace("Mark(", "Trait(\"Attack\", ", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<string> Faults(IReadOnlyList<Attack> attacks, IReadOnlyList<Shown> shown)
    {
        var tests = shown.ToLookup(s => s.Id, s => s.Test, StringComparer.Ordinal);
        var known = attacks.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. attacks.Where(a => !tests.Contains(a.Id) && string.IsNullOrWhiteSpace(a.NotHere)).Select(a => $"{a.Id} has neither a test nor a reason"),
            .. attacks.Where(a => tests.Contains(a.Id) && a.NotHere is not null).Select(a => $"{a.Id} has a test ({tests[a.Id].First()}) and a reason"),
            .. shown.Where(s => !known.Contains(s.Id)).Select(s => $"{s.Id} of {s.Test} is not on the list"),
        ];
    }

    private static IReadOnlyList<Shown> Read(string source)
    {
        var shown = (from test in TestMethod().Matches(source)
            where Runs().IsMatch(test.Groups["attributes"].Value)
            from mark in Mark().Matches(test.Groups["attributes"].Value)
            select new Shown(mark.Groups["id"].Value, test.Groups["name"].Value)).ToList();
        return shown.Count == Mark().Count(source) ? shown
            : throw new InvalidOperationException($"An attack's mark stands on no test that runs, in a file with {string.Join(", ", shown.Select(s => s.Test))}");
    }

    /// <summary>A public method with all attributes that stand above it, a line each.</summary>
    [GeneratedRegex(@"(?<attributes>(?:^[ \t]*\[[^\n]*\]\r?\n)+)^[ \t]*public (?:async )?(?:Task|void) (?<name>\w+)\(", RegexOptions.Multiline, 1000)]
    private static partial Regex TestMethod();

    [GeneratedRegex("""^\s*\[Trait\("Attack", "(?<id>[^"]*)"\)\]\s*$""", RegexOptions.Multiline, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\s*\[(?:Fact|Theory)\]\s*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Runs();

    private sealed record Shown(string Id, string Test);
}
