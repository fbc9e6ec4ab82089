using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Engagement.Platform.Web;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Npgsql;

namespace Engagement.Platform.Audit;

/// <summary>Everything that happened, in every module, latest first.</summary>
/// <param name="Aggregate">Only what happened to this.</param>
/// <param name="Actor">Only what this actor did, such as <c>officer:0190…</c>.</param>
/// <param name="Event">Only this event, such as <c>ConsultationOpened</c>; upper and lower case matter.</param>
/// <param name="Module">Only this module's record, such as <c>consultations</c>.</param>
/// <param name="From">The first day, on the UK calendar.</param>
/// <param name="To">The last day, counted in.</param>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
[RequiresScope("administration:read")]
public sealed record SearchHistory(
    Guid? Aggregate = null, string? Actor = null, string? Event = null, string? Module = null, DateOnly? From = null, DateOnly? To = null, string? Cursor = null, int? Limit = null)
    : IQuery<Page<FoundEntry>>;

/// <param name="Type">What it happened to, such as <c>Consultation</c>.</param>
/// <param name="ActorName">Null where the actor is a job, the command line or nobody who is known.</param>
public sealed record FoundEntry(
    string Module,
    Guid Aggregate,
    string Type,
    int Position,
    string Event,
    string Actor,
    string? ActorName,
    string? Reason,
    DateTimeOffset At,
    string RequestId,
    JsonElement Data);

internal sealed class SearchHistoryHandler(NpgsqlDataSource dataSource, IEnumerable<ModuleSchema> schemas, IActorDirectory directory)
    : IRequestHandler<SearchHistory, Page<FoundEntry>>
{
    public async Task<Page<FoundEntry>> Handle(SearchHistory request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        await using var command = dataSource.CreateCommand();
        var searched = schemas.Where(s => request.Module is null || s.Name == request.Module).ToList();
        if (searched.Count == 0)
        {
            return new Page<FoundEntry>([], null);
        }

        var conditions = Conditions(request, command);
        var before = request.Cursor is null ? null : Place.Read(request.Cursor);
        var branches = searched.Select(s =>
            $"""
            (select '{s.Name}' as module, aggregate_id, aggregate_type, position, event, actor, reason, occurred_at, request_id, data
               from {s.Name}.history where {string.Join(" and ", conditions)}{before?.Condition(s.Name, command)}
              order by occurred_at desc, aggregate_id desc, position desc limit {limit + 1})
            """);
        command.CommandText = $"select * from ({string.Join(" union all ", branches)}) found order by occurred_at desc, module desc, aggregate_id desc, position desc limit {limit + 1}";
        var rows = await Read(command, cancellationToken);
        var shown = rows.Count > limit ? rows[..limit] : rows;
        var names = await directory.NamesOfAsync([.. shown.Select(r => r.Actor).Distinct(StringComparer.Ordinal)], cancellationToken);
        return new Page<FoundEntry>([.. shown.Select(r => r with { ActorName = names.GetValueOrDefault(r.Actor) })], rows.Count > limit ? Place.After(shown[^1]) : null);
    }

    private static List<string> Conditions(SearchHistory request, NpgsqlCommand command)
    {
        var conditions = new List<string> { "true" };
        Add("aggregate_id =", request.Aggregate);
        Add("actor =", request.Actor);
        Add("event =", request.Event);
        Add("occurred_at >=", request.From is { } from ? UkTime.StartOf(from) : null);
        Add("occurred_at <", request.To is { } to ? UkTime.StartOf(to.AddDays(1)) : null);
        return conditions;

        void Add(string comparison, object? value)
        {
            if (value is not null)
            {
                conditions.Add($"{comparison} {command.Next(value)}");
            }
        }
    }

    private static async Task<List<FoundEntry>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<FoundEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new FoundEntry(
                reader.GetString(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetInt32(3),
                reader.GetString(4),
                reader.GetString(5),
                null,
                await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetString(6),
                reader.GetFieldValue<DateTimeOffset>(7),
                reader.GetString(8),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(9))));
        }

        return rows;
    }

    /// <summary>The entry after which a page begins.</summary>
    private sealed record Place(DateTimeOffset At, string Module, Guid Aggregate, int Position)
    {
        public static string After(FoundEntry entry) => Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.At.UtcTicks} {entry.Position} {entry.Aggregate} {entry.Module}")));

        public static Place Read(string cursor)
        {
            var bytes = new byte[150];
            return cursor.Length <= 150 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
                && Encoding.ASCII.GetString(bytes, 0, written).Split(' ') is [var at, var position, var aggregate, var module]
                && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
                && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && Guid.TryParseExact(aggregate, "D", out var id)
                ? new Place(new DateTimeOffset(ticks, TimeSpan.Zero), module, id, number)
                : throw new ValidationException([new ValidationFailure("cursor", "Take the cursor from the answer before, unchanged")]);
        }

        /// <summary>The instant stands in it twice: alone it can be looked up in the index.</summary>
        public string Condition(string schema, NpgsqlCommand command)
        {
            var at = command.Next(At);
            return $" and occurred_at <= {at} and (occurred_at, '{schema}'::text, aggregate_id, position) < ({at}, {command.Next(Module)}, {command.Next(Aggregate)}, {command.Next(Position)})";
        }
    }
}

internal static class NumberedParameters
{
    /// <summary>Adds a parameter and names its place.</summary>
    public static string Next(this NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new() { Value = value });
        return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
    }
}
