using Engagement.Kernel;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Engagement.Platform.Jobs;

/// <summary>
/// How every job works: it looks at the state of the database and sends a command for each thing that is due, or for a group of them, each in a scope
/// and a transaction of its own, so that one bad row does not hold up the others.
/// </summary>
public sealed partial class Sweep(IServiceScopeFactory scopes, JobRuns runs, ILogger<Sweep> logger)
{
    /// <param name="job">The job's name, as it stands in the history: <c>job:close-due-consultations</c>.</param>
    /// <param name="find">What is due.</param>
    /// <param name="command">What to send for each.</param>
    /// <exception cref="SweepFailedException">Some could not be done; the next run tries them again.</exception>
    public Task Run<TItem, TResult>(
        string job,
        Func<IServiceProvider, CancellationToken, Task<List<TItem>>> find,
        Func<TItem, ICommand<TResult>> command,
        CancellationToken cancellationToken) =>
        RunInGroups(job, 1, find, group => command(group[0]), cancellationToken);

    /// <summary>As <see cref="Run"/>, with one command and one transaction for many: for what falls due all at once. A group that could not be done is done one by one.</summary>
    /// <param name="most">In a group.</param>
    /// <param name="command">What to send for each group.</param>
    /// <exception cref="SweepFailedException">Some could not be done; the next run tries them again.</exception>
    public async Task RunInGroups<TItem, TResult>(
        string job,
        int most,
        Func<IServiceProvider, CancellationToken, Task<List<TItem>>> find,
        Func<IReadOnlyList<TItem>, ICommand<TResult>> command,
        CancellationToken cancellationToken)
    {
        List<TItem> due;
        await using (var scope = Scope(job))
        {
            due = await find(scope.ServiceProvider, cancellationToken);
        }

        var failures = 0;
        var groups = new Queue<TItem[]>(due.Chunk(most));
        while (groups.TryDequeue(out var group))
        {
            try
            {
                await using var scope = Scope(job);
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command(group), cancellationToken);
            }
            catch (Exception) when (group.Length > 1 && !cancellationToken.IsCancellationRequested)
            {
                foreach (var item in group)
                {
                    groups.Enqueue([item]);
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                failures++;
                CouldNot(error, job, group[0]);
            }
        }

        runs.Did(job, due.Count - failures);
        if (failures > 0)
        {
            throw new SweepFailedException($"{failures} of {due.Count} could not be done by {job}; the next run tries them again.");
        }
    }

    private AsyncServiceScope Scope(string job)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.Job(job), Guid.CreateVersion7().ToString());
        return scope;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} could not do {Item}.")]
    private partial void CouldNot(Exception error, string job, object? item);
}

/// <summary>A run of a job did part of its work; the scheduler records the run as failed.</summary>
public sealed class SweepFailedException(string message) : Exception(message);
