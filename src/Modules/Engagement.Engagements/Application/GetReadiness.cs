using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>Exactly what stands between a plan and its approval.</summary>
[RequiresScope("engagements:read")]
public sealed record GetReadiness(EngagementId Id) : IQuery<ReadinessView>;

/// <param name="Ready">True where no check fails.</param>
public sealed record ReadinessView(int PlanVersion, EngagementState State, bool Ready, IReadOnlyList<CheckResult> Checks);

internal sealed class GetReadinessHandler(IEngagementsDb db, TimeProvider clock) : IRequestHandler<GetReadiness, ReadinessView>
{
    public async Task<ReadinessView> Handle(GetReadiness request, CancellationToken cancellationToken)
    {
        var engagement = await db.Engagements.AsNoTracking().Get(request.Id, cancellationToken);
        var checks = engagement.Readiness(UkTime.DateOf(clock.GetUtcNow()));
        return new ReadinessView(engagement.PlanVersion, engagement.State, checks.All(c => c.Status != CheckStatus.Fail), checks);
    }
}
