using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Officers;

[Authorize("administration:write")]
public sealed class SecondFactorModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    public OfficerView Officer { get; private set; } = null!;

    public async Task OnGet(OfficerId id, CancellationToken cancellationToken) => Officer = await mediator.Send(new ShowOfficer(id), cancellationToken);

    public async Task<IActionResult> OnPost(OfficerId id, CancellationToken cancellationToken)
    {
        Officer = await mediator.Send(new ShowOfficer(id), cancellationToken);
        if (!(await this.SendOrShowErrors(mediator, new ResetOfficerSecondFactor(id, Reason), cancellationToken)).Succeeded)
        {
            return Page();
        }

        this.Done($"The second factor of {Officer.Name} is reset.");
        return LocalRedirect($"/admin/administration/officers/{id}");
    }
}
