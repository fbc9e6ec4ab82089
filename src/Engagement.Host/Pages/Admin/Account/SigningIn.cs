using Engagement.Access.Api;
using Engagement.Access.Application.SigningIn;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

internal static class SigningIn
{
    /// <summary>An address of the officers' pages; anything else becomes their first page, so that no link leads elsewhere through a sign-in.</summary>
    public static string WithinAdmin(this IUrlHelper url, string? address) =>
        url.IsLocalUrl(address) && (address == "/admin" || address!.StartsWith("/admin/", StringComparison.Ordinal) || address.StartsWith("/admin?", StringComparison.Ordinal)) ? address : "/admin";

    /// <summary>Goes on under the new session. The one that the browser had before ends, whoever gave it that.</summary>
    public static async Task<IActionResult> Continue(this PageModel page, IMediator mediator, SignedIn signedIn, string address, CancellationToken cancellationToken)
    {
        if (OfficerCookie.Read(page.Request) is { Length: > 0 } before)
        {
            await mediator.Send(new SignOut(before), cancellationToken);
        }

        OfficerCookie.Write(page.Response, signedIn.Token);
        if (signedIn.Device is not null)
        {
            DeviceCookie.Write(page.Response, signedIn.Device);
        }

        return new LocalRedirectResult(address);
    }
}
