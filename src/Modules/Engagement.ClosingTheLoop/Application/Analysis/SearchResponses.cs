using System.Data.Common;
using System.Globalization;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>
/// The responses that were received, newest first, found by their words, channel, standing, coding and answers. Withdrawn ones are
/// left out; late ones that do not count are in it. Every page is found from where the one before ended, so that its depth does not matter.
/// </summary>
/// <param name="After">Those older than this one; null for the newest.</param>
/// <param name="Before">Those newer than this one, nearest first to it; only one of the two is given.</param>
/// <param name="Limit">1 to 200.</param>
[RequiresScope("participation:read")]
public sealed record SearchResponses(
    ConsultationId ConsultationId, ResponseFilter Filter, ResponseId? After = null, ResponseId? Before = null, int Limit = SearchResponses.PageSize) : IQuery<FoundResponses>
{
    public const int PageSize = 25;

    /// <summary>Beyond so many it is only said that there are more: to count all would take as long as to read all. The figures of what came in are exact.</summary>
    public const int MostCounted = 1_000;
}

/// <param name="Words">
/// Searched in the free texts as English words; "quotation marks" for a phrase, <c>or</c>, and - to leave out. The reference of a response
/// finds that response.
/// </param>
/// <param name="Channel">Such as <c>paper</c>.</param>
/// <param name="Standing"><c>in-time</c>, <c>entered-after-seal</c>, <c>late</c>, <c>late-admitted</c> or <c>late-refused</c>.</param>
/// <param name="Coded">True: it has free text, and each of them has a theme or "none"; false: it counts, and some free text has neither.</param>
/// <param name="Theme">Coded with this theme, or with one that was merged into it.</param>
/// <param name="Option">An option that was chosen, as <c>question=option</c>.</param>
/// <param name="Suspected">True: something speaks for a program as its sender; false: nothing does.</param>
public sealed record ResponseFilter(
    string? Words = null, string? Channel = null, string? Standing = null, bool? Coded = null, ThemeId? Theme = null, string? Option = null, bool? Suspected = null)
{
    public const int LongestWords = 200;

    public static readonly ResponseFilter None = new();
}

/// <param name="Total">How many there are in all, at most <see cref="SearchResponses.MostCounted"/>.</param>
/// <param name="MoreThanTotal">There are more than were counted.</param>
/// <param name="HasNewer">There are some before the first row.</param>
/// <param name="HasOlder">There are some after the last row.</param>
/// <param name="Questions">Those with options, for who wants to filter by what was answered.</param>
/// <param name="Themes">Of the coding frame, without merged ones, by name; for who wants to filter by theme.</param>
public sealed record FoundResponses(
    string Title,
    IReadOnlyList<FoundResponse> Rows,
    int Total,
    bool MoreThanTotal,
    bool HasNewer,
    bool HasOlder,
    IReadOnlyList<QuestionFacts> Questions,
    IReadOnlyList<ThemeName> Themes);

/// <param name="Excerpt">
/// Of the free texts: the words around what was searched for, or how the first begins; null where there is none. What was found stands
/// between U+E000 and U+E001.
/// </param>
/// <param name="Uncoded">Free texts with neither a theme nor "none".</param>
/// <param name="Themes">Names of the themes it was coded with, merged ones as what they became.</param>
/// <param name="AutomationSign">
/// Why it may have been sent by a program: <c>trap</c>, a field was filled in that nobody sees, <c>pace</c>, its pages were sent faster than anybody reads, or <c>flood</c>, it was one of very many from one address;
/// null where nothing speaks for it. It counts all the same.
/// </param>
public sealed record FoundResponse(
    ResponseId Id, string Reference, DateOnly ReceivedOn, string Channel, string Standing, bool IsCounted, string? Excerpt, int FreeTexts, int Uncoded, IReadOnlyList<string> Themes,
    string? AutomationSign);

internal sealed class SearchResponsesValidator : AbstractValidator<SearchResponses>
{
    public SearchResponsesValidator()
    {
        RuleFor(q => q.Filter.Words).MaximumLength(ResponseFilter.LongestWords).WithMessage($"Search for {ResponseFilter.LongestWords} characters or fewer").OverridePropertyName("words");
        RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("Give a limit from 1 to 200");
        RuleFor(q => q.Before).Must((q, before) => before is null || q.After is null).WithMessage("Give where the page begins or where it ends, not both");
    }
}

internal sealed class SearchResponsesHandler(IClosingTheLoopDb db, IOneTrip database, IMediator mediator) : IRequestHandler<SearchResponses, FoundResponses>
{
    private const string Mark = "StartSel=\uE000, StopSel=\uE001, MaxWords=35, MinWords=20, MaxFragments=1";
    private const int ExcerptLength = 200;

    public async Task<FoundResponses> Handle(SearchResponses request, CancellationToken cancellationToken)
    {
        var (consultation, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        var codes = FreeTexts.CodesOf(questions);
        var (found, rows) = await Find(request, codes, cancellationToken);
        var hasMore = rows.Count > request.Limit;
        if (hasMore)
        {
            rows.RemoveAt(request.Limit);
        }

        if (request.Before is not null)
        {
            rows.Reverse();
        }

        return new FoundResponses(
            consultation.Title,
            rows,
            Math.Min(found.Total, SearchResponses.MostCounted),
            found.Total > SearchResponses.MostCounted,
            request.Before is not null ? hasMore : request.After is not null,
            request.Before is not null || hasMore,
            [.. questions.Where(q => q.Options.Count > 0)],
            [.. found.ThemeIds.Zip(found.ThemeNames, (id, name) => new ThemeName(new ThemeId(id), name))]);
    }

    /// <summary>
    /// Everything is read as it comes, from the end of the page before. Of what a filter finds, all that match are counted as far as <see cref="SearchResponses.MostCounted"/>: where
    /// they are no more the page is made of them, and what more than that match is met soon by reading as it comes.
    /// </summary>
    private async Task<(Found Found, List<FoundResponse> Rows)> Find(SearchResponses request, string[] codes, CancellationToken cancellationToken)
    {
        var where = await db.Matching(request.ConsultationId, request.Filter, codes, cancellationToken);
        if (request.Filter == ResponseFilter.None)
        {
            var (all, page) = await database.Read(Planning.OnceForAllValues, Matching(request, where), Page(request, InItsPlace(where, request), codes), cancellationToken);
            return (all.Single(), page);
        }

        var found = (await database.Read(Planning.ForEachValue, Matching(request, where), cancellationToken)).Single();
        if (found.All is not { } few)
        {
            var planning = request.Filter == new ResponseFilter(request.Filter.Words) ? Planning.OnceInOrder : Planning.ForEachValue;
            return (found, await database.Read(planning, Page(request, InItsPlace(where, request), codes), cancellationToken));
        }

        var ids = OfThePage(request, few);
        return (found, ids.Length == 0 ? [] : await database.Read(
            Planning.OnceForAllValues,
            Page(request, new SqlConditions($"r.consultation_id = {request.ConsultationId.Value}", $"r.response_id = any({ids})"), codes),
            cancellationToken));
    }

    private static Statement<Found> Matching(SearchResponses request, SqlConditions where) => new(
        where.Between(
            $"""
            select counted.total, counted.ids, themes.ids, themes.names
              from (select array_agg(id order by name, id) as ids, array_agg(name order by name, id) as names
                      from closing_the_loop.theme where consultation_id = {request.ConsultationId.Value} and merged_into is null) themes
             cross join (
                   select count(*)::int as total, case when count(*) <= {Figure(SearchResponses.MostCounted)} then array_agg(response_id) end as ids
                     from (select r.response_id from participation.v1_received r
            """,
            $"limit {Figure(SearchResponses.MostCounted + 1)}) matching) counted"),
        row => new Found(row.GetInt32(0), Values<Guid>(row, 1), Values<Guid>(row, 2) ?? [], Values<string>(row, 3) ?? []));

    /// <param name="all">The ids of all that match. A Guid is compared as the database compares an id.</param>
    /// <returns>One more than the page shows, where there are so many.</returns>
    private static Guid[] OfThePage(SearchResponses request, Guid[] all) => request.Before is { } before
        ? [.. all.Where(i => i > before.Value).Order().Take(request.Limit + 1)]
        : [.. all.Where(i => request.After is not { } after || i < after.Value).OrderDescending().Take(request.Limit + 1)];

    private static SqlConditions InItsPlace(SqlConditions all, SearchResponses request)
    {
        var place = all.Copy();
        if (request.After is { } after)
        {
            place.And($"r.response_id < {after.Value}");
        }

        if (request.Before is { } before)
        {
            place.And($"r.response_id > {before.Value}");
        }

        return place;
    }

    /// <summary>One row more than the page shows. What is shown of a row is worked out for the rows of the page only.</summary>
    private static Statement<FoundResponse> Page(SearchResponses request, SqlConditions page, string[] codes)
    {
        var order = new Verbatim(request.Before is null ? "desc" : "asc");
        FormattableString excerpt = request.Filter.Words is { } words && !string.IsNullOrWhiteSpace(words)
            ? $"ts_headline('pg_catalog.english', t.texts, websearch_to_tsquery('pg_catalog.english', {words}), {Mark})"
            : (FormattableString)$"left(t.texts, {Figure(ExcerptLength)}) || case when length(t.texts) > {Figure(ExcerptLength)} then '…' else '' end";
        return new Statement<FoundResponse>(
            page.Between(
                $"""
                select r.response_id, r.reference, r.received_on, r.channel, r.standing, r.counted, {excerpt}, t.count, case when r.counted then t.uncoded else 0 end,
                       (select array_agg(distinct m.name order by m.name)
                          from closing_the_loop.coded_theme ct
                          join closing_the_loop.theme o on o.id = ct.theme_id
                          join closing_the_loop.theme m on m.id = coalesce(o.merged_into, o.id)
                         where ct.consultation_id = r.consultation_id and ct.response_id = r.response_id),
                       (select s.sign from participation.v1_suspected s where s.consultation_id = r.consultation_id and s.response_id = r.response_id)
                  from (select r.* from participation.v1_received r
                """,
                $"""
                         order by r.response_id {order} limit {Figure(request.Limit + 1)}) r
                 cross join lateral (
                       select string_agg(r.answers ->> q.code, E'\n' order by q.place) as texts, count(*)::int as count,
                              (count(*) filter (where not exists (
                                  select from closing_the_loop.coded_answer c
                                   where c.consultation_id = r.consultation_id and c.response_id = r.response_id and c.question_code = q.code)))::int as uncoded
                         from unnest({codes}) with ordinality q(code, place)
                        where jsonb_typeof(r.answers -> q.code) = 'string') t
                 order by r.response_id {order}
                """),
            row => new FoundResponse(
                new ResponseId(row.GetGuid(0)), ShownReference.Of(row.GetString(1)), row.GetFieldValue<DateOnly>(2), row.GetString(3), row.GetString(4), row.GetBoolean(5),
                row.IsDBNull(6) ? null : row.GetString(6), row.GetInt32(7), row.GetInt32(8), Values<string>(row, 9) ?? [], row.IsDBNull(10) ? null : row.GetString(10)));
    }

    private static T[]? Values<T>(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<T[]>(column);

    /// <summary>A limit stands in a statement as a figure, so that its plan is made for it.</summary>
    private static Verbatim Figure(int figure) => new(figure.ToString(CultureInfo.InvariantCulture));

    /// <param name="Total">Counted to one more than <see cref="SearchResponses.MostCounted"/>.</param>
    /// <param name="All">The ids of all that match, in no order; null where they are more than are counted.</param>
    private sealed record Found(int Total, Guid[]? All, Guid[] ThemeIds, string[] ThemeNames);
}
