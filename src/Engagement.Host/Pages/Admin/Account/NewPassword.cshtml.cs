using Engagement.Access.Api;
using Engagement.Access.Application.SigningIn;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

/// <summary>
/// Where the link of a forgotten password leads. Its secret goes from the address into a cookie at once, so that it stays neither in the
/// browser's history nor in what the page refers to. Looking at the page uses nothing up: a mail scanner may follow the link first.
/// </summary>
[AllowAnonymous]
public sealed class NewPasswordModel(IMediator mediator) : PageModel
{
    private const string CookieName = "engagement-new-password";
    private const string Path = "/admin/new-password";

    [BindProperty]
    public string? NewPassword { get; set; }

    public bool IsLinkGood { get; private set; }

    private CookieOptions Options => new()
    {
        Path = Path, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, MaxAge = TimeSpan.FromMinutes(30),
    };

    public async Task<IActionResult> OnGet(string? token, CancellationToken cancellationToken)
    {
        if (token is { Length: > 0 })
        {
            Response.Cookies.Append(CookieName, token, Options);
            return LocalRedirect(Path);
        }

        IsLinkGood = Request.Cookies[CookieName] is { } kept && await mediator.Send(new IsResetLinkGood(kept), cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        if (Request.Cookies[CookieName] is not { Length: > 0 } token)
        {
            return Page();
        }

        var sent = await this.SendOrShowErrors(mediator, new ReplaceForgottenPassword(token, NewPassword), cancellationToken);
        if (sent is not { Succeeded: true, Value: { } device })
        {
            IsLinkGood = !sent.Succeeded;
            return Page();
        }

        Response.Cookies.Delete(CookieName, Options);
        DeviceCookie.Write(Response, device);
        this.Done("Your password is changed. Sign in with it.");
        return RedirectToPage("/Admin/Account/SignIn");
    }
}
