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

    public async Task OnGetAsync(CancellationToken cancellationToken) => Asked = await mediator.Send(new ShowUpdatesRequest(Token), cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Asked = await mediator.Send(new ShowUpdatesRequest(Token), cancellationToken);
        if (!Asked.IsOpen)
        {
            return Page();
        }

        var sent = await this.SendOrShowErrors(mediator, new ConfirmUpdates(Token), cancellationToken);
        return sent.Succeeded ? Redirect($"/updates/manage/{sent.Value!.Token}?confirmed=yes") : Page();
    }
}
