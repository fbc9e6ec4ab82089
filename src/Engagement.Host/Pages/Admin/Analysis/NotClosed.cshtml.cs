using Engagement.ClosingTheLoop.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:read")]
public sealed class NotClosedModel(IMediator mediator) : LoopPage(mediator)
{
    public LoopSummary Loop { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Loop = await Mediator.Send(new ShowLoop(Id), cancellationToken);
}
