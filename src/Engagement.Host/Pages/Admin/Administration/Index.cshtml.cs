using Engagement.Platform.Operations;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration;

[Authorize("administration:read")]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    public OperationsSummary Summary { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken) => Summary = await mediator.Send(new ShowOperations(), cancellationToken);
}
