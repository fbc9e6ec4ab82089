using Engagement.Access.Api;
using Engagement.Access.Application.Account;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

[Authorize(OfficerClaims.Policy)]
public sealed class SwitchOffModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public void OnGet()
    {
        // The form begins empty.
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(mediator, new SwitchOffSecondFactor(User.Session(), Password, Code), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        OfficerCookie.Write(Response, sent.Value!);
        this.Done("Your second factor is switched off.");
        return RedirectToPage("/Admin/Account/Index");
    }
}
