using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class GroupItemModel(IMediator mediator) : PlanItemPage(mediator)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public Audience? Audience { get; set; }

    [BindProperty]
    public string? ReachAimedAt { get; set; }

    [BindProperty]
    public string? PopulationSharePercent { get; set; }

    internal override PlanPart Part => PlanPart.Find("groups")!;

    protected override void FillItem(EngagementPlan plan, int index)
    {
        var group = plan.TargetGroups[index];
        (Name, Audience) = (group.Name, group.Audience);
        ReachAimedAt = Typed.Write(group.ReachAimedAt);
        PopulationSharePercent = group.PopulationSharePercent is { } share ? Typed.Write(share) : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Typed.Require(Name, ModelState, nameof(Name), "Enter the target group's name");
        if (Audience is null)
        {
            ModelState.AddModelError(nameof(Audience), "Choose an audience");
        }

        var reach = Typed.Whole(ReachAimedAt, ModelState, nameof(ReachAimedAt), "The number of people to reach");
        var share = Typed.Number(PopulationSharePercent, ModelState, nameof(PopulationSharePercent), "The share of the population", required: false);
        return await SaveItem(
            plan => plan with
            {
                TargetGroups = plan.TargetGroups.With(Index, new TargetGroup
                {
                    // The key stays when the name changes: criteria, methods and activities name the group by it.
                    Key = Index is { } index ? plan.TargetGroups[index].Key : Typed.KeyFor(Name, plan.TargetGroups.Select(g => g.Key)),
                    Name = Name ?? "",
                    Audience = Audience!.Value,
                    ReachAimedAt = reach!.Value,
                    PopulationSharePercent = share,
                }),
            },
            cancellationToken);
    }
}
