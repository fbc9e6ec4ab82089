using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>A second person confirms the later deadline that was proposed: it holds from the commit on.</summary>
/// <param name="Version">The version the approver read.</param>
[RequiresScope("consultations:approve")]
public sealed record ApproveExtension(ConsultationId Id, int Version) : ICommand<ConsultationView>;

internal sealed class ApproveExtensionHandler(
    IConsultationsDb db, IMediator mediator, ITimescales timescales, NoticeTasks notices, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ApproveExtension, ConsultationView>
{
    public async Task<ConsultationView> Handle(ApproveExtension request, CancellationToken cancellationToken)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;

        // The clock is read under the lock, and whoever wants to refuse a late response waits for the lock: an approval that is
        // in time and commits a moment after the deadline turns nobody away.
        await db.Database.ExecuteSqlAsync($"select 1 from consultations.consultation where id = {request.Id.Value} for no key update", cancellationToken);
        var consultation = await db.Load(request.Id, request.Version, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var proposed = consultation.RequireProposedExtension();
        var known = await timescales.Read(cancellationToken);
        var actual = await db.ActualDates(consultation, cancellationToken);
        var timetable = consultation.TimetableFor(consultation.Period.Until(proposed.Closes), engagement?.DecisionOn, known.Calculator, actual);
        var now = clock.GetUtcNow();
        consultation.ApproveExtension(current.Actor, timetable, now);
        db.Timetables.Add(new RecordedTimetable
        {
            ConsultationId = consultation.Id,
            Version = consultation.Version + 1,
            RecordedAt = now,
            CalendarChanges = known.CalendarChanges,
            Timetable = TimetableView.Of(timetable),
            Reasons = timetable.Risks.Select(r => r.Rule).Distinct(StringComparer.Ordinal).ToDictionary(r => r, _ => proposed.PublicReason, StringComparer.Ordinal),
        });
        await notices.Follow(consultation, null, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return ConsultationView.Of(consultation, now);
    }
}
