using System.Diagnostics;
using System.Globalization;
using Engagement.FaultTests.Workers;
using Engagement.Platform.Security;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Build;

/// <summary>Everybody who left an address with a response hears of the outcome, by one worker and a mail server that takes what comes.</summary>
/// <param name="key">The master key of the program: addresses are stored encrypted.</param>
internal sealed class Notices(string[] database, NpgsqlDataSource dataSource, MasterKey key, int people)
{
    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(20);

    public Workload Workload() => new(
        $"outcome notices to {people.ToString("N0", CultureInfo.InvariantCulture)} people, one each by message id", 1, "messages/s", _ => MeasureAsync(), null, "at least 500/s", (value, _) => value >= 500, Once: true);

    private async Task<double> MeasureAsync()
    {
        var consultation = await PrepareAsync();
        var last = 0L;
        await using var sink = new MailSink(TimeSpan.Zero, _ => Volatile.Write(ref last, Stopwatch.GetTimestamp()));
        await using var worker = await Running.StartAsync("worker", database, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Mail__Smtp__Host"] = "127.0.0.1",
            ["Mail__Smtp__Port"] = sink.Port.ToString(CultureInfo.InvariantCulture),
        });
        var begun = Stopwatch.GetTimestamp();
        await using var announce = dataSource.CreateCommand(
            "update participation.announcement set completed_at = null, contacts_are_told = false, follower_up_to = null where consultation_id = $1 and kind = 'Outcome'");
        announce.Parameters.Add(new() { Value = consultation });
        await announce.ExecuteNonQueryAsync();
        var patience = TimeSpan.FromSeconds(60) + (people * Slowest);
        while (sink.Messages.Count(IsOurs) < people || await Load.NumberAsync(dataSource, "select count(*) from platform.notification where sent_at is null and failed_at is null and superseded_at is null") > 0)
        {
            if (Stopwatch.GetElapsedTime(begun) > patience)
            {
                throw new StepFailedException("Telling everybody", $"{sink.Messages.Count(IsOurs)} of {people} within {patience.TotalSeconds:0} s", "see the messages on the pages of the administration.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        var ours = sink.Messages.Where(IsOurs).ToList();
        var (ids, recipients) = (ours.DistinctBy(m => m.MessageId, StringComparer.Ordinal).Count(), ours.DistinctBy(m => m.Recipient, StringComparer.Ordinal).Count());
        return (ours.Count, ids, recipients) == (people, people, people)
            ? people / Stopwatch.GetElapsedTime(begun, Volatile.Read(ref last)).TotalSeconds
            : throw new StepFailedException("Telling everybody", $"{ours.Count} messages with {ids} ids came to {recipients} of {people} people", "each must get one: see what the sender claims.");
    }

    private static bool IsOurs(SunkMessage message) => message.Recipient.StartsWith("bench-", StringComparison.Ordinal);

    /// <summary>Adds people to a consultation whose outcome is published, and has its announcement stand before them.</summary>
    private async Task<Guid> PrepareAsync()
    {
        var consultation = Guid.Parse(await Load.TextAsync(
            dataSource, "select consultation_id::text from participation.announcement where kind = 'Outcome' and completed_at is not null order by created_at desc limit 1"), CultureInfo.InvariantCulture);
        await using (var stand = dataSource.CreateCommand(
            "update participation.announcement set told_up_to = (select max(id::text)::uuid from participation.contact where consultation_id = $1) where consultation_id = $1 and kind = 'Outcome'"))
        {
            stand.Parameters.Add(new() { Value = consultation });
            await stand.ExecuteNonQueryAsync();
        }

        await using var connection = await dataSource.OpenConnectionAsync();
        await using var import = await connection.BeginBinaryImportAsync("copy participation.contact (id, consultation_id, address_hash, address, created_at) from stdin (format binary)");
        for (var n = 0; n < people; n++)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"bench-{n}@example.org");
            await import.StartRowAsync();
            await import.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
            await import.WriteAsync(consultation, NpgsqlDbType.Uuid);
            await import.WriteAsync(key.Hash("contact", address), NpgsqlDbType.Bytea);
            await import.WriteAsync(key.Encrypt("contact", address), NpgsqlDbType.Bytea);
            await import.WriteAsync(TimeProvider.System.GetUtcNow(), NpgsqlDbType.TimestampTz);
        }

        await import.CompleteAsync();
        return consultation;
    }
}
