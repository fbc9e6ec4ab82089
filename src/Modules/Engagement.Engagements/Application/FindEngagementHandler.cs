using Engagement.Access.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>Answers the other modules. An idea without a lead officer has an empty name and address; it is never approved.</summary>
internal sealed class FindEngagementHandler(IEngagementsDb db) : IRequestHandler<FindEngagement, EngagementFacts?>
{
    public async Task<EngagementFacts?> Handle(FindEngagement request, CancellationToken cancellationToken)
    {
        // Of the engagement only what is asked of it: its reviews, activities and scores are no part of any page of a consultation.
        var engagement = await db.Engagements.AsNoTracking().Where(e => e.Id == request.Id)
            .Select(e => new { e.Reference, e.Title, e.State, e.Department, e.Plan, e.TeamIds, HasApproval = e.Approval != null })
            .SingleOrDefaultAsync(cancellationToken);
        return engagement is null
            ? null
            : new EngagementFacts(
                request.Id,
                engagement.Reference,
                engagement.Title,
                EngagementActivity.MayGoAhead(engagement.HasApproval, engagement.State),
                engagement.State == EngagementState.Cancelled,
                engagement.Department,
                engagement.Plan.LeadOfficer?.Name ?? "",
                engagement.Plan.LeadOfficer?.Email ?? "",
                engagement.Plan.DecisionOn(),
                engagement.Plan.DecisionToInform ?? "",
                engagement.Plan.WhatCanChange ?? "",
                engagement.Plan.WhatCannotChange ?? "")
            {
                Teams = [.. engagement.TeamIds.Select(id => new TeamId(id))],
                ReachAimedAt = engagement.Plan.TargetGroups.Sum(g => g.ReachAimedAt),
            };
    }
}
