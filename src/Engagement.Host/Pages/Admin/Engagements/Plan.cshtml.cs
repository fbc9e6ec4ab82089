using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Everything that the plan says, as reviewers and approvers read it.</summary>
[Authorize("engagements:read")]
public sealed class PlanModel(IMediator mediator) : EngagementPage(mediator)
{
    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);
}
