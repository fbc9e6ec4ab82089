using Engagement.Access.Application.Account;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

[Authorize(OfficerClaims.Policy)]
public sealed class RecoveryCodesModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Shown once, right after they were made.</summary>
    public IReadOnlyList<string>? Codes { get; private set; }

    public void OnGet()
    {
        // The form begins empty.
    }

    public async Task OnPost(CancellationToken cancellationToken) =>
        Codes = (await this.SendOrShowErrors(mediator, new ReplaceRecoveryCodes(Password), cancellationToken)).Value;
}
