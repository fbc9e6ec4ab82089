using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Consultations.Application.Calendars;

/// <summary>Records the timetable of a scheduled or open consultation as it is counted now. Opening and close stay what was announced.</summary>
[RequiresScope("consultations:write")]
public sealed record TakeOverTimetable(ConsultationId Id, int? ExpectedVersion = null) : ICommand<ConsultationView>;

internal sealed class TakeOverTimetableHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales, TimeProvider clock)
    : IRequestHandler<TakeOverTimetable, ConsultationView>
{
    public async Task<ConsultationView> Handle(TakeOverTimetable request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var known = await timescales.Read(cancellationToken);
        var timetable = consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, known.Calculator, await db.ActualDates(consultation, cancellationToken));
        consultation.TakeOverTimetable(timetable, now);
        db.Timetables.Add(new RecordedTimetable
        {
            ConsultationId = consultation.Id,
            Version = consultation.Version + 1,
            RecordedAt = now,
            CalendarChanges = known.CalendarChanges,
            Timetable = TimetableView.Of(timetable),
        });
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}
