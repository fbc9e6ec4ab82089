using System.Security.Cryptography;
using System.Text;
using Engagement.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Platform.Audit;

/// <summary>
/// Writes down where every chain ends, in a chain of its own, so that an entry missing from the end, or a chain missing as a
/// whole, shows. What happened in the last minute is not sealed yet.
/// </summary>
public sealed class ChainSealer(NpgsqlDataSource dataSource, IEnumerable<ModuleSchema> schemas, TimeProvider clock)
{
    // Two workers must not write two successors of one seal.
    private const long AdvisoryLock = 7_234_002;

    /// <returns>The number of chain ends that were sealed; 0 when nothing had happened.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var alone = new NpgsqlCommand($"select pg_advisory_xact_lock({AdvisoryLock})", connection, transaction))
        {
            await alone.ExecuteNonQueryAsync(cancellationToken);
        }

        var heads = new List<SealedHead>();
        foreach (var schema in schemas)
        {
            heads.AddRange(await TakeUnsealed(schema.Name, connection, transaction, cancellationToken));
        }

        if (heads.Count > 0)
        {
            await Write(heads, connection, transaction, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return heads.Count;
    }

    internal static byte[] HashOf(byte[] previous, IEnumerable<SealedHead> heads)
    {
        var lines = heads.Select(h => $"{h.Schema} {h.AggregateId} {h.Position} {Convert.ToHexStringLower(h.Hash)}\n").Order(StringComparer.Ordinal);
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(string.Concat(lines))]);
    }

    private static async Task<List<SealedHead>> TakeUnsealed(
        string schema, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update {schema}.history_head set sealed_position = position
             where aggregate_id in (select aggregate_id from {schema}.history_head where sealed_position < position for update skip locked)
            returning aggregate_id, position, hash
            """,
            connection,
            transaction);
        var heads = new List<SealedHead>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            heads.Add(new SealedHead(schema, reader.GetGuid(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
        }

        return heads;
    }

    private async Task Write(List<SealedHead> heads, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var last = new NpgsqlCommand("select number, hash from platform.seal order by number desc limit 1", connection, transaction);
        long number = 1;
        var previous = new byte[32];
        await using (var reader = await last.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                number = reader.GetInt64(0) + 1;
                previous = reader.GetFieldValue<byte[]>(1);
            }
        }

        await using var seal = new NpgsqlCommand(
            "insert into platform.seal (number, sealed_at, previous_hash, hash) values ($1, $2, $3, $4)", connection, transaction)
        {
            Parameters =
            {
                new() { Value = number },
                new() { Value = clock.GetUtcNow() },
                new() { Value = previous },
                new() { Value = HashOf(previous, heads) },
            },
        };
        await seal.ExecuteNonQueryAsync(cancellationToken);

        await using var rows = new NpgsqlCommand(
            """
            insert into platform.sealed_head (seal_number, schema_name, aggregate_id, position, hash)
            select $1, s, a, p, h from unnest($2::text[], $3::uuid[], $4::int[], $5::bytea[]) as t(s, a, p, h)
            """,
            connection,
            transaction)
        {
            Parameters =
            {
                new() { Value = number },
                new() { Value = heads.Select(h => h.Schema).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = heads.Select(h => h.AggregateId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                new() { Value = heads.Select(h => h.Position).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = heads.Select(h => h.Hash).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            },
        };
        await rows.ExecuteNonQueryAsync(cancellationToken);
    }
}

internal sealed record SealedHead(string Schema, Guid AggregateId, int Position, byte[] Hash);
