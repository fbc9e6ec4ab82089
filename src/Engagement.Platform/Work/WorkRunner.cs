using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Engagement.Platform.Work;

/// <summary>Takes up what waits, or what another worker left lying when it was killed, and does it.</summary>
public sealed partial class WorkRunner(
    NpgsqlDataSource dataSource, IServiceScopeFactory scopes, MasterKey masterKey, TimeProvider clock, ILogger<WorkRunner> logger)
{
    /// <summary>How long a worker that gives no sign of life keeps what it has taken up.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>How long a result can be had.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>Work that has brought down this many workers is not given to another.</summary>
    public const int AttemptsAtMost = 3;

    /// <returns>False when nothing waits.</returns>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } claim)
        {
            return false;
        }

        if (claim.Attempt > AttemptsAtMost)
        {
            await EndAsync(claim, WorkState.Failed, $"It was given up after {AttemptsAtMost} attempts, each of which stopped in the middle. Tell whoever runs the service.", null, null);
            return true;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var progress = new WorkProgress(dataSource, clock, claim.Id, claim.Attempt, stop);
        try
        {
            var (message, file, size) = await DoAsync(claim, progress, stop.Token);
            await EndAsync(claim, WorkState.Done, message, file, size, progress);
        }
        catch (Exception error) when (progress.IsLost)
        {
            Lost(error, claim.Id, claim.Kind);
        }
        catch (Exception) when (progress.IsCancelled)
        {
            await EndAsync(claim, WorkState.Cancelled, "It was stopped before it had ended. Nothing is kept of it.", null, null, progress);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // This process stops; that is no fault of the work.
            await PutBackAsync(claim, countsAsAttempt: false);
            throw;
        }
        catch (Exception error) when (error.IsRolledBack() && claim.Attempt < AttemptsAtMost)
        {
            BegunAnew(error, claim.Id, claim.Kind, claim.Attempt);
            await PutBackAsync(claim, countsAsAttempt: true);
        }
        catch (Exception error)
        {
            Failed(error, claim.Id, claim.Kind);
            await EndAsync(claim, WorkState.Failed, ReasonOf(error), null, null, progress);
        }

        return true;
    }

    private async Task<(string Message, (string Name, string MediaType)? File, long? Size)> DoAsync(Claim claim, WorkProgress progress, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.Job($"work/{claim.Kind}"), claim.Id.ToString());
        var handler = scope.ServiceProvider.GetServices<IWorkHandler>().Handling(claim.Kind);
        WorkFileWriter? writer = null;
        var run = new WorkRun(claim.Id, new WorkParameters(claim.Parameters), progress, () => writer = new WorkFileWriter(dataSource, masterKey, claim.Id, claim.Attempt));
        var message = await handler.RunAsync(run, cancellationToken);
        if (writer is not null)
        {
            await writer.CompleteAsync(cancellationToken);
        }

        return (message, run.File, writer?.Size);
    }

    private async Task<Claim?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            update platform.work
               set state = 'Running', version = version + 1, attempts = attempts + 1, lease_until = $2, started_at = coalesce(started_at, $1),
                   done = 0, total = null, message = null
             where id = (select id from platform.work
                          where state in ('Queued', 'Running') and (state = 'Queued' or lease_until <= $1)
                          order by queued_at limit 1 for update skip locked)
            returning id, kind, parameters, attempts
            """);
        var now = clock.GetUtcNow();
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now + Lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Claim(new WorkId(reader.GetGuid(0)), reader.GetString(1), reader.GetString(2), reader.GetInt32(3))
            : null;
    }

    /// <summary>Records how it ended, unless another worker has it by now, and drops the pieces that belong to no result.</summary>
    private async Task EndAsync(Claim claim, WorkState state, string message, (string Name, string MediaType)? file, long? size, WorkProgress? progress = null)
    {
        // Not the caller's token: a result that is whole is recorded even while the process stops.
        await using var command = dataSource.CreateCommand(
            """
            with ended as (
                update platform.work
                   set state = $3, version = version + 1, message = $4, file_name = $5, file_type = $6, file_size = $7, finished_at = $8, expires_at = $9,
                       lease_until = null, done = $10, total = $11
                 where id = $1 and attempts = $2 and state = 'Running' returning id)
            delete from platform.work_chunk c using ended where c.work_id = ended.id and (c.attempt <> $2 or $5::varchar is null)
            """);
        var now = clock.GetUtcNow();
        command.Parameters.Add(new() { Value = claim.Id.Value });
        command.Parameters.Add(new() { Value = claim.Attempt });
        command.Parameters.Add(new() { Value = state.ToString() });
        command.Parameters.Add(new() { Value = message.Length > 1000 ? message[..1000] : message });
        command.Parameters.Add(new() { Value = (object?)file?.Name ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = (object?)file?.MediaType ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = (object?)size ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now + KeptFor });
        command.Parameters.Add(new() { Value = progress?.Done ?? 0 });
        command.Parameters.Add(new() { Value = (object?)progress?.Total ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Leaves it to whoever looks next, from its start.</summary>
    private async Task PutBackAsync(Claim claim, bool countsAsAttempt)
    {
        await using var command = dataSource.CreateCommand(
            """
            with back as (
                update platform.work set state = 'Queued', version = version + 1, attempts = attempts - $3, lease_until = null
                 where id = $1 and attempts = $2 and state = 'Running' returning id)
            delete from platform.work_chunk c using back where c.work_id = back.id
            """);
        command.Parameters.Add(new() { Value = claim.Id.Value });
        command.Parameters.Add(new() { Value = claim.Attempt });
        command.Parameters.Add(new() { Value = countsAsAttempt ? 0 : 1 });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>What a rule says is for people; what else went wrong stands in the log, where no personal data may be shown to the wrong eyes.</summary>
    private static string ReasonOf(Exception error) => error switch
    {
        RuleBrokenException or NotFoundException or ForbiddenException or ValidationException => error.Message,
        _ => $"Something went wrong on our side ({error.GetType().Name}), and nothing is kept of it. Try again; if it happens again, tell whoever runs the service the number of this work.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Work {WorkId} ({Kind}) failed.")]
    private partial void Failed(Exception error, WorkId workId, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work {WorkId} ({Kind}) was rolled back by the database in attempt {Attempt} and is begun anew.")]
    private partial void BegunAnew(Exception error, WorkId workId, string kind, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work {WorkId} ({Kind}) was taken up by another worker, because this one gave no sign of life for too long.")]
    private partial void Lost(Exception error, WorkId workId, string kind);

    private sealed record Claim(WorkId Id, string Kind, string Parameters, int Attempt);
}
