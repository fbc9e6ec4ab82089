using System.Globalization;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Consultations.Application.Public;

/// <summary>By what the public narrows the list down. Within one kind any value will do; all kinds must hold.</summary>
/// <param name="Words">Of the title or the summary, in any form of the word; quotation marks and <c>-</c> as search engines take them.</param>
public sealed record PublicFilter(
    string? Words = null,
    IReadOnlyList<string>? Topics = null,
    IReadOnlyList<string>? Areas = null,
    IReadOnlyList<string>? Audiences = null,
    IReadOnlyList<PublicStatus>? Statuses = null)
{
    public static readonly PublicFilter None = new();
}

/// <summary>A consultation, or an engagement that has none.</summary>
/// <param name="Name">The last part of its address: the consultation's slug, the engagement's reference.</param>
/// <param name="OpensAt">The first instant at which a response is accepted; null for an engagement.</param>
/// <param name="ClosesAt">The first instant that is too late; null for an engagement.</param>
/// <param name="BeginsOn">UK date; null where none is known.</param>
/// <param name="LastDay">The UK date on which one can last take part; null where none is known.</param>
/// <param name="UpdatedAt">When what the public sees last changed in a way that matters.</param>
public sealed record PublicActivity(
    Guid Id,
    bool IsConsultation,
    string Name,
    string Title,
    string Summary,
    PublicStatus Status,
    DateTimeOffset? OpensAt,
    DateTimeOffset? ClosesAt,
    DateOnly? BeginsOn,
    DateOnly? LastDay,
    string? OpensInWords,
    string? ClosesInWords,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Audiences,
    DateOnly? OutcomeDueOn,
    bool OutcomeLate,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset UpdatedAt);

/// <summary>The one way in which consultations and engagements are searched, for pages and feeds alike.</summary>
internal sealed class PublicActivities(IConsultationsDb db)
{
    // The instants decide, not what a job has recorded; 0 open, 1 forthcoming, 2 closed, 3 withdrawn is also the order of the list.
    private const string Consultations =
        """
        select c.id, true as is_consultation, c.slug::text as name, c.title::text as title, c.summary, c.topics, c.areas, c.audiences,
               c.opens_at, c.closes_at, c.opens_on as begins_on, null::date as last_day, c.opens_time, c.outcome_due_weeks, c.answered_at,
               case when c.status = 'Withdrawn' then 3 when c.opens_at > @now then 1 when c.closes_at > @now then 0 else 2 end as stage,
               coalesce(c.withdrawn_at, greatest(
                   c.first_published_at, c.approved_at, c.answered_at, (c.extensions -> -1 ->> 'at')::timestamptz,
                   case when c.opens_at <= @now then c.opens_at end, case when c.closes_at <= @now then c.closes_at end)) as updated_at
          from consultations.consultation c
         where (c.status not in ('Draft', 'AwaitingApproval', 'Withdrawn') or (c.status = 'Withdrawn' and c.first_published_at is not null))
        """;

    private const string Engagements =
        $"""
        select e.engagement_id, false, e.reference, e.title, e.summary, array[]::text[], e.areas, e.audiences,
               null::timestamptz, null::timestamptz, e.begins_on, e.last_day, null::time, null::int, null::timestamptz,
               case when e.stage = 'cancelled' then 3 when e.stage = 'live' and (e.last_day is null or e.last_day >= @today) then 0 else 2 end,
               coalesce(e.last_told_on, e.begins_on)::timestamptz
          from {EngagementViews.PublicEngagements} e
         where true
        """;

    private const string Order =
        "order by stage, case when stage = 0 then closes_at when stage = 1 then opens_at end nulls last, coalesce(closes_at, begins_on) desc nulls last, id";

    private static readonly PublicStatus[] ByStage = [PublicStatus.Open, PublicStatus.Forthcoming, PublicStatus.Closed, PublicStatus.Withdrawn];

    public async Task<List<PublicActivity>> Read(PublicFilter filter, DateTimeOffset now, bool newestFirst, int skip, int take, CancellationToken cancellationToken)
    {
        // Put together of constants; what anybody typed is a parameter.
        var sql =
            $"""
            select id as "Id", is_consultation as "IsConsultation", name as "Name", title as "Title", summary as "Summary", topics as "Topics", areas as "Areas",
                   audiences as "Audiences", opens_at as "OpensAt", closes_at as "ClosesAt", begins_on as "BeginsOn", last_day as "LastDay", opens_time as "OpensTime",
                   outcome_due_weeks as "OutcomeDueWeeks", answered_at as "AnsweredAt", stage as "Stage", updated_at as "UpdatedAt"
              from ({Known(filter)}) known
             where {string.Join(" and ", All(filter))}
             {(newestFirst ? "order by updated_at desc, id" : Order)}
             limit @take offset @skip
            """;
        var rows = await db.Database.SqlQueryRaw<Row>(
            sql, [.. Parameters(filter, now), new NpgsqlParameter("take", take), new NpgsqlParameter("skip", skip)]).ToListAsync(cancellationToken);
        return rows.ConvertAll(r => r.Show(now));
    }

    /// <summary>How many there are in all, and under each value that could be chosen next to what is chosen already.</summary>
    public async Task<IReadOnlyList<Count>> CountValues(PublicFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Alike ones are put together first: there are few combinations, however many activities there are.
        var sql =
            $"""
            with known as materialized (
                select topics, areas, audiences, stage, {Topic(filter)} as by_topic, {Area(filter)} as by_area, {Audience(filter)} as by_audience, {Status(filter)} as by_status,
                       count(*) as n
                  from ({Known(filter)}) k group by 1, 2, 3, 4, 5, 6, 7, 8)
            select 'total' as "Kind", '' as "Value", coalesce(sum(n), 0)::int as "Number" from known where by_topic and by_area and by_audience and by_status
            union all select 'status', stage::text, sum(n)::int from known where by_topic and by_area and by_audience group by stage
            union all select 'topic', v, sum(n)::int from known, unnest(topics) v where by_area and by_audience and by_status group by v
            union all select 'area', v, sum(n)::int from known, unnest(areas) v where by_topic and by_audience and by_status group by v
            union all select 'audience', v, sum(n)::int from known, unnest(audiences) v where by_topic and by_area and by_status group by v
            """;
        return await db.Database.SqlQueryRaw<Count>(sql, [.. Parameters(filter, now)]).ToListAsync(cancellationToken);
    }

    public static PublicStatus StatusOf(string stage) => ByStage[int.Parse(stage, CultureInfo.InvariantCulture)];

    private static string Known(PublicFilter filter)
    {
        var words = string.IsNullOrWhiteSpace(filter.Words) ? "" : " and search_words @@ websearch_to_tsquery('english', @words)";
        return $"{Consultations}{words}\nunion all\n{Engagements}{words}";
    }

    private static IEnumerable<string> All(PublicFilter filter) => [Topic(filter), Area(filter), Audience(filter), Status(filter)];

    private static string Topic(PublicFilter filter) => filter.Topics is { Count: > 0 } ? "topics && @topics" : "true";

    private static string Area(PublicFilter filter) => filter.Areas is { Count: > 0 } ? "areas && @areas" : "true";

    private static string Audience(PublicFilter filter) => filter.Audiences is { Count: > 0 } ? "audiences && @audiences" : "true";

    private static string Status(PublicFilter filter) => filter.Statuses is { Count: > 0 } ? "stage = any(@stages)" : "true";

    private static IEnumerable<object> Parameters(PublicFilter filter, DateTimeOffset now)
    {
        yield return new NpgsqlParameter("now", now);
        yield return new NpgsqlParameter("today", UkTime.DateOf(now));
        yield return new NpgsqlParameter("words", NpgsqlDbType.Text) { Value = filter.Words ?? "" };
        yield return Values("topics", filter.Topics);
        yield return Values("areas", filter.Areas);
        yield return Values("audiences", filter.Audiences);
        yield return new NpgsqlParameter("stages", (filter.Statuses ?? []).Select(s => Array.IndexOf(ByStage, s)).ToArray());
    }

    private static NpgsqlParameter Values(string name, IReadOnlyList<string>? values) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = (values ?? []).ToArray() };

    /// <param name="Kind"><c>total</c>, <c>status</c>, <c>topic</c>, <c>area</c> or <c>audience</c>.</param>
    internal sealed record Count(string Kind, string Value, int Number);

    private sealed record Row(
        Guid Id, bool IsConsultation, string Name, string Title, string Summary, string[] Topics, string[] Areas, string[] Audiences,
        DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt, DateOnly? BeginsOn, DateOnly? LastDay, TimeOnly? OpensTime, int? OutcomeDueWeeks,
        DateTimeOffset? AnsweredAt, int Stage, DateTimeOffset? UpdatedAt)
    {
        public PublicActivity Show(DateTimeOffset now)
        {
            var lastDay = ClosesAt is { } closes ? UkTime.DateOf(closes.AddTicks(-1)) : LastDay;
            DateOnly? due = OutcomeDueWeeks is { } weeks && lastDay is { } last ? last.AddDays(weeks * 7) : null;
            var status = ByStage[Stage];
            return new PublicActivity(
                Id, IsConsultation, Name, Title, Summary, status, OpensAt, ClosesAt, BeginsOn, lastDay,
                OpensAt is { } opens ? PublicTimes.SpellOpening(BeginsOn!.Value, OpensTime, opens) : BeginsOn is { } begins ? UkTime.Spell(begins) : null,
                ClosesAt is { } deadline ? UkTime.SpellDeadline(deadline) : LastDay is { } day ? UkTime.Spell(day) : null,
                Topics, Areas, Audiences, due,
                status == PublicStatus.Closed && AnsweredAt is null && UkTime.DateOf(now) > due,
                AnsweredAt, UpdatedAt ?? OpensAt ?? now);
        }
    }
}
