using Engagement.Platform.Messaging;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration;

[Authorize("administration:read")]
public sealed class EventsModel(IMediator mediator) : PageModel
{
    public StuckEvents Stuck { get; private set; } = null!;

    public async Task OnGet(CancellationToken cancellationToken) => Stuck = await mediator.Send(new ListStuckEvents(), cancellationToken);

    /// <param name="eventId">Null for every parked event.</param>
    public async Task<IActionResult> OnPostAsync(Guid? eventId, string? subscriber, CancellationToken cancellationToken)
    {
        var tried = await this.SendOrShowErrors(mediator, new TryEventsAgain(eventId, subscriber), cancellationToken);
        if (tried.Value is { } again)
        {
            this.Done(again.Count == 0 ? "Nothing was parked any more, so nothing was changed." : $"{Shown.Count(again.Count, "event")} will be tried again within a second. Refresh this page to see whether it went well.");
            return Redirect("/admin/administration/events");
        }

        await OnGet(cancellationToken);
        return Page();
    }
}
