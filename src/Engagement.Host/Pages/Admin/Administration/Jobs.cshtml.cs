using Engagement.Platform.Jobs;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration;

[Authorize("administration:read")]
public sealed class JobsModel(IMediator mediator) : PageModel
{
    public IReadOnlyList<JobRow> Jobs { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellationToken) => Jobs = await mediator.Send(new ListJobs(), cancellationToken);
}
