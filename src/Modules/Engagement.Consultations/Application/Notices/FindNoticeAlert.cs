using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>What every page of a consultation says loudly: by what really happened it closes too early. Null where it does not, or where it was withdrawn.</summary>
[RequiresScope("consultations:read")]
public sealed record FindNoticeAlert(ConsultationId Id) : IQuery<NoticeAlert?>;

/// <param name="EarliestClose">The earliest lawful last day by what really happened.</param>
/// <param name="CanBeExtended">It is open, so that a later deadline cures it.</param>
/// <param name="CanBeEdited">It has not opened, so that other dates cure it.</param>
public sealed record NoticeAlert(DateOnly EarliestClose, int ShortByDays, string ClosesInWords, bool CanBeExtended, bool CanBeEdited);

internal sealed class FindNoticeAlertHandler(IConsultationsDb db, TimeProvider clock) : IRequestHandler<FindNoticeAlert, NoticeAlert?>
{
    public async Task<NoticeAlert?> Handle(FindNoticeAlert request, CancellationToken cancellationToken)
    {
        var found = await (
            from c in db.Consultations.AsNoTracking().IgnoreAutoIncludes()
            join n in db.NoticeLists.IgnoreAutoIncludes() on c.Id equals n.ConsultationId
            where c.Id == request.Id && n.EarliestClose != null && c.Period.ClosesOn <= n.EarliestClose && c.Status != ConsultationStatus.Withdrawn
            select new { Consultation = c, n.EarliestClose }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || found.Consultation.ShortBy(found.EarliestClose) is not (> 0 and var shortBy))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var consultation = found.Consultation;
        var isOpen = now >= consultation.Period.OpensAt && now < consultation.Period.ClosesAt && consultation.Status is ConsultationStatus.Open or ConsultationStatus.Scheduled;
        return new NoticeAlert(found.EarliestClose!.Value, shortBy, UkTime.SpellDeadline(consultation.Period.ClosesAt), isOpen, now < consultation.Period.OpensAt);
    }
}
