using Engagement.Platform.Clock;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Engagement.Host;

/// <summary>Whether the process lives, and whether it may be sent requests. Strangers see the word, not the detail.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) =>
        services.AddSingleton<ReadyCheck>().AddHealthChecks().AddCheck<ReadyCheck>("database", tags: [Ready]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Say }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Say }).AllowAnonymous();
    }

    private static Task Say(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(report.Status.ToString());
    }

    /// <summary>The database answers, its clock and ours agree to a second, and program and database are of one version.</summary>
    internal sealed class ReadyCheck(NpgsqlDataSource dataSource, DatabaseClock clock, IServiceScopeFactory scopes) : IHealthCheck
    {
        private bool fits;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await clock.MeasureAsync(dataSource, cancellationToken);
                if (!clock.IsWithinTolerance)
                {
                    return HealthCheckResult.Unhealthy("The machine's clock and the database's differ by more than a second.");
                }

                if (!fits)
                {
                    await using var scope = scopes.CreateAsyncScope();
                    if ((await scope.ServiceProvider.GetRequiredService<Migrator>().CompareAsync(cancellationToken)).Concern is { } concern)
                    {
                        return HealthCheckResult.Unhealthy(concern);
                    }

                    // Asked until it fits: a newer version that migrates later does not take those that serve out of service.
                    fits = true;
                }

                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException error)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.", error);
            }
        }
    }
}
