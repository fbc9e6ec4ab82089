using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Engagement.Platform.Persistence;
using Engagement.Platform.Web;
using FluentValidation;
using FluentValidation.Results;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Platform.Audit;

/// <param name="Module">The schema whose record it stands in, such as <c>consultations</c>.</param>
/// <param name="Position">Counts the entries of this aggregate in this module from 1.</param>
/// <param name="Hash">SHA-256, lower-case hexadecimal; covers the entry before it too.</param>
public sealed record AggregateHistoryRow(
    string Module,
    string Aggregate,
    int Position,
    string Event,
    string Actor,
    string? Reason,
    DateTimeOffset At,
    string RequestId,
    JsonElement Data,
    string PreviousHash,
    string Hash)
{
    /// <summary>Whose record it is; whoever asked for one thing knows.</summary>
    [JsonIgnore]
    public Guid AggregateId { get; init; }
}

/// <param name="Total">On all pages.</param>
/// <param name="Number">Of this page, from 1.</param>
public sealed record NewestHistory(IReadOnlyList<AggregateHistoryRow> Rows, int Total, int Number);

/// <summary>
/// One record of one thing across the modules: several keep aggregates of their own under the same id, such as the response form
/// and the outcome of a consultation.
/// </summary>
public sealed class AggregateHistory(NpgsqlDataSource dataSource, IEnumerable<ModuleSchema> schemas)
{
    private const string Columns = "module, aggregate_type, position, event, actor, reason, occurred_at, request_id, data, previous_hash, hash, aggregate_id";

    /// <summary>Oldest first; what happened at one instant by module, then by position.</summary>
    /// <exception cref="ValidationException">The cursor is none of ours.</exception>
    public async Task<Page<AggregateHistoryRow>> ReadAsync(Guid aggregate, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var after = cursor is null ? null : Place.Read(cursor);
        var union = UnionWhere("aggregate_id = $1");
        await using var command = dataSource.CreateCommand(
            $"""
            select {Columns} from ({union}) h
             where $2::timestamptz is null or (occurred_at, module, position) > ($2, $3, $4)
             order by occurred_at, module, position limit $5
            """);
        command.Parameters.Add(new() { Value = aggregate });
        command.Parameters.Add(new() { Value = (object?)after?.At ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)after?.Module ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)after?.Position ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = limit + 1 });
        var rows = await ReadRowsAsync(command, cancellationToken);
        return rows.Count > limit ? new Page<AggregateHistoryRow>(rows[..limit], Place.After(rows[limit - 1])) : new Page<AggregateHistoryRow>(rows, null);
    }

    /// <summary>The same of several things, newest first, in numbered pages.</summary>
    /// <param name="leaveOut">Names of events that are not asked for.</param>
    /// <param name="number">Of the page, from 1; one beyond the last shows the last.</param>
    public async Task<NewestHistory> ReadNewestAsync(
        IReadOnlyList<Guid> aggregates, IReadOnlyList<string> leaveOut, int number, int pageSize, CancellationToken cancellationToken)
    {
        var union = UnionWhere("aggregate_id = any ($1) and event <> all ($2)");
        await using var counting = dataSource.CreateCommand($"select count(*)::int from ({union}) h");
        counting.Parameters.Add(new() { Value = aggregates.ToArray() });
        counting.Parameters.Add(new() { Value = leaveOut.ToArray() });
        var total = (int)(await counting.ExecuteScalarAsync(cancellationToken))!;
        var shown = Math.Clamp(number, 1, Math.Max(1, (total + pageSize - 1) / pageSize));
        await using var command = dataSource.CreateCommand(
            $"select {Columns} from ({union}) h order by occurred_at desc, module desc, position desc, aggregate_id offset $3 limit $4");
        command.Parameters.Add(new() { Value = aggregates.ToArray() });
        command.Parameters.Add(new() { Value = leaveOut.ToArray() });
        command.Parameters.Add(new() { Value = (shown - 1) * pageSize });
        command.Parameters.Add(new() { Value = pageSize });
        return new NewestHistory(await ReadRowsAsync(command, cancellationToken), total, shown);
    }

    private string UnionWhere(string condition) =>
        string.Join(" union all ", schemas.Select(s => $"select '{s.Name}' as module, h.* from {s.Name}.history h where {condition}"));

    private static async Task<List<AggregateHistoryRow>> ReadRowsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<AggregateHistoryRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new AggregateHistoryRow(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetInt32(2),
                reader.GetString(3),
                reader.GetString(4),
                await reader.IsDBNullAsync(5, cancellationToken) ? null : reader.GetString(5),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.GetString(7),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(8)),
                Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(9)),
                Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(10)))
            {
                AggregateId = reader.GetGuid(11),
            });
        }

        return rows;
    }

    /// <summary>The row after which a page begins.</summary>
    private sealed record Place(DateTimeOffset At, string Module, int Position)
    {
        public static string After(AggregateHistoryRow row) =>
            Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.At.UtcTicks} {row.Position} {row.Module}")));

        public static Place Read(string cursor)
        {
            var bytes = new byte[100];
            return cursor.Length <= 100 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
                && Encoding.ASCII.GetString(bytes, 0, written).Split(' ') is [var at, var position, var module]
                && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
                && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && module.All(c => char.IsAsciiLetterLower(c) || c == '_')
                ? new Place(new DateTimeOffset(ticks, TimeSpan.Zero), module, number)
                : throw new ValidationException([new ValidationFailure("cursor", "Take the cursor from the answer before, unchanged")]);
        }
    }
}
