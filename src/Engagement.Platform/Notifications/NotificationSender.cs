using System.Text.Json;
using System.Threading.Channels;
using Engagement.Platform.Operations;
using Engagement.Platform.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Engagement.Platform.Notifications;

/// <summary>
/// Sends what is queued. A message is claimed and the claim committed before it is handed over, so that two workers never
/// hand over the same one; after a crash in between it is handed over again under the same id.
/// </summary>
public sealed partial class NotificationSender(
    NpgsqlDataSource dataSource, IMailChannel channel, MasterKey masterKey, TimeProvider clock, IOptions<MailOptions> options, ProgramMetrics metrics,
    ILogger<NotificationSender> logger)
{
    /// <summary>Every 5 minutes for 4 hours, then hourly for 3 days; then it has failed and an officer is shown why.</summary>
    private const int QuickAttempts = 48;
    private const int AllAttempts = QuickAttempts + 72;

    // A mail server takes its time over each: it is what several conversations at once are for. More would wait for each other, and hand-overs run out of their time.
    private const int AtOnce = 24;

    // Seven turns of the longest hand-over, and three more for the database in between: a claim outlives its batch.
    private const int OldestOfBatch = 6 * AtOnce;

    /// <summary>Somebody who waits for a link is not kept waiting behind fifty thousand who are told of an outcome.</summary>
    private const int NewestOfBatch = AtOnce;

    private const string Due =
        "select id from platform.notification where not_before <= $1 and sent_at is null and failed_at is null and superseded_at is null and (claimed_until is null or claimed_until < $1)";

    private readonly TimeSpan claim = 10 * options.Value.HandOver;
    private readonly TimeSpan handOver = options.Value.HandOver;

    /// <returns>How many were handed over or refused; 0 when nothing waits.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var claimed = await ClaimDue(cancellationToken);
        var sent = Channel.CreateUnbounded<(Guid Id, DateTimeOffset At)>(new UnboundedChannelOptions { SingleReader = true });
        var recording = RecordSent(sent.Reader);
        try
        {
            await Parallel.ForEachAsync(
                claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (waiting, token) => await Send(waiting, sent.Writer, token));
        }
        finally
        {
            sent.Writer.Complete();
            await recording;
        }

        return claimed.Count;
    }

    private async Task<List<Waiting>> ClaimDue(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"""
            update platform.notification set claimed_until = $2, attempts = attempts + 1
             where id in (select id from ({Due} order by not_before limit $3 for update skip locked) oldest
                          union select id from ({Due} order by not_before desc limit $4 for update skip locked) newest)
            returning id, recipient, content, attempts
            """);
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() + claim });
        command.Parameters.Add(new() { Value = OldestOfBatch });
        command.Parameters.Add(new() { Value = NewestOfBatch });
        var claimed = new List<Waiting>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new Waiting(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.GetInt32(3)));
        }

        return claimed;
    }

    private async Task Send(Waiting waiting, ChannelWriter<(Guid Id, DateTimeOffset At)> sent, CancellationToken cancellationToken)
    {
        try
        {
            var recipient = masterKey.DecryptText(Notification.Purpose, waiting.Recipient);
            var content = JsonSerializer.Deserialize<NotificationContent>(masterKey.Decrypt(Notification.Purpose, waiting.Content))!;
            await HandOver(waiting.Id, recipient, content, cancellationToken);
            sent.TryWrite((waiting.Id, clock.GetUtcNow()));
        }
        catch (MailRefusedException error)
        {
            await Record(waiting.Id, "failed_at = $2, failure = $3, claimed_until = null", clock.GetUtcNow(), error.Message, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            CouldNotSend(waiting.Id, waiting.Attempts, error.GetType().Name);
            var failure = $"{error.GetType().Name}: it is tried again.";
            if (waiting.Attempts >= AllAttempts)
            {
                await Record(waiting.Id, "failed_at = $2, failure = $3, claimed_until = null", clock.GetUtcNow(), $"{error.GetType().Name}: given up after {waiting.Attempts} attempts.", cancellationToken);
                return;
            }

            var pause = waiting.Attempts < QuickAttempts ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1);
            await Record(waiting.Id, "not_before = $2, failure = $3, claimed_until = null", clock.GetUtcNow() + pause, failure, cancellationToken);
        }
    }

    /// <exception cref="TimeoutException">The mail server neither took nor refused it in time; not every way out has a limit of its own.</exception>
    private async Task HandOver(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(handOver);
        try
        {
            await channel.SendAsync(id, recipient, content, limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Not handed over within {handOver.TotalSeconds:0} seconds.", error);
        }
    }

    /// <summary>One statement for all that were handed over while the one before ran, so that nobody waits for the disk before the next message.</summary>
    private async Task RecordSent(ChannelReader<(Guid Id, DateTimeOffset At)> sent)
    {
        // Also where the program is stopping: what was handed over is not handed over again.
        while (await sent.WaitToReadAsync(CancellationToken.None))
        {
            var (ids, instants) = (new List<Guid>(), new List<DateTimeOffset>());
            while (sent.TryRead(out var one))
            {
                ids.Add(one.Id);
                instants.Add(one.At);
            }

            await using var command = dataSource.CreateCommand(
                """
                update platform.notification n set sent_at = s.at, channel = $3, failure = null, claimed_until = null
                  from unnest($1, $2) s(id, at) where n.id = s.id
                """);
            command.Parameters.Add(new() { Value = ids.ToArray() });
            command.Parameters.Add(new() { Value = instants.ToArray() });
            command.Parameters.Add(new() { Value = channel.Name });
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            metrics.NotificationsSent(ids.Count, channel.Name);
        }
    }

    private async Task Record(Guid id, string assignments, DateTimeOffset instant, string text, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"update platform.notification set {assignments} where id = $1");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = instant });
        command.Parameters.Add(new() { Value = text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Neither the address nor the words, nor what a mail server says of them: only the id and the kind of failure.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Notification {NotificationId} could not be handed over (attempt {Attempt}): {Failure}.")]
    private partial void CouldNotSend(Guid notificationId, int attempt, string failure);

    private sealed record Waiting(Guid Id, byte[] Recipient, byte[] Content, int Attempts);
}
