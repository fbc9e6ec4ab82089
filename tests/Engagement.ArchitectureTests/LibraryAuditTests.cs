using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Engagement.ArchitectureTests;

/// <summary>The build asks its feed for known holes in libraries; here a feed of the test answers. The libraries come from the machine's own store.</summary>
public sealed class LibraryAuditTests : IDisposable
{
    private const string Library = "CsvHelper";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-audit-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(1, 1, "NU1902")]
    [InlineData(0, 0, null)]
    [InlineData(null, 0, "NU1905")]
    [Trait("Attack", "I03")]
    public async Task A_library_with_a_hole_of_moderate_severity_ends_the_build_and_neither_a_lesser_one_nor_a_feed_without_a_list_does(int? severity, int exitCode, string? told)
    {
        var port = FreePort();
        using var feed = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        feed.Start();
        var serving = Serve(feed, $"http://127.0.0.1:{port}", severity);

        var (code, output) = await Restore(port);

        feed.Stop();
        await serving;
        code.ShouldBe(exitCode, output);
        output.Contains("NU19", StringComparison.Ordinal).ShouldBe(told is not null, output);
        output.ShouldContain(told ?? "");
    }

    [Fact]
    [Trait("Attack", "I03")]
    public void Every_project_is_restored_with_that_question_and_none_takes_an_answer_back()
    {
        var common = Path.Combine(Solution.Top, "build", "Common.props");
        foreach (var top in new[] { "src", "tests" })
        {
            File.ReadAllText(Path.Combine(Solution.Top, top, "Directory.Build.props")).ShouldContain("Common.props");
        }

        new[] { "src", "tests", "build" }.SelectMany(top => Directory.EnumerateFiles(Path.Combine(Solution.Top, top), "*.*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".csproj" or ".props" or ".targets" && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f).Contains("NuGetAudit", StringComparison.Ordinal))
            .ShouldBe([common]);
    }

    /// <param name="severity">Of the hole: 0 low to 3 critical; null where the feed has no list.</param>
    private static async Task Serve(HttpListener feed, string address, int? severity)
    {
        while (feed.IsListening)
        {
            HttpListenerContext request;
            try
            {
                request = await feed.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            object answer = request.Request.Url!.AbsolutePath switch
            {
                "/index.json" => new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["version"] = "3.0.0",
                    ["resources"] = severity is null ? [] : new[] { new Dictionary<string, string>(StringComparer.Ordinal) { ["@id"] = $"{address}/holes.json", ["@type"] = "VulnerabilityInfo/6.7.0" } },
                },
                "/holes.json" => new[] { new Dictionary<string, string>(StringComparer.Ordinal) { ["@name"] = "base", ["@id"] = $"{address}/base.json", ["@updated"] = "2026-11-25T00:00:00Z" } },
                _ => new Dictionary<string, object>(StringComparer.Ordinal) { [Library.ToLowerInvariant()] = new[] { new { url = "https://example.org/hole", severity, versions = "[0.0.1, 1000.0.0)" } } },
            };
            var body = JsonSerializer.SerializeToUtf8Bytes(answer);
            request.Response.ContentType = "application/json";
            await request.Response.OutputStream.WriteAsync(body);
            request.Response.Close();
        }
    }

    private async Task<(int ExitCode, string Output)> Restore(int port)
    {
        var common = Path.Combine(Solution.Top, "build", "Common.props");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Directory.Build.props"), $"""<Project><Import Project="{common}" /></Project>""");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "audited.csproj"), $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="{Library}" /></ItemGroup></Project>""");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /></packageSources>
              <auditSources><clear /><add key="feed" value="http://127.0.0.1:{port}/index.json" allowInsecureConnections="true" /></auditSources>
            </configuration>
            """,
            Encoding.UTF8);
        var start = new ProcessStartInfo("dotnet", ["restore", "audited.csproj", "--nologo"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["NUGET_HTTP_CACHE_PATH"] = Path.Combine(folder.FullName, "cache");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
