using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class LevelModel(IMediator mediator) : PlanStepPage(mediator)
{
    [BindProperty]
    public ParticipationLevel? Level { get; set; }

    [BindProperty]
    public bool? Statutory { get; set; }

    internal override PlanPart Part => PlanPart.Find("level")!;

    protected override void Fill(EngagementPlan plan) => (Level, Statutory) = (plan.Level, plan.Statutory);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Level is null)
        {
            ModelState.AddModelError(nameof(Level), "Select how much of the decision is shared");
        }

        if (Statutory is null)
        {
            ModelState.AddModelError(nameof(Statutory), "Select yes if a law requires the council to consult");
        }

        return await Save(plan => plan with { Level = Level, Statutory = Statutory == true }, "The level of participation is saved.", cancellationToken);
    }
}
