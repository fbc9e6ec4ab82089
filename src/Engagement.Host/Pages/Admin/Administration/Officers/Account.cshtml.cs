using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Officers;

[Authorize("administration:write")]
public sealed class AccountModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Reason { get; set; }

    public OfficerView Officer { get; private set; } = null!;

    public async Task OnGet(OfficerId id, CancellationToken cancellationToken) => Officer = await mediator.Send(new ShowOfficer(id), cancellationToken);

    public async Task<IActionResult> OnPost(OfficerId id, CancellationToken cancellationToken)
    {
        Officer = await mediator.Send(new ShowOfficer(id), cancellationToken);
        var enabled = Officer.DisabledAt is null;
        IRequest<Unit> request = enabled ? new DisableOfficer(id, Reason) : new EnableOfficer(id, Reason);
        if (!(await this.SendOrShowErrors(mediator, request, cancellationToken)).Succeeded)
        {
            return Page();
        }

        this.Done(enabled ? $"The account of {Officer.Name} is disabled." : $"The account of {Officer.Name} is enabled again.");
        return LocalRedirect($"/admin/administration/officers/{id}");
    }
}
