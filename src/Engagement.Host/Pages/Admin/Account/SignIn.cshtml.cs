using Engagement.Access.Api;
using Engagement.Access.Application.SigningIn;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

[AllowAnonymous]
public sealed class SignInModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Where the officer wanted to go.</summary>
    [BindProperty(Name = "returnUrl", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Url.WithinAdmin(ReturnUrl)) : Page();

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(mediator, new SignIn(Email, Password, DeviceCookie.OriginOf(Request)), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        if (sent.Value is not { } signedIn)
        {
            ModelState.AddModelError(
                nameof(Email),
                "You could not be signed in. Check the e-mail address and the password. After several wrong tries we wait for up to 15 minutes: try again then, or choose a new password");
            return Page();
        }

        return signedIn.AwaitsCode
            ? await this.Continue(mediator, signedIn, Url.Page("/Admin/Account/Code", new { returnUrl = ReturnUrl })!, cancellationToken)
            : await this.Continue(mediator, signedIn, Url.WithinAdmin(ReturnUrl), cancellationToken);
    }
}
