using Engagement.Consultations.Application.Calendars;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Timescales.Calendars;

/// <summary>What timetables are counted with, and which of them it would move.</summary>
[Authorize("consultations:read")]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    public CalendarsView Calendars { get; private set; } = null!;

    public IReadOnlyList<MovedTimetable> Moved { get; private set; } = [];

    public int Year { get; } = UkTime.DateOf(clock.GetUtcNow()).Year;

    public bool MayWrite => User.HasClaim("scope", "administration:write");

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Calendars = await mediator.Send(new ListCalendars(IncludeWithdrawn: true), cancellationToken);
        Moved = await mediator.Send(new ListMovedTimetables(), cancellationToken);
    }
}
