using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engagement.Platform.Operations;

/// <summary>Counts what waits, for monitoring, where there is some. Every process does: a backlog matters most when no worker is there.</summary>
internal sealed partial class BacklogKeeper(IServiceScopeFactory scopes, ProgramMetrics metrics, ILogger<BacklogKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                metrics.Is(await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FindBacklog(), stoppingToken));
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                CouldNotCount(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits could not be counted for monitoring; it is tried again.")]
    private partial void CouldNotCount(Exception error);
}

public static class BacklogRegistration
{
    /// <summary>For a program that is monitored.</summary>
    public static IServiceCollection AddBacklogMetrics(this IServiceCollection services) => services.AddHostedService<BacklogKeeper>();
}
