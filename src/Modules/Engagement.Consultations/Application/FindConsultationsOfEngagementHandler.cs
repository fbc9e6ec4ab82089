using Engagement.Consultations.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Answers the module that tells an engagement's whole story.</summary>
internal sealed class FindConsultationsOfEngagementHandler(IConsultationsDb db)
    : IRequestHandler<FindConsultationsOfEngagement, IReadOnlyList<ConsultationOfEngagement>>
{
    public async Task<IReadOnlyList<ConsultationOfEngagement>> Handle(FindConsultationsOfEngagement request, CancellationToken cancellationToken) =>
        await db.Consultations.AsNoTracking()
            .Where(c => c.EngagementId == request.EngagementId)
            .OrderBy(c => c.Id)
            .Select(c => new ConsultationOfEngagement(c.Id, c.Content.Title, c.Status))
            .ToListAsync(cancellationToken);
}
