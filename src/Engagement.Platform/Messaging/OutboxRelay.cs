using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Engagement.Platform.Messaging;

/// <summary>Delivers events as they are written: woken by the database, and every second in case a wake was lost.</summary>
internal sealed partial class OutboxRelay(EventDeliverer deliverer, NpgsqlDataSource dataSource, ILogger<OutboxRelay> logger) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var listener = await dataSource.OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("listen engagement_relay", listener))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                while (true)
                {
                    if (await deliverer.DeliverDueAsync(stoppingToken) == 0)
                    {
                        await listener.WaitAsync(LongestSleep, stoppingToken);
                    }
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Interrupted(error);
                await Task.Delay(LongestSleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The relay of events was interrupted and starts again.")]
    private partial void Interrupted(Exception error);
}
