using Engagement.Consultations.Application.Calendars;
using Engagement.Participation.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Pages.Admin.Timescales;

/// <summary>The officer's address of all dates: made, replaced, ended.</summary>
[Authorize("consultations:read")]
public sealed class FeedModel(IMediator mediator, IOptions<SiteOptions> site) : PageModel
{
    public DateFeedState State { get; private set; } = null!;

    /// <summary>Shown once, in answer to the form that made it.</summary>
    public string? NewAddress { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => State = await mediator.Send(new ShowDateFeed(), cancellationToken);

    public async Task OnPostOpenAsync(CancellationToken cancellationToken)
    {
        if ((await this.SendOrShowErrors(mediator, new OpenDateFeed(), cancellationToken)).Value is { } opened)
        {
            NewAddress = site.Value.BaseAddress.TrimEnd('/') + DateFeed.AddressOf(opened.Key);
        }

        State = await mediator.Send(new ShowDateFeed(), cancellationToken);
    }

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken cancellationToken)
    {
        if (!(await this.SendOrShowErrors(mediator, new CloseDateFeed(), cancellationToken)).Succeeded)
        {
            State = await mediator.Send(new ShowDateFeed(), cancellationToken);
            return Page();
        }

        this.Done("The address works no more.");
        return LocalRedirect("/admin/timescales/feed");
    }
}
