using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.Platform.Web;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Engagement.Consultations.Application.Public;

/// <summary>
/// What the public can find: open ones by the soonest deadline, forthcoming ones by the soonest opening, closed and withdrawn
/// ones by the latest deadline.
/// </summary>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
/// <param name="Words">As in <see cref="PublicFilter"/>; null for whatever it says.</param>
[AllowsAnyone]
public sealed record ListPublicConsultations(
    PublicList Status = PublicList.Open, string? Cursor = null, int? Limit = null, string? Words = null, string? Topic = null, string? Area = null, string? Audience = null)
    : IQuery<PublicConsultationsPage>;

public enum PublicList
{
    Open,
    Forthcoming,
    Closed,
}

/// <param name="FreshFor">How long this stays true at most: until the next instant at which something opens or closes.</param>
public sealed record PublicConsultationsPage(Page<PublicConsultationRow> Page, TimeSpan FreshFor);

/// <param name="OpensAt">The first instant at which a response is accepted.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
/// <param name="ClosesAtLocal">The same as UK wall time, to the minute.</param>
/// <param name="ClosesInWords">The last minute in time, such as <c>11:59pm on Friday 27 November 2026</c>.</param>
public sealed record PublicConsultationRow(
    string Slug,
    string Title,
    string Summary,
    PublicStatus Status,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    string ClosesAtLocal,
    string TimeZone,
    string OpensInWords,
    string ClosesInWords,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Audiences,
    DateOnly OutcomeDueOn,
    bool OutcomeLate);

internal sealed class ListPublicConsultationsValidator : AbstractValidator<ListPublicConsultations>
{
    public ListPublicConsultationsValidator()
    {
        RuleFor(q => q.Words).IsText(200).OverridePropertyName("q");
        RuleFor(q => q.Topic).IsText(100);
        RuleFor(q => q.Area).IsText(100);
        RuleFor(q => q.Audience).IsText(100);
    }
}

internal sealed class ListPublicConsultationsHandler(IConsultationsDb db, TimeProvider clock) : IRequestHandler<ListPublicConsultations, PublicConsultationsPage>
{
    /// <summary>The column that the database makes of title and summary.</summary>
    public const string SearchWords = "SearchWords";

    public async Task<PublicConsultationsPage> Handle(ListPublicConsultations request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read(request.Cursor);
        var now = clock.GetUtcNow();

        // Shown as the instants say: the job that records them may be a second behind.
        var known = Matching(db.Consultations.AsNoTracking().IgnoreAutoIncludes().Where(Consultation.IsPublic), request);
        var listed = request.Status switch
        {
            PublicList.Open => known.Where(c => c.Status != ConsultationStatus.Withdrawn && c.Period.OpensAt <= now && c.Period.ClosesAt > now)
                .OrderBy(c => c.Period.ClosesAt).ThenBy(c => c.Id),
            PublicList.Forthcoming => known.Where(c => c.Status != ConsultationStatus.Withdrawn && c.Period.OpensAt > now)
                .OrderBy(c => c.Period.OpensAt).ThenBy(c => c.Id),
            _ => known.Where(c => c.Status == ConsultationStatus.Withdrawn || c.Period.ClosesAt <= now)
                .OrderByDescending(c => c.Period.ClosesAt).ThenByDescending(c => c.Id),
        };
        var found = await (after is { } id ? await After(new ConsultationId(id), listed, request.Status, cancellationToken) : listed)
            .Take(limit + 1).ToListAsync(cancellationToken);
        var page = Cursor.Cut(found, limit, c => c.Id.Value);
        return new PublicConsultationsPage(
            new Page<PublicConsultationRow>([.. page.Items.Select(c => Row(c, now))], page.Next),
            await PublicTimes.FreshFor(db, now, cancellationToken));
    }

    private static IQueryable<Consultation> Matching(IQueryable<Consultation> known, ListPublicConsultations request)
    {
        if (!string.IsNullOrWhiteSpace(request.Words))
        {
            known = known.Where(c => EF.Property<NpgsqlTsVector>(c, SearchWords).Matches(EF.Functions.WebSearchToTsQuery("english", request.Words)));
        }

        return known
            .Where(c => request.Topic == null || c.Content.Topics.Contains(request.Topic))
            .Where(c => request.Area == null || c.Content.Areas.Contains(request.Area))
            .Where(c => request.Audience == null || c.Content.Audiences.Contains(request.Audience));
    }

    /// <summary>The rest of the list, after the row that the cursor names, wherever it stands now.</summary>
    private async Task<IQueryable<Consultation>> After(
        ConsultationId last, IQueryable<Consultation> listed, PublicList list, CancellationToken cancellationToken)
    {
        var at = await db.Consultations.Where(c => c.Id == last)
            .Select(c => list == PublicList.Forthcoming ? c.Period.OpensAt : c.Period.ClosesAt).SingleOrDefaultAsync(cancellationToken);
        return list switch
        {
            PublicList.Open => listed.Where(c => EF.Functions.GreaterThan(ValueTuple.Create(c.Period.ClosesAt, c.Id), ValueTuple.Create(at, last))),
            PublicList.Forthcoming => listed.Where(c => EF.Functions.GreaterThan(ValueTuple.Create(c.Period.OpensAt, c.Id), ValueTuple.Create(at, last))),
            _ => listed.Where(c => EF.Functions.LessThan(ValueTuple.Create(c.Period.ClosesAt, c.Id), ValueTuple.Create(at, last))),
        };
    }

    private static PublicConsultationRow Row(Consultation c, DateTimeOffset now) => new(
        c.Slug,
        c.Content.Title,
        c.Content.Summary,
        c.PublicStatusAt(now),
        c.Period.OpensAt,
        c.Period.ClosesAt,
        PublicTimes.Local(c.Period.ClosesAt),
        UkTime.ZoneId,
        PublicTimes.SpellOpening(c.Period),
        UkTime.SpellDeadline(c.Period.ClosesAt),
        c.Content.Topics,
        c.Content.Areas,
        c.Content.Audiences,
        c.OutcomeDueOn,
        c.IsOutcomeLate(now));
}
