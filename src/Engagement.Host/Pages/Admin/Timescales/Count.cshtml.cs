using Engagement.Consultations.Application;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Timescales;

/// <summary>One date of a calculation, day by day.</summary>
[Authorize("consultations:read")]
public sealed class CountModel(IMediator mediator) : CalculatorPage(mediator)
{
    /// <summary>Such as <c>tro-permanent/min_close</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Rule { get; set; }

    public DayCountView? Count { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var inputs = await Read(cancellationToken);
        if (Chosen.Count > 0 && !string.IsNullOrEmpty(Rule))
        {
            Count = (await this.SendOrShowErrors(Mediator, new CountDays([.. Chosen.Select(r => r.Id)], inputs, ClosingTime, Rule), cancellationToken, FieldOf)).Value;
        }
    }
}
