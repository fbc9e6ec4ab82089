using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class PeriodModel(IMediator mediator) : PlanStepPage(mediator)
{
    [BindProperty]
    public DateInput OpensOn { get; set; } = new();

    [BindProperty]
    public DateInput LastDay { get; set; } = new();

    internal override PlanPart Part => PlanPart.Find("period")!;

    protected override void Fill(EngagementPlan plan) =>
        (OpensOn, LastDay) = (DateInput.From(plan.ConsultationPeriod?.OpensOn), DateInput.From(plan.ConsultationPeriod?.LastDay));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var isPlanned = !(OpensOn.IsEmpty && LastDay.IsEmpty);
        var opensOn = OpensOn.Read(ModelState, nameof(OpensOn), "The opening day", required: isPlanned);
        var lastDay = LastDay.Read(ModelState, nameof(LastDay), "The last day", required: isPlanned);
        if (opensOn > lastDay)
        {
            ModelState.AddModelError(nameof(LastDay), "The last day must be on or after the opening day");
        }

        return await Save(
            plan => plan with { ConsultationPeriod = opensOn is { } opens && lastDay is { } last ? new PlannedPeriod { OpensOn = opens, LastDay = last } : null },
            "The planned period is saved.",
            cancellationToken);
    }
}
