using Engagement.Participation.Application.Telling;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Updates;

/// <summary>
/// Ends all updates with one request. Mail programs post here by themselves when somebody presses their button (RFC 8058), so nothing but the
/// link is asked for; looking ends nothing.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class LeaveModel(IMediator mediator) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    public bool IsDone { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => await mediator.Send(new ShowUpdates(Token), cancellationToken);

    public async Task OnPostAsync(CancellationToken cancellationToken)
    {
        await mediator.Send(new LeaveUpdates(Token), cancellationToken);
        IsDone = true;
    }
}
