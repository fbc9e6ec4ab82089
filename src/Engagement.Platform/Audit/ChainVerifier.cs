using Engagement.Platform.Persistence;
using Npgsql;

namespace Engagement.Platform.Audit;

/// <param name="Problems">Each names the place and what is wrong; empty when the record is whole.</param>
public sealed record VerificationResult(long Entries, long Chains, long Seals, IReadOnlyList<string> Problems)
{
    public bool IsWhole => Problems.Count == 0;
}

/// <summary>Walks every chain from its first entry to its last, and every seal, and names each place that does not fit.</summary>
public sealed class ChainVerifier(NpgsqlDataSource dataSource, IEnumerable<ModuleSchema> schemas)
{
    private const int EntriesBetweenReports = 1000;

    /// <param name="only">One aggregate; null for the whole record with its seals.</param>
    /// <param name="report">Told how many entries have been walked, and of how many.</param>
    public async Task<VerificationResult> VerifyAsync(Guid? only, CancellationToken cancellationToken, Func<long, long, ValueTask>? report = null)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);

        // One snapshot, so that what is written meanwhile is either wholly seen or not at all.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var problems = new List<string>();
        var seals = await ReadSeals(connection, only, problems, cancellationToken);
        var total = report is null ? 0 : await CountEntries(only, connection, cancellationToken);
        long entries = 0, chains = 0;
        foreach (var schema in schemas)
        {
            var before = entries;
            var (e, c) = await WalkSchema(
                schema.Name, only, seals.Heads, connection, problems, walked => report?.Invoke(before + walked, total) ?? ValueTask.CompletedTask, cancellationToken);
            entries += e;
            chains += c;
        }

        problems.AddRange(seals.Heads.Values.Select(h =>
            $"{h.Schema}.history {h.AggregateId}: entry {h.Position} was sealed but is not there any more."));
        return new VerificationResult(entries, chains, seals.Count, problems);
    }

    private async Task<long> CountEntries(Guid? only, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var heads = string.Join(" union all ", schemas.Select(s => $"select position from {s.Name}.history_head where $1::uuid is null or aggregate_id = $1"));
        await using var command = new NpgsqlCommand($"select coalesce(sum(position), 0)::bigint from ({heads}) h", connection)
        {
            Parameters = { new() { Value = (object?)only ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<(long Count, Dictionary<(string, Guid, int), SealedHead> Heads)> ReadSeals(
        NpgsqlConnection connection, Guid? only, List<string> problems, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<(string, Guid, int), SealedHead>();
        var bySeal = new Dictionary<long, List<SealedHead>>();
        await using (var command = new NpgsqlCommand(
            "select seal_number, schema_name, aggregate_id, position, hash from platform.sealed_head where $1::uuid is null or aggregate_id = $1", connection)
        {
            Parameters = { new() { Value = (object?)only ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } },
        })
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var head = new SealedHead(reader.GetString(1), reader.GetGuid(2), reader.GetInt32(3), reader.GetFieldValue<byte[]>(4));
                heads[(head.Schema, head.AggregateId, head.Position)] = head;
                if (!bySeal.TryGetValue(reader.GetInt64(0), out var list))
                {
                    bySeal[reader.GetInt64(0)] = list = [];
                }

                list.Add(head);
            }
        }

        if (only is not null)
        {
            return (0, heads);
        }

        long count = 0;
        var previous = new byte[32];
        await using var seals = new NpgsqlCommand("select number, previous_hash, hash from platform.seal order by number", connection);
        await using var sealReader = await seals.ExecuteReaderAsync(cancellationToken);
        while (await sealReader.ReadAsync(cancellationToken))
        {
            var number = sealReader.GetInt64(0);
            if (number != ++count)
            {
                problems.Add($"platform.seal: seal {count} is missing.");
                count = number;
            }

            var hash = sealReader.GetFieldValue<byte[]>(2);
            if (!sealReader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(previous))
            {
                problems.Add($"platform.seal: seal {number} does not follow the one before it.");
            }
            else if (!ChainSealer.HashOf(previous, bySeal.GetValueOrDefault(number, [])).AsSpan().SequenceEqual(hash))
            {
                problems.Add($"platform.seal: seal {number} does not match the chain ends it covers.");
            }

            previous = hash;
        }

        return (count, heads);
    }

    private static async Task<(long Entries, long Chains)> WalkSchema(
        string schema, Guid? only, Dictionary<(string, Guid, int), SealedHead> sealedHeads, NpgsqlConnection connection,
        List<string> problems, Func<long, ValueTask> report, CancellationToken cancellationToken)
    {
        var ends = await ReadEnds(schema, only, connection, cancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            select aggregate_id, position, aggregate_type, event, data, actor, reason, request_id, occurred_at, previous_hash, hash
              from {schema}.history where $1::uuid is null or aggregate_id = $1 order by aggregate_id, position
            """,
            connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = (object?)only ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } },
        };
        long entries = 0, chains = 0;
        HistoryEntry? last = null;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var entry = HistoryEntry.Read(reader);
                var stored = reader.GetFieldValue<byte[]>(10);
                if (++entries % EntriesBetweenReports == 0)
                {
                    await report(entries);
                }

                if (last?.AggregateId != entry.AggregateId)
                {
                    CheckEnd(schema, last, ends, problems);
                    last = null;
                    chains++;
                }

                Check(schema, entry, stored, last, problems);
                if (sealedHeads.Remove((schema, entry.AggregateId, entry.Position), out var head) && !head.Hash.AsSpan().SequenceEqual(stored))
                {
                    problems.Add($"{schema}.history {entry.AggregateId} entry {entry.Position}: its hash is not the one that was sealed.");
                }

                last = entry;
            }
        }

        CheckEnd(schema, last, ends, problems);
        problems.AddRange(ends.Keys.Select(id => $"{schema}.history {id}: the whole chain is missing."));
        return (entries, chains);
    }

    private static async Task<Dictionary<Guid, (int Position, byte[] Hash)>> ReadEnds(
        string schema, Guid? only, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<Guid, (int, byte[])>();
        await using var command = new NpgsqlCommand(
            $"select aggregate_id, position, hash from {schema}.history_head where $1::uuid is null or aggregate_id = $1", connection)
        {
            Parameters = { new() { Value = (object?)only ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ends[reader.GetGuid(0)] = (reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
        }

        return ends;
    }

    private static void Check(string schema, HistoryEntry entry, byte[] stored, HistoryEntry? last, List<string> problems)
    {
        var where = $"{schema}.history {entry.AggregateId} entry {entry.Position} ({entry.Event})";
        var computed = entry.Sealed().Hash;
        if (!computed.AsSpan().SequenceEqual(stored))
        {
            problems.Add($"{where}: its content does not match its hash.");
        }

        if (entry.Position != (last?.Position ?? 0) + 1)
        {
            problems.Add($"{where}: the entry before it is missing.");
        }
        else if (!entry.PreviousHash.AsSpan().SequenceEqual(last is null ? new byte[32] : last.Hash))
        {
            problems.Add($"{where}: it does not follow the entry before it.");
        }
    }

    private static void CheckEnd(string schema, HistoryEntry? last, Dictionary<Guid, (int Position, byte[] Hash)> ends, List<string> problems)
    {
        if (last is null)
        {
            return;
        }

        if (!ends.Remove(last.AggregateId, out var end) || end.Position != last.Position)
        {
            problems.Add($"{schema}.history {last.AggregateId}: the chain ends at entry {last.Position}, but {end.Position} were written.");
        }
    }
}
