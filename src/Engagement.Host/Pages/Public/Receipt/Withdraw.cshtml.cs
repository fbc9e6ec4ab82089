using Engagement.Host.Pages.Public.Respond;
using Engagement.Participation.Application.Responses;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Receipt;

/// <summary>Asks once more before a response is taken back.</summary>
[AllowAnonymous]
public sealed class WithdrawModel(IMediator mediator, TimeProvider clock) : ReceiptPage(mediator)
{
    /// <summary>The version that the page showed: a response changed since is not withdrawn unseen.</summary>
    [BindProperty]
    public int Version { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await Find(cancellationToken) || !Own!.CanChange)
        {
            return Redirect(RespondCookies.ReceiptPath);
        }

        Version = Own.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var arrivedAt = clock.GetUtcNow();
        if (!await Find(cancellationToken))
        {
            return Redirect(RespondCookies.ReceiptPath);
        }

        var sent = await this.SendOrShowErrors(Mediator, new WithdrawResponse(Secret, Own!.Reference, Version, arrivedAt), cancellationToken);
        return sent.Succeeded ? Redirect(RespondCookies.ReceiptPath) : Page();
    }
}
