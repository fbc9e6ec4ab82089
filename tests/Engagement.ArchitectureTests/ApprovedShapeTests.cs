using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.Host;
using Engagement.Kernel;
using Engagement.TestKit;

namespace Engagement.ArchitectureTests;

/// <summary>
/// What others rely on changes only when somebody means it: the shapes of the API and of the events equal the approved files.
/// To approve a change, run these tests with <c>ENGAGEMENT_APPROVE=1</c> and commit the file with the reason.
/// </summary>
public sealed class ApprovedShapeTests
{
    [Fact]
    public async Task The_api_is_the_one_that_was_approved()
    {
        // No database is needed: the description comes from the routes.
        await using var app = RunningApplication.Build("Host=127.0.0.1;Database=none;Username=none", new TestClock(), ProcessRole.Web);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!;

        document["openapi"]!.GetValue<string>().ShouldStartWith("3.1");
        document["paths"]!.AsObject().Count.ShouldBeGreaterThan(30);
        Compare("openapi.v1.json", document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    [Fact]
    [Trait("Attack", "I01")]
    public async Task Every_route_of_the_api_stands_in_its_description()
    {
        await using var app = RunningApplication.Build("Host=127.0.0.1;Database=none;Username=none", new TestClock(), ProcessRole.Web);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!;

        var described = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}")).ToHashSet(StringComparer.Ordinal);
        var routes = ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.OfType<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().SelectMany(m => m.HttpMethods)
                .Select(m => $"{m} /{System.Text.RegularExpressions.Regex.Replace(e.RoutePattern.RawText!.Trim('/'), ":[^}]*}", "}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))}"))
            .ToList();

        routes.Where(r => !described.Contains(r)).ShouldBeEmpty();
        routes.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void The_events_between_modules_are_the_ones_that_were_approved()
    {
        var events = Solution.Assemblies.Where(a => a.Name.Name.EndsWith(".Contracts", StringComparison.Ordinal))
            .SelectMany(a => System.Reflection.Assembly.Load(a.Name.Name).GetTypes())
            .Where(t => t.IsClass && t.IsAssignableTo(typeof(IIntegrationEvent)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal)
            .ToList();

        events.Count.ShouldBeGreaterThan(10);
        Compare("events.txt", string.Join('\n', events.Select(e =>
            $"{e.FullName}({string.Join(", ", e.GetConstructors().Single().GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"))})")));
    }

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? inner.Name + "?" : type.Name;

    private static void Compare(string name, string actual, [CallerFilePath] string source = "")
    {
        var approved = Path.Combine(Path.GetDirectoryName(source)!, "Approved", name);
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ENGAGEMENT_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
            File.WriteAllText(approved, actual);
        }

        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (expected != actual)
        {
            var difference = expected.Split('\n').Zip(actual.Split('\n')).Select((pair, line) => (pair, line: line + 1)).FirstOrDefault(p => p.pair.First != p.pair.Second);
            Assert.Fail($"{name} is not the approved one (first difference in line {difference.line}: approved '{difference.pair.First}', now '{difference.pair.Second}'). If the change is meant, run with ENGAGEMENT_APPROVE=1 and commit the file.");
        }
    }
}
