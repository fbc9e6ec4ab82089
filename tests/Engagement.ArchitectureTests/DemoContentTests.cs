using System.Text.Json;
using System.Text.RegularExpressions;
using Engagement.Host;

namespace Engagement.ArchitectureTests;

/// <summary>What the demonstration shows to the public must say that it is none of the public's.</summary>
public sealed partial class DemoContentTests
{
    private static readonly string[] OpenLicences = ["Open Government Licence", "CC BY", "MIT"];

    public static TheoryData<string> Files => [.. Names()];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_says_where_it_comes_from_and_under_which_licence(string file)
    {
        var root = Read(file);

        root.GetProperty("source").GetString().ShouldNotBeNullOrWhiteSpace();
        root.GetProperty("licence").GetString().ShouldNotBeNullOrWhiteSpace();
        if (!root.GetProperty("fictional").GetBoolean())
        {
            OpenLicences.ShouldContain(l => root.GetProperty("licence").GetString()!.Contains(l, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nobody_in_it_can_be_written_to(string file) =>
        Address().Matches(Read(file).GetRawText()).Select(m => m.Value).ShouldAllBe(a => a.EndsWith("example.org", StringComparison.Ordinal));

    [Fact]
    public void Every_answer_is_marked_as_made_up()
    {
        var responses = Names().Where(n => n.EndsWith("/responses.json", StringComparison.Ordinal)).ToList();

        responses.Count.ShouldBe(4);
        responses.ShouldAllBe(n => Read(n).GetProperty("fictional").GetBoolean() && Read(n).GetProperty("source").GetString()!.Contains("fictional"));
    }

    [Fact]
    public void Every_summary_that_the_public_sees_says_that_it_is_a_demonstration()
    {
        var consultations = Names().Where(n => n.EndsWith("/consultation.json", StringComparison.Ordinal)).ToList();

        consultations.Count.ShouldBe(4);
        consultations.ShouldAllBe(n => Read(n).GetProperty("content").GetProperty("details").GetProperty("summary").GetString()!.Contains("This is a demonstration"));
    }

    private static IEnumerable<string> Names() =>
        typeof(EngagementApplication).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("demo/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static JsonElement Read(string name)
    {
        using var resource = typeof(EngagementApplication).Assembly.GetManifestResourceStream(name)!;
        return JsonDocument.Parse(resource).RootElement;
    }

    [GeneratedRegex(@"[\w.+-]+@[\w.-]+\w", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
