using Engagement.Platform.Operations;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Engagement.Host;

/// <summary>Metrics for the operator's own monitoring, over OpenTelemetry, where the usual setting names its address. Without it nothing is measured and nobody is called.</summary>
internal static class Monitoring
{
    /// <summary>Read by the exporter as well, with the other settings of its kind (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_METRIC_EXPORT_INTERVAL</c> …).</summary>
    private const string Address = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IServiceCollection AddMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[Address]))
        {
            return services;
        }

        services.AddBacklogMetrics();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("engagement"))

            // Of requests the framework tells the pattern of the address, never the address: that may hold a token.
            .WithMetrics(metrics => metrics
                .AddMeter(ProgramMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
                .AddOtlpExporter());
        return services;
    }
}
