using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class CriterionItemModel(IMediator mediator) : PlanItemPage(mediator)
{
    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public List<string> TargetGroups { get; set; } = [];

    [BindProperty]
    public string? Measure { get; set; }

    [BindProperty]
    public TargetDirection Direction { get; set; }

    [BindProperty]
    public string? TargetValue { get; set; }

    [BindProperty]
    public string? Unit { get; set; }

    internal override PlanPart Part => PlanPart.Find("criteria")!;

    protected override void FillItem(EngagementPlan plan, int index)
    {
        var criterion = plan.SuccessCriteria[index];
        (Outcome, Measure, Direction, Unit) = (criterion.Outcome, criterion.Measure, criterion.Direction, criterion.Unit);
        TargetGroups = [.. criterion.TargetGroups];
        TargetValue = Typed.Write(criterion.TargetValue);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Typed.Require(Outcome, ModelState, nameof(Outcome), "Enter the outcome that the criterion is about");
        Typed.Require(Measure, ModelState, nameof(Measure), "Enter what is measured");
        Typed.Require(Unit, ModelState, nameof(Unit), "Enter the unit of the measure, such as responses");
        if (TargetGroups.Count == 0)
        {
            ModelState.AddModelError(nameof(TargetGroups), "Select at least one target group");
        }

        var target = Typed.Number(TargetValue, ModelState, nameof(TargetValue), "The value", required: true);
        return await SaveItem(
            plan => plan with
            {
                SuccessCriteria = plan.SuccessCriteria.With(Index, new SuccessCriterion
                {
                    // The key stays when the words change: scores name the criterion by it.
                    Key = Index is { } index ? plan.SuccessCriteria[index].Key : Typed.KeyFor(Outcome, plan.SuccessCriteria.Select(c => c.Key)),
                    Outcome = Outcome ?? "",
                    TargetGroups = TargetGroups,
                    Measure = Measure ?? "",
                    Direction = Direction,
                    TargetValue = target!.Value,
                    Unit = Unit ?? "",
                }),
            },
            cancellationToken);
    }
}
