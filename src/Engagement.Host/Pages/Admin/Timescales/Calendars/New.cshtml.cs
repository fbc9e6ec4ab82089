using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Domain.Calendars;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Timescales.Calendars;

/// <summary>Records days with their source.</summary>
[Authorize("administration:write")]
public sealed class NewModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public CalendarEntryKind? Kind { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public DateInput FirstDay { get; set; } = new();

    [BindProperty]
    public DateInput LastDay { get; set; } = new();

    [BindProperty]
    public DateInput NoticeOn { get; set; } = new();

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? SourceAddress { get; set; }

    public void OnGet()
    {
        // The form begins empty.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var first = FirstDay.Read(ModelState, nameof(FirstDay), "The first day");
        var last = LastDay.Read(ModelState, nameof(LastDay), "The last day");
        var notice = NoticeOn.Read(ModelState, nameof(NoticeOn), "The day of the notice");
        var sent = await this.SendOrShowErrors(
            mediator,
            new RecordCalendarEntry(Kind, Title, first, last, notice, Source, SourceAddress),
            cancellationToken,
            member => member is "already-recorded" or "already-a-bank-holiday" or "holidays-unknown" ? nameof(FirstDay) : GetType().GetProperty(member) is null ? null : member);
        if (sent.Value is not { } change)
        {
            return Page();
        }

        this.Done(change.Moved.Count switch
        {
            0 => "The days are recorded. They move no recorded timetable.",
            1 => "The days are recorded. They would move one recorded timetable: nothing of it was changed.",
            var n => $"The days are recorded. {n} recorded timetables differ from the calendar now: nothing of them was changed.",
        });
        return LocalRedirect($"/admin/timescales/calendars/{change.Entry.Id}");
    }
}
