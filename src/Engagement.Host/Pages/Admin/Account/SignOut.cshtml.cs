using Engagement.Access.Api;
using Engagement.Access.Application.SigningIn;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

/// <summary>Ends the session at the server, not only in the browser. A link alone ends nothing: it shows the button.</summary>
[AllowAnonymous]
public sealed class SignOutModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        if (OfficerCookie.Read(Request) is { Length: > 0 } token)
        {
            await mediator.Send(new SignOut(token), cancellationToken);
        }

        OfficerCookie.Delete(Response);
        this.Done("You have signed out.");
        return RedirectToPage("/Admin/Account/SignIn");
    }
}
