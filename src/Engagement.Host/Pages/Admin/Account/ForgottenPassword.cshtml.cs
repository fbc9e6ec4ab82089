using Engagement.Access.Application.SigningIn;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

/// <summary>Says the same whether or not the address is anybody's.</summary>
[AllowAnonymous]
public sealed class ForgottenPasswordModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public bool IsSent { get; private set; }

    public async Task OnPost(CancellationToken cancellationToken) =>
        IsSent = (await this.SendOrShowErrors(mediator, new AskForPasswordReset(Email), cancellationToken)).Succeeded;
}
