using Engagement.Access.Api;
using Engagement.Access.Application.Account;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

[Authorize(OfficerClaims.Policy)]
public sealed class PasswordModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    /// <summary>The officer can do nothing else before.</summary>
    public bool IsDuty => User.HasClaim(c => c.Type == OfficerClaims.Duty);

    public void OnGet()
    {
        // The form begins empty.
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(mediator, new ChangeOwnPassword(User.Session(), CurrentPassword, NewPassword), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        OfficerCookie.Write(Response, sent.Value!);
        this.Done("Your password is changed.");
        return IsDuty ? LocalRedirect("/admin") : RedirectToPage("/Admin/Account/Index");
    }
}
