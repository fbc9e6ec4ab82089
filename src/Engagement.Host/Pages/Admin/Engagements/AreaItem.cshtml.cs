using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class AreaItemModel(IMediator mediator) : PlanItemPage(mediator)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    internal override PlanPart Part => PlanPart.Find("areas")!;

    protected override void FillItem(EngagementPlan plan, int index)
    {
        var area = plan.Areas[index];
        (Name, Code) = (area.Name, area.Code);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return await SaveItem(
            plan => plan with { Areas = plan.Areas.With(Index, new Area { Name = Name ?? "", Code = Code?.Trim().ToUpperInvariant() }) },
            cancellationToken);
    }
}
