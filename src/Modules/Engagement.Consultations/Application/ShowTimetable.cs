using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>The timetable of a consultation: a draft's as the law stands now, any other's as it was recorded.</summary>
[RequiresScope("consultations:read")]
public sealed record ShowTimetable(ConsultationId Id) : IQuery<ConsultationTimetableView>;

/// <param name="RecordedAt">When it was recorded, at submission or at an extension; null where it was computed just now.</param>
/// <param name="Reasons">Why good practice is departed from, by the finding's rule.</param>
public sealed record ConsultationTimetableView(DateTimeOffset? RecordedAt, TimetableView Timetable, IReadOnlyDictionary<string, string> Reasons);

internal sealed class ShowTimetableHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales)
    : IRequestHandler<ShowTimetable, ConsultationTimetableView>
{
    public async Task<ConsultationTimetableView> Handle(ShowTimetable request, CancellationToken cancellationToken)
    {
        var recorded = await db.Timetables.AsNoTracking()
            .Where(t => t.ConsultationId == request.Id && db.Consultations.Any(c => c.Id == request.Id && c.Status != ConsultationStatus.Draft))
            .OrderByDescending(t => t.Version).FirstOrDefaultAsync(cancellationToken);
        if (recorded is not null)
        {
            return new ConsultationTimetableView(recorded.RecordedAt, recorded.Timetable, recorded.Reasons);
        }

        var consultation = await db.Load(request.Id, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        return new ConsultationTimetableView(
            null,
            TimetableView.Of(consultation.TimetableFor(consultation.Period, engagement?.DecisionOn, await timescales.Now(cancellationToken), await db.ActualDates(consultation, cancellationToken))),
            new Dictionary<string, string>(StringComparer.Ordinal));
    }
}
