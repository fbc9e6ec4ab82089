using Engagement.Participation.Application.Telling;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Updates;

/// <summary>The link of the confirmation leads here. Looking confirms nothing; the button does.</summary>
[AllowAnonymous]
public sealed class ConfirmModel(IMediator mediator) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    public UpdatesRequestView Asked { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => Look(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var page = await Look(cancellationToken);
        if (!Asked.IsOpen)
        {
            return page;
        }

        var sent = await this.SendOrShowErrors(mediator, new ConfirmUpdates(Token), cancellationToken);
        return sent.Succeeded ? Redirect($"/updates/manage/{sent.Value!.Token}?confirmed=yes") : Page();
    }

    /// <summary>A link that was used, is too old or was never one of ours is one and the same page.</summary>
    private async Task<IActionResult> Look(CancellationToken cancellationToken)
    {
        Asked = await mediator.Send(new ShowUpdatesRequest(Token), cancellationToken);
        Response.StatusCode = Asked.IsOpen ? StatusCodes.Status200OK : StatusCodes.Status410Gone;
        return Page();
    }
}
