using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.Host.Pages.Admin.Analysis;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Outcome;

[Authorize("outcomes:read")]
public sealed class PreviewModel(IMediator mediator) : LoopPage(mediator)
{
    public OutcomePreview Preview { get; private set; } = null!;

    public StandsInTheWay Blocks => new(Id, Preview.StandsInTheWay, new Dictionary<string, string>());

    public async Task OnGetAsync(CancellationToken cancellationToken) => Preview = await Mediator.Send(new PreviewOutcome(Id), cancellationToken);
}
