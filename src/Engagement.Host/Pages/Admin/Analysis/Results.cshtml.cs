using Engagement.ClosingTheLoop.Application.Analysis;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:read")]
public sealed class ResultsModel(IMediator mediator) : LoopPage(mediator)
{
    public ConsultationResults Results { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Results = await Mediator.Send(new ShowResults(Id), cancellationToken);
}
