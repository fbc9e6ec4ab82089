using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Notices;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>
/// Holds a consultation's notices, its regimes and its dates together, whichever of them has changed: the tasks follow the timetable, and the
/// timetable follows what really happened. Whoever calls it saves.
/// </summary>
internal sealed class NoticeTasks(IConsultationsDb db, IMediator mediator, ITimescales timescales, Publicity publicity, MasterKey masterKey)
{
    public const string MovedClose = "notice-moved-close";

    /// <param name="consultation">As it is to be saved.</param>
    /// <param name="notices">Of it; null to look for them, and to do nothing where it has none yet.</param>
    public async Task Follow(Consultation consultation, ConsultationNotices? notices, DateTimeOffset now, CancellationToken cancellationToken)
    {
        notices ??= await db.NoticeLists.SingleOrDefaultAsync(n => n.ConsultationId == consultation.Id, cancellationToken);
        if (notices is null)
        {
            return;
        }

        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {consultation.Id} serves engagement {consultation.EngagementId}, which does not exist.");
        var actual = notices.ActualDates(consultation.PlannedDate);
        var timetable = consultation.TimetableFor(consultation.Period, engagement.DecisionOn, await timescales.Now(cancellationToken), actual);
        notices.Follow(publicity.DemandsOf(timetable, consultation.PlannedDate, consultation.Period.OpensOn), now);
        await FollowConsultees(consultation.Id, timetable, now, cancellationToken);
        var earliest = actual.Count > 0 ? timetable.Proposal.EarliestClose : null;
        var decidedBy = earliest is not null && timetable.Proposal.DecidedBy is { } step ? $"{step.Regime.Id}/{step.Key}" : null;
        var shortBy = consultation.ShortBy(earliest);
        var hasMoved = earliest != notices.EarliestClose;
        notices.NoteEarliestClose(earliest, decidedBy, shortBy, now);
        if (actual.Count > 0)
        {
            consultation.HoldAgainstNotices(timetable, now);
        }

        if (hasMoved && shortBy > 0 && consultation.Status is not (ConsultationStatus.Withdrawn or ConsultationStatus.Decided))
        {
            await Tell(consultation, engagement, earliest!.Value, shortBy, now, cancellationToken);
        }
    }

    /// <summary>The first notices of a consultation, once its dates have been put forward.</summary>
    public async Task Begin(Consultation consultation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var notices = await db.NoticeLists.SingleOrDefaultAsync(n => n.ConsultationId == consultation.Id, cancellationToken);
        if (notices is null)
        {
            notices = ConsultationNotices.Of(consultation.Id);
            db.NoticeLists.Add(notices);
        }

        await Follow(consultation, notices, now, cancellationToken);
    }

    private async Task FollowConsultees(ConsultationId id, Timetable timetable, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var consultees = await db.ConsulteeLists.SingleOrDefaultAsync(l => l.ConsultationId == id, cancellationToken);
        if (consultees is null)
        {
            consultees = ConsulteeList.Of(id);
            db.ConsulteeLists.Add(consultees);
        }

        consultees.Follow(timetable.Versions.Select(v => v.Regime), now);
    }

    public static NotificationContent WriteMovedClose(string officer, string title, string reference, DateOnly earliest, int shortBy, string closes, bool hasOpened) => new(
        $"Closes too early: “{title}”",
        $"""
        Dear {officer},

        A notice for “{title}” ({reference}) was published later than planned. By what really happened, the earliest lawful last day for responses is {UkTime.Spell(earliest)}. It is to close at {closes}: {(shortBy == 1 ? "1 day" : $"{shortBy} days")} too early.

        {(hasOpened
            ? "It is open. Propose a later deadline now: a second person must approve it before the present one has passed. Its page Notices has the link."
            : "It has not opened. Change its dates and put it forward again: with these dates it cannot open.")}
        """);

    private async Task Tell(Consultation consultation, EngagementFacts engagement, DateOnly earliest, int shortBy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reference = $"{MovedClose}/{consultation.Id}/{earliest:yyyy-MM-dd}";
        if (!await db.Notifications.AnyAsync(n => n.Reference == reference, cancellationToken))
        {
            db.Notify(Notification.To(
                engagement.LeadOfficerEmail, MovedClose, reference, consultation.Id.Value,
                WriteMovedClose(
                    engagement.LeadOfficerName, consultation.Content.Title, engagement.Reference, earliest, shortBy,
                    UkTime.SpellDeadline(consultation.Period.ClosesAt), now >= consultation.Period.OpensAt),
                masterKey, now));
        }
    }
}

internal static class NoticeLists
{
    /// <exception cref="NotFoundException">There is no such consultation, or it has no notices yet.</exception>
    public static async Task<ConsultationNotices> LoadNotices(this IConsultationsDb db, ConsultationId id, int? expectedVersion, CancellationToken cancellationToken)
    {
        var notices = await db.NoticeLists.SingleOrDefaultAsync(n => n.ConsultationId == id, cancellationToken) ?? throw new NotFoundException("notice");
        notices.MustBeAt(expectedVersion);
        return notices;
    }

    /// <summary>The dates that the law counts from, as they really were; empty while nothing has been published.</summary>
    public static async Task<IReadOnlyDictionary<string, DateOnly>> ActualDates(this IConsultationsDb db, Consultation consultation, CancellationToken cancellationToken) =>
        (await db.NoticeLists.AsNoTracking().SingleOrDefaultAsync(n => n.ConsultationId == consultation.Id, cancellationToken))?.ActualDates(consultation.PlannedDate)
            ?? new Dictionary<string, DateOnly>(StringComparer.Ordinal);
}
