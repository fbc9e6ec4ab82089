using Engagement.Access.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Security;
using MediatR;
using Npgsql;
using Quartz;

namespace Engagement.Host.Demo;

/// <summary>
/// Whoever acts in the demonstration: two officers, so that what needs a second person gets one; people who take part; and the
/// worker, whose jobs run by hand at the instants of the story. Everybody sends the ordinary requests with ordinary rights.
/// </summary>
internal sealed class DemoOffice(IServiceProvider services, Actor author, Actor approver, TeamId team)
{
    /// <summary>Seals carry the time of their making and follow one another, so they are made in real time only.</summary>
    private const string SealingJob = "seal-chains";

    public static readonly IReadOnlyList<string> AuthorScopes = [.. ScopesOfWork.Where(s => !s.EndsWith(":approve", StringComparison.Ordinal))];

    public static readonly IReadOnlyList<string> ApproverScopes = [.. ScopesOfWork.Where(s => !s.EndsWith(":write", StringComparison.Ordinal))];

    /// <summary>To whom everything belongs that the demonstration plans.</summary>
    public TeamId Team => team;

    private static IEnumerable<string> ScopesOfWork => Scopes.All.Where(s => !s.StartsWith("administration:", StringComparison.Ordinal));

    public Task<TResult> AsAuthor<TResult>(IRequest<TResult> request, CancellationToken cancellationToken) => Send(request, author, AuthorScopes, cancellationToken);

    public Task<TResult> AsApprover<TResult>(IRequest<TResult> request, CancellationToken cancellationToken) => Send(request, approver, ApproverScopes, cancellationToken);

    public Task<TResult> AsAnyone<TResult>(IRequest<TResult> request, CancellationToken cancellationToken) => Send(request, Actor.Anyone, [], cancellationToken);

    /// <summary>Does what a worker would have done by now: events are handed on, then every job looks at the database, until nothing is left.</summary>
    /// <exception cref="InvalidOperationException">A module could not handle an event.</exception>
    public Task Work(CancellationToken cancellationToken) => Work(j => j.Name != SealingJob, cancellationToken);

    /// <summary>The same with the sealing of the chains of history; in real time only.</summary>
    public Task WorkAndSeal(CancellationToken cancellationToken) => Work(_ => true, cancellationToken);

    private async Task Work(Func<JobRegistration, bool> isTurn, CancellationToken cancellationToken)
    {
        await DeliverEvents(cancellationToken);
        do
        {
            foreach (var job in services.GetServices<JobRegistration>().Where(isTurn))
            {
                // Sweeps look at the database and never at the trigger that woke them.
                await using var scope = services.CreateAsyncScope();
                await ((IJob)scope.ServiceProvider.GetRequiredService(job.JobType)).Execute(null!, cancellationToken);
            }
        }
        while (await DeliverEvents(cancellationToken) > 0 || await MessageWaits(cancellationToken));
    }

    /// <summary>A job may have queued a message after the one that sends them had its turn.</summary>
    private async Task<bool> MessageWaits(CancellationToken cancellationToken)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select exists (select from platform.notification where sent_at is null and failed_at is null and superseded_at is null and not_before <= $1)");
        command.Parameters.Add(new() { Value = services.GetRequiredService<TimeProvider>().GetUtcNow() });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<int> DeliverEvents(CancellationToken cancellationToken)
    {
        var deliverer = services.GetRequiredService<EventDeliverer>();
        int delivered = 0, tried;
        while ((tried = await deliverer.DeliverDueAsync(cancellationToken)) > 0)
        {
            delivered += tried;
        }

        await using var command = services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select string_agg(subscriber || ': ' || error, '; ') from platform.delivery where handled_at is null and error is not null");
        return await command.ExecuteScalarAsync(cancellationToken) is string failures
            ? throw new InvalidOperationException($"An event could not be handled: {failures}")
            : delivered;
    }

    private async Task<TResult> Send<TResult>(IRequest<TResult> request, Actor actor, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(actor, $"demonstration-{Guid.CreateVersion7():N}", scopes);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }
}
