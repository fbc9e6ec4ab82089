using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class MethodItemModel(IMediator mediator) : PlanItemPage(mediator)
{
    [BindProperty]
    public MethodType? Type { get; set; }

    [BindProperty]
    public MethodApproach? Approach { get; set; }

    [BindProperty]
    public List<string> TargetGroups { get; set; } = [];

    [BindProperty]
    public string? Description { get; set; }

    public IEnumerable<SelectListItem> Types => Enum.GetValues<MethodType>()
        .Select(t => new SelectListItem($"{PlanWords.Of(t)} (up to {PlanWords.Of(EngagementMethod.HighestLevel(t)).ToLowerInvariant()})", t.ToString()));

    internal override PlanPart Part => PlanPart.Find("methods")!;

    protected override void FillItem(EngagementPlan plan, int index)
    {
        var method = plan.Methods[index];
        (Type, Approach, Description) = (method.Type, method.Approach, method.Description);
        TargetGroups = [.. method.TargetGroups];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Type is null)
        {
            ModelState.AddModelError(nameof(Type), "Choose a method");
        }

        if (Approach is null)
        {
            ModelState.AddModelError(nameof(Approach), "Select whether it shows what people think or why they think it");
        }

        return await SaveItem(
            plan => plan with
            {
                Methods = plan.Methods.With(
                    Index, new EngagementMethod { Type = Type!.Value, Approach = Approach!.Value, TargetGroups = TargetGroups, Description = Description }),
            },
            cancellationToken);
    }
}
