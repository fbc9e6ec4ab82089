using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Calendars;

/// <summary>Consultations whose recorded timetable differs from what the calendar gives now, because days were recorded or withdrawn since.</summary>
[RequiresScope("consultations:read")]
public sealed record ListMovedTimetables : IQuery<IReadOnlyList<MovedTimetable>>
{
    public const int Most = 200;
}

/// <summary>The same for one consultation; null where nothing has moved.</summary>
[RequiresScope("consultations:read")]
public sealed record FindMovedTimetable(ConsultationId Id) : IQuery<MovedTimetableOrNone>;

/// <param name="Moved">Null where nothing has moved.</param>
public sealed record MovedTimetableOrNone(MovedTimetable? Moved);

/// <param name="Dates">Each date that moves, from what was recorded to what the calendar gives.</param>
/// <param name="Problem">Why the announced opening and close would be unlawful now; null while they are not.</param>
/// <param name="Raised">What speaks against the dates and did not before.</param>
/// <param name="Causes">The days that were recorded or withdrawn since.</param>
public sealed record MovedTimetable(
    ConsultationId Id,
    EngagementId EngagementId,
    string Title,
    ConsultationStatus Status,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    DateTimeOffset FoundAt,
    IReadOnlyList<MovedDateView> Dates,
    bool StillLawful,
    string? Problem,
    IReadOnlyList<string> Raised,
    IReadOnlyList<string> Causes);

/// <param name="Rule">Such as <c>tro-permanent/min_close</c>.</param>
public sealed record MovedDateView(string Rule, string Label, DateOnly Before, DateOnly After);

internal sealed class ListMovedTimetablesHandler(IConsultationsDb db)
    : IRequestHandler<ListMovedTimetables, IReadOnlyList<MovedTimetable>>, IRequestHandler<FindMovedTimetable, MovedTimetableOrNone>
{
    public async Task<IReadOnlyList<MovedTimetable>> Handle(ListMovedTimetables request, CancellationToken cancellationToken)
    {
        var rows = await (
            from check in db.TimetableChecks.AsNoTracking()
            join consultation in db.Consultations.AsNoTracking().IgnoreAutoIncludes() on check.ConsultationId equals consultation.Id
            where check.IsMoved
                && (consultation.Status == ConsultationStatus.AwaitingApproval || consultation.Status == ConsultationStatus.Scheduled || consultation.Status == ConsultationStatus.Open)
                && check.TimetableVersion == db.Timetables.Where(t => t.ConsultationId == consultation.Id).Max(t => (int?)t.Version)
            orderby consultation.Period.ClosesAt, consultation.Id
            select new { consultation.Id, consultation.EngagementId, consultation.Content.Title, consultation.Status, consultation.Period.OpensAt, consultation.Period.ClosesAt, check.CheckedAt, check.Move })
            .Take(ListMovedTimetables.Most)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => ViewOf(r.Id, r.EngagementId, r.Title, r.Status, r.OpensAt, r.ClosesAt, r.CheckedAt, r.Move))];
    }

    public async Task<MovedTimetableOrNone> Handle(FindMovedTimetable request, CancellationToken cancellationToken)
    {
        var row = await (
            from check in db.TimetableChecks.AsNoTracking()
            join consultation in db.Consultations.AsNoTracking().IgnoreAutoIncludes() on check.ConsultationId equals consultation.Id
            where consultation.Id == request.Id && check.IsMoved
                && (consultation.Status == ConsultationStatus.AwaitingApproval || consultation.Status == ConsultationStatus.Scheduled || consultation.Status == ConsultationStatus.Open)
                && check.TimetableVersion == db.Timetables.Where(t => t.ConsultationId == consultation.Id).Max(t => (int?)t.Version)
            select new { consultation.Id, consultation.EngagementId, consultation.Content.Title, consultation.Status, consultation.Period.OpensAt, consultation.Period.ClosesAt, check.CheckedAt, check.Move })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null && !await db.Consultations.AnyAsync(c => c.Id == request.Id, cancellationToken))
        {
            throw new NotFoundException("consultation");
        }

        return new MovedTimetableOrNone(row is null ? null : ViewOf(row.Id, row.EngagementId, row.Title, row.Status, row.OpensAt, row.ClosesAt, row.CheckedAt, row.Move));
    }

    private static MovedTimetable ViewOf(
        ConsultationId id, EngagementId engagement, string title, ConsultationStatus status, DateTimeOffset opensAt, DateTimeOffset closesAt, DateTimeOffset foundAt, TimetableMove move) => new(
        id,
        engagement,
        title,
        status,
        opensAt,
        closesAt,
        foundAt,
        [.. move.Dates.Select(d => new MovedDateView(d.Rule, d.Label, d.Before, d.After))],
        move.Problem is null,
        move.Problem,
        move.Raised,
        move.Causes);
}
