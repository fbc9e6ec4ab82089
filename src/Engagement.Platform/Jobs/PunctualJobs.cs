using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Engagement.Platform.Jobs;

/// <summary>
/// In every worker process: runs what has to be in time without the scheduler too. That asks the database many things from one look to the next, under locks that
/// all workers share; where each answer is a second late it comes round once in minutes. A look of one's own asks one thing.
/// </summary>
internal sealed partial class PunctualJobs(IEnumerable<JobRegistration> jobs, JobRuns runs, IServiceProvider services, ILogger<PunctualJobs> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(jobs.Where(j => j.IsPunctual).Select(j => KeepGoing(j, stoppingToken)));

    private async Task KeepGoing(JobRegistration job, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await runs.RunAsync(job.Name, (IJob)services.GetRequiredService(job.JobType), stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Interrupted(error, job.Name);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(BetweenLooks, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} could not run beside the scheduler; it tries again in some seconds.")]
    private partial void Interrupted(Exception error, string job);
}
