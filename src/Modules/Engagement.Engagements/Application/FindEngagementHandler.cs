using Engagement.Engagements.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>Answers the other modules. An idea without a lead officer has an empty name and address; it is never approved.</summary>
internal sealed class FindEngagementHandler(IEngagementsDb db) : IRequestHandler<FindEngagement, EngagementFacts?>
{
    public async Task<EngagementFacts?> Handle(FindEngagement request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.Id, cancellationToken);
        return engagement is null
            ? null
            : new EngagementFacts(
                engagement.Id,
                engagement.Reference,
                engagement.Title,
                engagement.IsApproved,
                engagement.IsCancelled,
                engagement.Department,
                engagement.Plan.LeadOfficer?.Name ?? "",
                engagement.Plan.LeadOfficer?.Email ?? "",
                engagement.Plan.DecisionOn(),
                engagement.Plan.DecisionToInform ?? "",
                engagement.Plan.WhatCanChange ?? "",
                engagement.Plan.WhatCannotChange ?? "") { Teams = engagement.Teams, ReachAimedAt = engagement.Plan.TargetGroups.Sum(g => g.ReachAimedAt) };
    }
}
