using Engagement.Platform.Jobs;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration;

[Authorize("administration:read")]
public sealed class JobModel(IMediator mediator) : PageModel
{
    [FromRoute]
    public string Name { get; set; } = "";

    public JobDetails Details { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken) => Details = await mediator.Send(new ShowJob(Name), cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var asked = await this.SendOrShowErrors(mediator, new RunJobNow(Name), cancellationToken);
        if (asked.Succeeded)
        {
            return Redirect($"/admin/work/{asked.Value}");
        }

        await OnGet(cancellationToken);
        return Page();
    }
}
