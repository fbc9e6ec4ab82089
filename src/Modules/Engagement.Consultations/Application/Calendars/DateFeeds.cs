using Engagement.Access.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Calendars;

/// <summary>Makes the officer's address of the dates of all consultations, or replaces it: the one before works no more.</summary>
[RequiresScope("consultations:read")]
public sealed record OpenDateFeed : ICommand<DateFeedKey>;

/// <summary>Ends the officer's address; a calendar program that has it gets nothing any more.</summary>
[RequiresScope("consultations:read")]
public sealed record CloseDateFeed : ICommand<DateFeedState>;

/// <summary>Whether the officer has an address.</summary>
[RequiresScope("consultations:read")]
public sealed record ShowDateFeed : IQuery<DateFeedState>;

/// <summary>The dates of all consultations, for whoever has the key of an officer's address.</summary>
[AllowsAnyone]
public sealed record ReadDateFeed(string Key) : IQuery<IReadOnlyList<FeedDate>>;

/// <param name="Key">Shown once and kept nowhere.</param>
public sealed record DateFeedKey(string Key);

/// <param name="OpenSince">Null where there is no address.</param>
public sealed record DateFeedState(DateTimeOffset? OpenSince);

/// <param name="Id">Of the date: the same each time, so that a calendar program moves it and does not add it again.</param>
/// <param name="ChangedAt">When the timetable that it stands in was recorded.</param>
public sealed record FeedDate(string Id, ConsultationId ConsultationId, string Title, string What, DateOnly On, string? Detail, DateTimeOffset ChangedAt);

internal sealed class DateFeedsHandler(IConsultationsDb db, IMediator mediator, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<OpenDateFeed, DateFeedKey>, IRequestHandler<CloseDateFeed, DateFeedState>, IRequestHandler<ShowDateFeed, DateFeedState>, IRequestHandler<ReadDateFeed, IReadOnlyList<FeedDate>>
{
    /// <summary>Consultations that have closed stay for so long: orders are made and challenged after the close.</summary>
    private static readonly TimeSpan AfterClosing = TimeSpan.FromDays(365);

    private const int Most = 500;

    public async Task<DateFeedKey> Handle(OpenDateFeed request, CancellationToken cancellationToken)
    {
        var feed = await OfCaller(cancellationToken);
        if (feed is null)
        {
            feed = DateFeed.Of(Caller());
            db.DateFeeds.Add(feed);
        }

        var key = feed.Open(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new DateFeedKey(key);
    }

    public async Task<DateFeedState> Handle(CloseDateFeed request, CancellationToken cancellationToken)
    {
        (await OfCaller(cancellationToken))?.Close(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new DateFeedState(null);
    }

    public async Task<DateFeedState> Handle(ShowDateFeed request, CancellationToken cancellationToken) =>
        new(await OfCaller(cancellationToken) is { ClosedAt: null } feed ? feed.OpenedAt : null);

    /// <exception cref="NotFoundException">The key opens nothing, or its officer may no longer sign in.</exception>
    public async Task<IReadOnlyList<FeedDate>> Handle(ReadDateFeed request, CancellationToken cancellationToken)
    {
        var hash = DateFeed.HashOf(request.Key);
        var feed = await db.DateFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.KeyHash == hash && f.ClosedAt == null, cancellationToken) ?? throw new NotFoundException("calendar");
        if ((await mediator.Send(new FindOfficers([feed.OfficerId]), cancellationToken)).GetValueOrDefault(feed.OfficerId) is not { IsDisabled: false })
        {
            throw new NotFoundException("calendar");
        }

        var since = clock.GetUtcNow() - AfterClosing;
        var rows = await (
            from consultation in db.Consultations.AsNoTracking().IgnoreAutoIncludes()
            where consultation.Status != ConsultationStatus.Draft && consultation.Status != ConsultationStatus.Withdrawn && consultation.Period.ClosesAt > since
            join timetable in db.Timetables.AsNoTracking() on consultation.Id equals timetable.ConsultationId
            where timetable.Version == db.Timetables.Where(t => t.ConsultationId == consultation.Id).Max(t => t.Version)
            orderby consultation.Period.ClosesAt descending, consultation.Id
            select new { consultation.Id, consultation.Content.Title, consultation.Period, timetable.RecordedAt, timetable.Timetable })
            .Take(Most)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.SelectMany(r => r.Timetable.Steps
                .Select(s => new FeedDate($"{r.Id}-{s.Regime}-{s.Key}", r.Id, r.Title, s.Label, s.Date, $"{s.Working} ({s.Citation})", r.RecordedAt))
                .Prepend(new FeedDate($"{r.Id}-last-day", r.Id, r.Title, "Last day for responses", r.Period.LastDay, null, r.RecordedAt))
                .Prepend(new FeedDate($"{r.Id}-first-day", r.Id, r.Title, "First day for responses", r.Period.OpensOn, null, r.RecordedAt))),
        ];
    }

    private Task<DateFeed?> OfCaller(CancellationToken cancellationToken)
    {
        var officer = Caller();
        return db.DateFeeds.SingleOrDefaultAsync(f => f.OfficerId == officer, cancellationToken);
    }

    /// <exception cref="ForbiddenException"><c>officers-only</c>: API clients have the API.</exception>
    private OfficerId Caller() =>
        current.Actor is { Kind: ActorKind.Officer } officer ? OfficerId.From(Guid.Parse(officer.Id)) : throw ForbiddenException.OfficersOnly();
}
