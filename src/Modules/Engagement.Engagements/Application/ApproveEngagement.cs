using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>A second person approves one version of the plan; every check of the gate must pass or be waived.</summary>
/// <param name="PlanVersion">The version that the approver read.</param>
[RequiresScope("engagements:approve")]
public sealed record ApproveEngagement(EngagementId Id, int PlanVersion) : ICommand<EngagementChanged>;

internal sealed class ApproveEngagementHandler(IEngagementsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ApproveEngagement, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(ApproveEngagement request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.Approve(request.PlanVersion, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
