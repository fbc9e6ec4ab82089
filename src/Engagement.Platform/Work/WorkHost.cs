using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engagement.Platform.Work;

/// <summary>In every worker process: does up to two pieces of long work at once, and looks for more every second.</summary>
internal sealed partial class WorkHost(WorkRunner runner, ILogger<WorkHost> logger) : BackgroundService
{
    private const int AtOnce = 2;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => KeepGoing(stoppingToken)));

    private async Task KeepGoing(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await runner.RunNextAsync(stoppingToken))
                {
                    continue;
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Interrupted(error);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(BetweenLooks, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Long work could not be looked for; the next look is in a second.")]
    private partial void Interrupted(Exception error);
}
