using System.Data;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace Engagement.Platform.Persistence;

/// <summary>What a backup holds, in the order in which it is restored.</summary>
/// <param name="Migrations">Of every schema, as <c>schema: id</c>: a backup fits the version that made it.</param>
public sealed record BackupManifest(DateTimeOffset TakenAt, IReadOnlyList<string> Migrations, IReadOnlyList<BackupTable> Tables, IReadOnlyList<BackupSequence> Sequences);

/// <param name="Columns">Those that are stored; generated ones are worked out again.</param>
/// <param name="Sha256">Of the rows as PostgreSQL's binary COPY writes them.</param>
public sealed record BackupTable(string Name, string Columns, long Rows, string Sha256);

public sealed record BackupSequence(string Name, long LastValue, bool IsCalled);

/// <summary>The backup does not fit: says why, and what to do.</summary>
public sealed class BackupException(string message) : Exception(message);

/// <summary>
/// The whole database as one file, by COPY: a zip archive with an entry for each table and a manifest. It is read in one snapshot, so
/// the program goes on taking responses meanwhile. The master key is not in it.
/// </summary>
public sealed class DatabaseBackup(OwnerDataSource owner, TimeProvider clock)
{
    private const string ManifestEntry = "manifest.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public async Task<BackupManifest> WriteAsync(Stream file, CancellationToken cancellationToken)
    {
        await using var connection = await owner.Value.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // The rows come in the order in which they lie, also where somebody else reads the table at the same time.
        await Execute(connection, "set transaction read only; set local synchronize_seqscans = off", cancellationToken);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var takenAt = clock.GetUtcNow();
        var tables = new List<BackupTable>();
        foreach (var (name, columns) in await FindTables(connection, cancellationToken))
        {
            var rows = (await Read(connection, $"select count(*) from {name}", r => r.GetInt64(0), cancellationToken))[0];
            await using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
            tables.Add(new BackupTable(name, columns, rows, await CopyOut(connection, name, columns, entry, cancellationToken)));
        }

        var manifest = new BackupManifest(takenAt, await FindMigrations(connection, tables.Select(t => t.Name), cancellationToken), tables, await FindSequences(connection, cancellationToken));
        await using (var entry = archive.CreateEntry(ManifestEntry).Open())
        {
            await JsonSerializer.SerializeAsync(entry, manifest, Json, cancellationToken);
        }

        return manifest;
    }

    /// <summary>Restores all of it or nothing, into a migrated database that nobody has used, and reads every table again to see that it is the same.</summary>
    /// <exception cref="BackupException">The database is in use, the backup was made by another version, or the file is damaged.</exception>
    public async Task<BackupManifest> RestoreAsync(Stream file, CancellationToken cancellationToken)
    {
        using var archive = OpenArchive(file);
        var manifest = await ReadManifest(archive, cancellationToken);
        await using var connection = await owner.Value.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, "set local synchronize_seqscans = off", cancellationToken);
        var present = (await FindTables(connection, cancellationToken)).ToDictionary(t => t.Name, t => t.Columns, StringComparer.Ordinal);
        await MustFit(connection, manifest, present, cancellationToken);

        // In one statement, because tables refer to each other. What guards against changes in use must not judge what is put back.
        await Execute(connection, $"truncate {string.Join(", ", present.Keys)}", cancellationToken);
        foreach (var table in manifest.Tables)
        {
            await Execute(connection, $"alter table {table.Name} disable trigger user", cancellationToken);
            await using (var entry = await Entry(archive, table.Name).OpenAsync(cancellationToken))
            {
                await CopyIn(connection, table, entry, cancellationToken);
            }

            if (await CopyOut(connection, table.Name, table.Columns, Stream.Null, cancellationToken) != table.Sha256)
            {
                throw new BackupException($"The rows of {table.Name} are not what they were when the backup was made, so nothing was restored. The file is damaged: use another backup.");
            }

            await Execute(connection, $"alter table {table.Name} enable trigger user", cancellationToken);
        }

        foreach (var sequence in manifest.Sequences)
        {
            await using var command = new NpgsqlCommand("select setval($1::regclass, $2, $3)", connection)
            {
                Parameters = { new() { Value = sequence.Name }, new() { Value = sequence.LastValue }, new() { Value = sequence.IsCalled } },
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return manifest;
    }

    private static ZipArchive OpenArchive(Stream file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException)
        {
            throw new BackupException("The file is no backup, or not a whole one: 'engagement backup' writes it.");
        }
    }

    private static async Task<BackupManifest> ReadManifest(ZipArchive archive, CancellationToken cancellationToken)
    {
        await using var entry = await Entry(archive, ManifestEntry).OpenAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync<BackupManifest>(entry, Json, cancellationToken) ?? throw new BackupException("The backup's manifest is empty.");
    }

    private static ZipArchiveEntry Entry(ZipArchive archive, string name) =>
        archive.GetEntry(name) ?? throw new BackupException($"The backup lacks {name}, so nothing was restored. Use another backup.");

    private static async Task MustFit(NpgsqlConnection connection, BackupManifest manifest, Dictionary<string, string> present, CancellationToken cancellationToken)
    {
        foreach (var history in present.Keys.Where(t => t.EndsWith(".history", StringComparison.Ordinal)))
        {
            if ((await Read(connection, $"select 1 from {history} limit 1", r => r.GetInt32(0), cancellationToken)).Count > 0)
            {
                throw new BackupException($"The database has been used already ({history} is not empty), so nothing was restored. Restore into an empty database.");
            }
        }

        var migrations = await FindMigrations(connection, present.Keys, cancellationToken);
        if (!migrations.SequenceEqual(manifest.Migrations, StringComparer.Ordinal) || manifest.Tables.Any(t => present.GetValueOrDefault(t.Name) != t.Columns))
        {
            throw new BackupException(
                $"The backup was made by another version of the program (it has a migration that this one lacks, or the other way round: {string.Join(", ", manifest.Migrations.Except(migrations, StringComparer.Ordinal).TakeLast(1))}). Restore it with that version, and migrate afterwards.");
        }
    }

    /// <summary>Every table of the product with its stored columns, each after those that it refers to.</summary>
    private static async Task<IReadOnlyList<(string Name, string Columns)>> FindTables(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var left = await Read(
            connection,
            """
            select format('%I.%I', n.nspname, c.relname), string_agg(quote_ident(a.attname), ', ' order by a.attnum)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public') group by 1 order by 1
            """,
            r => (Name: r.GetString(0), Columns: r.GetString(1)),
            cancellationToken);
        var references = (await Read(
            connection,
            """
            select format('%I.%I', n.nspname, c.relname), format('%I.%I', m.nspname, d.relname)
              from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
              join pg_class d on d.oid = f.confrelid join pg_namespace m on m.oid = d.relnamespace
             where f.contype = 'f' and c.oid <> d.oid
            """,
            r => (From: r.GetString(0), To: r.GetString(1)),
            cancellationToken)).ToLookup(r => r.From, r => r.To, StringComparer.Ordinal);
        var ordered = new List<(string Name, string Columns)>();
        while (left.Count > 0)
        {
            var next = left.Where(t => !left.Select(l => l.Name).Intersect(references[t.Name], StringComparer.Ordinal).Any()).ToList();
            ordered.AddRange(next);
            left = next.Count > 0 ? [.. left.Except(next)] : throw new InvalidOperationException("Tables refer to each other in a circle.");
        }

        return ordered;
    }

    private static async Task<IReadOnlyList<string>> FindMigrations(NpgsqlConnection connection, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var table in tables.Where(t => t.EndsWith(".__ef_migrations_history", StringComparison.Ordinal)))
        {
            found.AddRange(await Read(connection, $"select \"MigrationId\" from {table}", r => $"{table.Split('.')[0]}: {r.GetString(0)}", cancellationToken));
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<BackupSequence>> FindSequences(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var sequences = new List<BackupSequence>();
        foreach (var name in await Read(
            connection,
            "select format('%I.%I', schemaname, sequencename) from pg_sequences where schemaname not in ('pg_catalog', 'information_schema', 'public') order by 1",
            r => r.GetString(0),
            cancellationToken))
        {
            sequences.AddRange(await Read(connection, $"select last_value, is_called from {name}", r => new BackupSequence(name, r.GetInt64(0), r.GetBoolean(1)), cancellationToken));
        }

        return sequences;
    }

    /// <returns>The SHA-256 of what was written, lower-case hexadecimal.</returns>
    private static async Task<string> CopyOut(NpgsqlConnection connection, string table, string columns, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} ({columns}) to stdout (format binary)", cancellationToken);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await rows.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task CopyIn(NpgsqlConnection connection, BackupTable table, Stream source, CancellationToken cancellationToken)
    {
        try
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table.Name} ({table.Columns}) from stdin (format binary)", cancellationToken);
            await source.CopyToAsync(rows, cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or PostgresException)
        {
            throw new BackupException($"The rows of {table.Name} cannot be read, so nothing was restored. The file is damaged: use another backup.");
        }
    }

    private static async Task<List<T>> Read<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
