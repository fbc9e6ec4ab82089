using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Timescales.Calendars;

/// <summary>One entry of the calendar, and what it does.</summary>
[Authorize("consultations:read")]
public sealed class ShowModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public CalendarEntryId Id { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public CalendarEntryView Entry { get; private set; } = null!;

    public IReadOnlyList<MovedTimetable> Moved { get; private set; } = [];

    public string RecordedBy { get; private set; } = "";

    public string? WithdrawnBy { get; private set; }

    public bool MayWrite => User.HasClaim("scope", "administration:write");

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!(await this.SendOrShowErrors(mediator, new WithdrawCalendarEntry(Id, Reason), cancellationToken)).Succeeded)
        {
            await Load(cancellationToken);
            return Page();
        }

        this.Done("The entry is withdrawn and counts no more.");
        return LocalRedirect($"/admin/timescales/calendars/{Id}");
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Entry = await mediator.Send(new ShowCalendarEntry(Id), cancellationToken);
        Moved = await mediator.Send(new ListMovedTimetables(), cancellationToken);
        var names = await ActorNames.FindAsync(mediator, [Entry.RecordedBy, Entry.WithdrawnBy], cancellationToken);
        (RecordedBy, WithdrawnBy) = (names.Of(Entry.RecordedBy), Entry.WithdrawnBy is { } by ? names.Of(by) : null);
    }
}
