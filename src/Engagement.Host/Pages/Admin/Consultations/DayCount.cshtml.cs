using Engagement.Consultations.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>One date of a consultation's timetable, day by day, as it is counted today.</summary>
[Authorize("consultations:read")]
public sealed class DayCountModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    /// <summary>Such as <c>tro-permanent/min_close</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Rule { get; set; }

    public DayCountView? Count { get; private set; }

    /// <summary>What was recorded for the same date; null where nothing was.</summary>
    public DateOnly? Recorded { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!string.IsNullOrEmpty(Rule))
        {
            Count = await Mediator.Send(new CountConsultationDays(Id, Rule), cancellationToken);
            Recorded = (await Mediator.Send(new ShowTimetable(Id), cancellationToken)).Timetable.Steps.FirstOrDefault(s => $"{s.Regime}/{s.Key}" == Rule)?.Date;
        }
    }
}
