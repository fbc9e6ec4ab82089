using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Asks before one item of a plan's list is taken out.</summary>
[Authorize("engagements:read")]
public sealed class RemoveItemModel(IMediator mediator) : PlanStepPage(mediator)
{
    private PlanPart? part;

    [FromRoute(Name = "number"), BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public SummaryRow? Row { get; private set; }

    /// <summary>What would be left without a target group, and where it is changed.</summary>
    public IReadOnlyList<(string Text, string Address)> StillNeededBy { get; private set; } = [];

    public override string Back => $"{Root}/{Part.Key}";

    internal override PlanPart Part => part!;

    protected override void Fill(EngagementPlan plan)
    {
        Row = PlanSummary.Items(plan, Part.Key).ElementAtOrDefault(Number - 1);
        if (Part.Key == "groups" && Row is not null)
        {
            StillNeededBy = [.. PlanItems.ForGroupAlone(plan, plan.TargetGroups[Number - 1].Key).Select(i => (i.Text, $"{Root}/{i.Part}/{i.Number}"))];
        }
    }

    public override async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        part = PlanPart.Find((string)RouteData.Values["part"]!);
        if (part?.Items is null)
        {
            return NotFound();
        }

        var page = await base.OnGetAsync(cancellationToken);
        return Row is null ? NotFound() : page;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        part = PlanPart.Find((string)RouteData.Values["part"]!);
        if (part?.Items is null)
        {
            return NotFound();
        }

        await Load(cancellationToken);
        Fill(Engagement.Plan);
        if (Row is null && Version == Engagement.Version)
        {
            return NotFound();
        }

        if (StillNeededBy.Count > 0)
        {
            ModelState.AddModelError("", "This target group cannot be removed yet: a success criterion or a method is for it alone.");
        }

        return await Save(plan => PlanItems.Without(plan, Part.Key, Number - 1), $"The {Part.Items} is removed.", cancellationToken);
    }
}
