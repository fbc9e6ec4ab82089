using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>Who made the newest version of a questionnaire, and when; null where there is none.</summary>
[RequiresScope("participation:read")]
public sealed record ShowLastRevision(ConsultationId ConsultationId) : IQuery<LastRevision?>;

/// <param name="By">As records hold it: <c>kind:id</c>.</param>
public sealed record LastRevision(string By, DateTimeOffset At);

internal sealed class ShowLastRevisionHandler(IParticipationDb db) : IRequestHandler<ShowLastRevision, LastRevision?>
{
    public Task<LastRevision?> Handle(ShowLastRevision request, CancellationToken cancellationToken) => (
        from q in db.Questionnaires.AsNoTracking()
        join h in db.History on q.Id equals h.AggregateId
        where q.ConsultationId == request.ConsultationId
        orderby h.Position descending
        select new LastRevision(h.Actor, h.OccurredAt)).FirstOrDefaultAsync(cancellationToken);
}
