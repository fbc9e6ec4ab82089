using System.Text;
using System.Text.Json.Nodes;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Platform.Bundles;

/// <summary>
/// The chains of history of everything that the bundle is about. A line of a module's file is a link: <c>previous-hash hash entry</c>, where the
/// hash is SHA-256 of the 32 bytes of the previous hash followed by the entry's bytes. <c>chains.json</c> says where each chain ends.
/// </summary>
internal sealed class BundleHistory(NpgsqlConnection connection, IEnumerable<ModuleSchema> schemas, IActorDirectory actors)
{
    public const string Folder = "99-history";
    public const string Ends = "chains.json";

    /// <summary>Things of which there are more than this are listed in the files alone, not on the page.</summary>
    private const int MostOnPage = 2000;

    public async Task WriteAsync(BundleSection bundle, IReadOnlyDictionary<Guid, string> chains, BundleArchive archive, CancellationToken cancellationToken)
    {
        var ids = chains.Keys.ToArray();
        var ends = new List<(string Module, Guid Aggregate, int Entries, string Hash, int Sealed)>();
        var shown = new List<Shown>();
        long total = 0;
        foreach (var schema in schemas.Select(s => s.Name))
        {
            var before = ends.Count;
            await ReadEndsAsync(schema, ids, ends, cancellationToken);
            if (ends.Count > before)
            {
                await archive.AddAsync(
                    $"{Folder}/{schema.Replace('_', '-')}.txt",
                    $"History of the module {schema}",
                    BundleFileKind.History,
                    isOnRecord: false,
                    async stream => total += await WriteLinksAsync(schema, ids, chains, stream, shown, cancellationToken),
                    cancellationToken);
            }
        }

        await bundle.AddJsonAsync(
            Ends,
            "Where each chain ends",
            new JsonArray([.. ends.Select(e => new JsonObject
            {
                ["module"] = e.Module,
                ["file"] = $"{Folder}/{e.Module.Replace('_', '-')}.txt",
                ["aggregate"] = e.Aggregate.ToString(),
                ["what"] = chains[e.Aggregate],
                ["entries"] = e.Entries,
                ["hash"] = e.Hash,
                ["sealedEntries"] = e.Sealed,
            })]),
            cancellationToken);
        await DescribeAsync(bundle, ends, chains, shown, total, cancellationToken);
    }

    private async Task ReadEndsAsync(string schema, Guid[] ids, List<(string, Guid, int, string, int)> ends, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select aggregate_id, position, hash, sealed_position from {schema}.history_head where aggregate_id = any($1) order by aggregate_id", connection)
        {
            Parameters = { new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ends.Add((schema, reader.GetGuid(0), reader.GetInt32(1), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2)), reader.GetInt32(3)));
        }
    }

    private async Task<long> WriteLinksAsync(
        string schema, Guid[] ids, IReadOnlyDictionary<Guid, string> chains, Stream stream, List<Shown> shown, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select aggregate_id, position, aggregate_type, event, data, actor, reason, request_id, occurred_at, previous_hash, hash
              from {schema}.history where aggregate_id = any($1) order by aggregate_id, position
            """,
            connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };
        long links = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var entry = HistoryEntry.Read(reader);
            var line = $"{Convert.ToHexStringLower(entry.PreviousHash)} {Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(10))} {entry.Canonical()}\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken);
            links++;
            if (chains.Count <= MostOnPage)
            {
                shown.Add(new Shown(entry.OccurredAt, schema, entry.Position, entry.AggregateId, entry.Event, entry.Actor, entry.Reason));
            }
        }

        return links;
    }

    private async Task DescribeAsync(
        BundleSection bundle,
        List<(string Module, Guid Aggregate, int Entries, string Hash, int Sealed)> ends,
        IReadOnlyDictionary<Guid, string> chains,
        List<Shown> shown,
        long total,
        CancellationToken cancellationToken)
    {
        var page = bundle.Page;
        page.Paragraph($"Everything that happened to the consultation and what belongs to it: {total:N0} entries in {ends.Count:N0} chains. Each entry's hash covers the one before it, so that a changed, missing or added entry shows. The history holds ids, codes and digests; people’s own words, contacts and equality answers are never in it. It is the same in a redacted bundle.");
        page.Heading("How a link is worked out");
        page.Paragraph("Each file holds one link a line, ordered by aggregate and position: the previous hash, the hash, and the entry, with one space between them. The hash is SHA-256 of the 32 bytes of the previous hash followed by the bytes of the entry (UTF-8, without the line’s end). The first entry of a chain follows 32 zero bytes. chains.json names the last entry of each chain.");
        page.Table(
            "Files of the history",
            ["File", "Chains", "Entries"],
            ends.GroupBy(e => e.Module, StringComparer.Ordinal).Select(IReadOnlyList<BundleText> (g) =>
            {
                var name = g.Key.Replace('_', '-') + ".txt";
                return [BundleText.Link(name, name), g.Count(), g.Sum(e => e.Entries)];
            }));
        if (chains.Count > MostOnPage)
        {
            page.Paragraph("There are too many chains to list their entries on this page. They are all in the files.");
            return;
        }

        // Who did it is for those who may read everything; the history itself names officers by their ids.
        var names = bundle.InFull
            ? await actors.NamesOfAsync([.. shown.Select(s => s.Actor).Distinct(StringComparer.Ordinal)], cancellationToken)
            : new Dictionary<string, string>(StringComparer.Ordinal);
        page.Table(
            "What happened, oldest first",
            ["When", "What", "To what", "Who", "Reason"],
            shown.OrderBy(s => s.At).ThenBy(s => s.Module, StringComparer.Ordinal).ThenBy(s => s.Aggregate).ThenBy(s => s.Position)
                .Select(IReadOnlyList<BundleText> (s) =>
                    [UkTime.SpellInstantToTheSecond(s.At), s.Event, chains[s.Aggregate], names.TryGetValue(s.Actor, out var name) ? $"{name} ({s.Actor})" : s.Actor, s.Reason]));
    }

    private sealed record Shown(DateTimeOffset At, string Module, int Position, Guid Aggregate, string Event, string Actor, string? Reason);
}
