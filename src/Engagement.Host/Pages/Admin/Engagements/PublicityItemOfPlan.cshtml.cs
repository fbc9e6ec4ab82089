using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class PublicityItemOfPlanModel(IMediator mediator) : PlanItemPage(mediator)
{
    [BindProperty]
    public PublicityMedium? Medium { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public DateInput From { get; set; } = new();

    internal override PlanPart Part => PlanPart.Find("publicity")!;

    protected override void FillItem(EngagementPlan plan, int index)
    {
        var item = plan.PublicityPlan[index];
        (Medium, Description, From) = (item.Medium, item.Description, DateInput.From(item.From));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Typed.Require(Description, ModelState, nameof(Description), "Enter what is published, and where");
        if (Medium is null)
        {
            ModelState.AddModelError(nameof(Medium), "Choose a medium");
        }

        var from = From.Read(ModelState, nameof(From), "The date of the first appearance");
        return await SaveItem(
            plan => plan with { PublicityPlan = plan.PublicityPlan.With(Index, new PublicityItem { Medium = Medium!.Value, Description = Description ?? "", From = from }) },
            cancellationToken);
    }
}
