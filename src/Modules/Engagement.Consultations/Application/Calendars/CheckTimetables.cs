using System.Globalization;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Calendars;

/// <summary>Holds every recorded timetable that somebody still relies on against the calendar as it is now.</summary>
/// <returns>Those that have moved.</returns>
[InternalRequest]
public sealed record CheckTimetables : ICommand<IReadOnlyList<MovedTimetable>>;

/// <summary>The same for one consultation.</summary>
[InternalRequest]
public sealed record CheckTimetable(ConsultationId Id) : ICommand<ClockResult>;

internal sealed class CheckTimetablesHandler(IConsultationsDb db, ITimescales timescales, IMediator mediator, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<CheckTimetables, IReadOnlyList<MovedTimetable>>, IRequestHandler<CheckTimetable, ClockResult>
{
    public async Task<IReadOnlyList<MovedTimetable>> Handle(CheckTimetables request, CancellationToken cancellationToken)
    {
        var known = await timescales.ReadFresh(cancellationToken);
        foreach (var id in await db.TimetablesToCheck(known.CalendarChanges).ToListAsync(cancellationToken))
        {
            // What somebody else is changing at this moment, the job looks at a little later.
            await Check(id, known, cancellationToken);
        }

        return await mediator.Send(new ListMovedTimetables(), cancellationToken);
    }

    public async Task<ClockResult> Handle(CheckTimetable request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await Check(request.Id, await timescales.ReadFresh(cancellationToken), cancellationToken))
        {
            return ClockResult.LeftAlone;
        }

        await transaction.CommitAsync(cancellationToken);
        return ClockResult.Done;
    }

    private async Task<bool> Check(ConsultationId id, KnownTimescales known, CancellationToken cancellationToken)
    {
        if (!await db.TryLock(id, cancellationToken))
        {
            return false;
        }

        var consultation = await db.Consultations.AsNoTracking().IgnoreAutoIncludes().SingleAsync(c => c.Id == id, cancellationToken);
        var recorded = await db.Timetables.AsNoTracking().Where(t => t.ConsultationId == id).OrderByDescending(t => t.Version)
            .Select(t => new { t.Version, t.CalendarChanges }).FirstAsync(cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {id} serves engagement {consultation.EngagementId}, which does not exist.");
        var actual = await db.ActualDates(consultation, cancellationToken);
        var move = TimetableMove.Between(
            consultation.TimetableFor(consultation.Period, engagement.DecisionOn, known.After(recorded.CalendarChanges), actual),
            consultation.TimetableFor(consultation.Period, engagement.DecisionOn, known.Calculator, actual),
            [.. known.Entries.Where(e => e.HeldAfter(recorded.CalendarChanges) != (e.WithdrawnAt is null)).Select(CauseOf)]);
        await Keep(consultation, recorded.Version, known.CalendarChanges, move, engagement, cancellationToken);
        return true;
    }

    private async Task Keep(Consultation consultation, int timetable, int changes, TimetableMove move, EngagementFacts engagement, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var check = await db.TimetableChecks.SingleOrDefaultAsync(k => k.ConsultationId == consultation.Id, cancellationToken);
        if (check is null)
        {
            check = new TimetableCheck { ConsultationId = consultation.Id };
            db.TimetableChecks.Add(check);
        }

        var isNews = !move.IsNothing && !(check.IsMoved && check.TimetableVersion == timetable && check.Move.Dates.SequenceEqual(move.Dates) && check.Move.Raised.SequenceEqual(move.Raised, StringComparer.Ordinal));
        (check.TimetableVersion, check.CalendarChanges, check.CheckedAt, check.IsMoved, check.Move) = (timetable, changes, now, !move.IsNothing, move.IsNothing ? TimetableMove.None : move);
        if (isNews)
        {
            db.Record(consultation.Id.Value, nameof(Consultation), new TimetableFoundMoved(consultation.Id, move.Dates, move.Causes, move.Problem is null, now));
            db.Notify(Notification.To(
                engagement.LeadOfficerEmail,
                MovedTimetableMessage.Kind,
                string.Create(CultureInfo.InvariantCulture, $"{MovedTimetableMessage.Kind}/{consultation.Id}/{timetable}/{changes}"),
                consultation.Id.Value,
                MovedTimetableMessage.Write(engagement.LeadOfficerName, consultation.Content.Title, engagement.Reference, move),
                masterKey,
                now));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static string CauseOf(CalendarEntry entry) =>
        $"{entry.Title}, {(entry.FirstDay == entry.LastDay ? UkTime.Spell(entry.FirstDay) : $"{UkTime.Spell(entry.FirstDay)} to {UkTime.Spell(entry.LastDay)}")}{(entry.WithdrawnAt is null ? "" : " (withdrawn)")}";
}

internal static class TimetablesToCheckQuery
{
    /// <summary>Consultations whose newest recorded timetable has not been held against the calendar since its last change.</summary>
    public static IQueryable<ConsultationId> TimetablesToCheck(this IConsultationsDb db, int calendarChanges) =>
        from consultation in db.Consultations.AsNoTracking().IgnoreAutoIncludes()
        where consultation.Status == ConsultationStatus.AwaitingApproval || consultation.Status == ConsultationStatus.Scheduled || consultation.Status == ConsultationStatus.Open
        let newest = db.Timetables.Where(t => t.ConsultationId == consultation.Id).Max(t => (int?)t.Version)
        where newest != null && !db.TimetableChecks.Any(k => k.ConsultationId == consultation.Id && k.TimetableVersion == newest && k.CalendarChanges == calendarChanges)
        orderby consultation.Id
        select consultation.Id;
}

/// <summary>Tells a lead officer that the calendar has changed under a timetable.</summary>
internal static class MovedTimetableMessage
{
    public const string Kind = "timetable-moved";

    public static NotificationContent Write(string officer, string title, string reference, TimetableMove move) => new(
        $"{(move.Problem is null ? "Dates have moved" : "Dates are no longer lawful")}: “{title}”",
        $"""
        Dear {officer},

        The calendar has changed since the timetable of “{title}” ({reference}) was recorded: {string.Join("; ", move.Causes)}.

        {string.Join("\n", [.. move.Dates.Select(d => $"{d.Label}: {UkTime.Spell(d.After)} instead of {UkTime.Spell(d.Before)}."), .. move.Raised])}

        Nothing was changed: what was announced holds until you act. {(move.Problem is null ? "Look at the timetable and take the new dates over." : "Extend the consultation, or change its dates while it has not opened.")}
        """);
}
