using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Engagements.Application;

/// <summary>Asks for reviews. A plan may be submitted before it is complete: reviewers see which checks fail.</summary>
[RequiresScope("engagements:write")]
public sealed record SubmitPlan(EngagementId Id) : ICommand<EngagementChanged>;

internal sealed class SubmitPlanHandler(IEngagementsDb db, TimeProvider clock) : IRequestHandler<SubmitPlan, EngagementChanged>
{
    public async Task<EngagementChanged> Handle(SubmitPlan request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.Get(request.Id, cancellationToken);
        engagement.Submit(clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return EngagementChanged.Of(engagement);
    }
}
