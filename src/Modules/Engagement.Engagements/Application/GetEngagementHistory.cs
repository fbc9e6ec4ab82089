using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>Who did what, when and why; oldest first.</summary>
[RequiresScope("engagements:read")]
public sealed record GetEngagementHistory(EngagementId Id) : IQuery<IReadOnlyList<HistoryRow>>;

internal sealed class GetEngagementHistoryHandler(IEngagementsDb db) : IRequestHandler<GetEngagementHistory, IReadOnlyList<HistoryRow>>
{
    public async Task<IReadOnlyList<HistoryRow>> Handle(GetEngagementHistory request, CancellationToken cancellationToken)
    {
        // An engagement is never deleted and is created with an entry: without one there is none.
        var rows = await db.History.HistoryOf([request.Id.Value], cancellationToken);
        return rows.Count > 0 ? rows : throw new NotFoundException("engagement");
    }
}
