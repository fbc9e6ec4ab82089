using Engagement.Access.Application.Officers;
using Engagement.Access.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Officers;

[Authorize("administration:write")]
public sealed class PasswordModel(IMediator mediator) : PageModel
{
    public OfficerView Officer { get; private set; } = null!;

    /// <summary>Shown once.</summary>
    public string? NewPassword { get; private set; }

    public async Task OnGet(OfficerId id, CancellationToken cancellationToken) => Officer = await mediator.Send(new ShowOfficer(id), cancellationToken);

    public async Task OnPost(OfficerId id, CancellationToken cancellationToken)
    {
        NewPassword = await mediator.Send(new ResetOfficerPassword(id), cancellationToken);
        Officer = await mediator.Send(new ShowOfficer(id), cancellationToken);
    }
}
