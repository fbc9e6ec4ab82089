using Engagement.Kernel;
using Engagement.Platform.Work;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Engagement.Platform.Jobs;

/// <summary>Has a worker run a job without waiting for its turn. Jobs look at the state of the database, so an additional run harms nobody.</summary>
[RequiresScope("administration:write")]
public sealed record RunJobNow(string Name) : ICommand<WorkId>;

internal sealed class RunJobNowHandler(IEnumerable<JobRegistration> jobs, IMediator mediator) : IRequestHandler<RunJobNow, WorkId>
{
    public async Task<WorkId> Handle(RunJobNow request, CancellationToken cancellationToken)
    {
        var job = jobs.Named(request.Name);
        return await mediator.Send(new AskForWork(RunJobWork.KindOfWork, $"Run of the job {job.Name}", job.Name), cancellationToken);
    }
}

internal sealed class RunJobWork(IEnumerable<JobRegistration> jobs, JobRuns runs, IServiceProvider services) : IWorkHandler
{
    public const string KindOfWork = "run-job";

    public string Kind => KindOfWork;

    /// <summary>It makes no file.</summary>
    public Task CheckRightAsync(WorkParameters parameters, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<string> RunAsync(WorkRun run, CancellationToken cancellationToken)
    {
        var job = jobs.Named(run.Parameters.As<string>());
        try
        {
            var done = await runs.RunAsync(job.Name, (IJob)services.GetRequiredService(job.JobType), cancellationToken);
            return done switch
            {
                0 => "It ran and found nothing to do.",
                1 => "It ran and did one thing.",
                _ => $"It ran and did {done} things.",
            };
        }
        catch (SweepFailedException error)
        {
            throw new RuleBrokenException("job-failed", error.Message);
        }
    }
}
