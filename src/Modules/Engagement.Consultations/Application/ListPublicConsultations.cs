using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>
/// What the public can find: open ones by the soonest deadline, forthcoming ones by the soonest opening, closed and withdrawn
/// ones by the latest deadline.
/// </summary>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Limit">1 to 200; null is 50.</param>
[AllowsAnyone]
public sealed record ListPublicConsultations(PublicList Status = PublicList.Open, string? Cursor = null, int? Limit = null) : IQuery<PublicConsultationsPage>;

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

internal sealed class ListPublicConsultationsHandler(IConsultationsDb db, TimeProvider clock) : IRequestHandler<ListPublicConsultations, PublicConsultationsPage>
{
    public async Task<PublicConsultationsPage> Handle(ListPublicConsultations request, CancellationToken cancellationToken)
    {
        var limit = Cursor.Limit(request.Limit);
        var after = Cursor.Read(request.Cursor);
        var now = clock.GetUtcNow();

        // Shown as the instants say: the job that records them may be a second behind.
        var known = db.Consultations.AsNoTracking().IgnoreAutoIncludes().Where(Consultation.IsPublic);
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
            await FreshFor(now, cancellationToken));
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

    private async Task<TimeSpan> FreshFor(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = await db.Consultations
            .Where(c => c.Status == ConsultationStatus.Scheduled || c.Status == ConsultationStatus.Open)
            .Where(c => c.Period.ClosesAt > now)
            .Select(c => c.Period.OpensAt > now ? c.Period.OpensAt : c.Period.ClosesAt)
            .MinAsync(instant => (DateTimeOffset?)instant, cancellationToken);
        return PublicTimes.FreshFor(next, now);
    }
}

internal static class PublicTimes
{
    /// <summary>The longest that a copy of what the public sees may be kept.</summary>
    private static readonly TimeSpan LongestCopy = TimeSpan.FromSeconds(10);

    /// <param name="next">When it changes by itself; null when it does not.</param>
    public static TimeSpan FreshFor(DateTimeOffset? next, DateTimeOffset now) => next is { } instant && instant - now < LongestCopy ? instant - now : LongestCopy;

    /// <summary>UK wall time, to the minute.</summary>
    public static string Local(DateTimeOffset instant) => UkTime.WallTimeOf(instant).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The day; with the time of day where it does not open with the day.</summary>
    public static string SpellOpening(ConsultationPeriod period) => period.OpensTime is null || period.OpensTime == TimeOnly.MinValue
        ? UkTime.Spell(period.OpensOn)
        : UkTime.SpellDeadline(period.OpensAt.AddMinutes(1));
}
