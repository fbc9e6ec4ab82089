using Engagement.Participation.Application.Telling;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Updates;

/// <summary>
/// Ends the messages about one consultation to somebody who responded to it. Mail programs post here by themselves when somebody presses their button (RFC 8058), so nothing but the
/// link is asked for; looking ends nothing.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class StopModel(IMediator mediator) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    public bool IsDone { get; private set; }

    public string ConsultationTitle { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellationToken) => ConsultationTitle = await mediator.Send(new ShowSubscription(Token), cancellationToken);

    public async Task OnPostAsync(CancellationToken cancellationToken)
    {
        await mediator.Send(new Unsubscribe(Token), cancellationToken);
        IsDone = true;
    }
}
