using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Engagement.IntegrationTests.Participation;
using Engagement.Platform.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Engagement.IntegrationTests.Host;

/// <summary>A receiver of metrics, as an operator has one.</summary>
public sealed class MonitoringTests : ParticipationTest
{
    private readonly ConcurrentQueue<string> received = new();
    private WebApplication receiver = null!;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    /// <summary>What goes on by itself is taken out of a program under test; this one is to.</summary>
    protected override void Replace(IServiceCollection services)
    {
        base.Replace(services);
        services.AddBacklogMetrics();
    }

    public override async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        receiver = builder.Build();
        receiver.MapPost("/v1/metrics", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);

            // Names and values of texts stand in the protocol as they are.
            received.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        });
        await receiver.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    [Trait("Attack", "F10")]
    public async Task Monitoring_is_told_how_much_and_how_long_and_nothing_of_anybody()
    {
        (await Anyone.GetAsync("/updates/leave/canary-token")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(new { answers = new { q1 = "yes", q3 = "canary-words" }, email = "canary@example.org" })).StatusCode.ShouldBe(HttpStatusCode.Created);

        string[] names =
        [
            "engagement.responses.stored", "engagement.events.waiting", "engagement.events.parked", "engagement.notifications.waiting", "engagement.notifications.failed",
            "engagement.work.unfinished", "engagement.jobs.failing", "engagement.jobs.late", "http.server.request.duration", "db.client.", "dotnet.gc.",

            // Requests are told by the pattern of their address; a request is counted when it has been answered, which may be after the last export.
            "/api/v1/public/consultations/{slug}/responses",
        ];
        var all = "";
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30) && !Array.TrueForAll(names, all.Contains); await Task.Delay(100))
        {
            all = string.Concat(received);
        }

        names.Where(name => !all.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
        all.ShouldNotContain("canary");
        all.ShouldNotContain(Consultation.Slug);
        all.ShouldNotContain(Consultation.Id.ToString());
    }
}
