using Engagement.Access.Api;
using Engagement.Access.Application.SigningIn;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

/// <summary>The second step of a sign-in. The cookie holds a session that opens nothing yet.</summary>
[AllowAnonymous]
public sealed class CodeModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty(Name = "returnUrl", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => OfficerCookie.Read(Request) is { Length: > 0 } ? Page() : BeginAgain();

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        if (OfficerCookie.Read(Request) is not { Length: > 0 } token)
        {
            return BeginAgain();
        }

        try
        {
            var sent = await this.SendOrShowErrors(mediator, new GiveCode(token, Code, DeviceCookie.OriginOf(Request)), cancellationToken);
            if (sent is { Succeeded: true, Value: { } signedIn })
            {
                return await this.Continue(mediator, signedIn, Url.WithinAdmin(ReturnUrl), cancellationToken);
            }

            if (sent.Succeeded)
            {
                ModelState.AddModelError(
                    nameof(Code),
                    "This code does not fit or was used already. Enter the code that your app shows now, or a recovery code. After several wrong codes we wait for up to 15 minutes");
            }

            return Page();
        }
        catch (NotFoundException)
        {
            // It took too long, or the session has become a whole one in another window.
            return BeginAgain();
        }
    }

    private RedirectToPageResult BeginAgain() => RedirectToPage("/Admin/Account/SignIn", new { returnUrl = ReturnUrl });
}
