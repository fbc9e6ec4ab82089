using Engagement.ClosingTheLoop.Application.Outcomes;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Outcome;

[Authorize("outcomes:read")]
public sealed class CommitmentsModel(IMediator mediator) : OutcomePage(mediator)
{
    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);
}
