using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class InclusionModel(IMediator mediator) : PlanStepPage(mediator)
{
    [BindProperty]
    public List<MaterialFormat> Formats { get; set; } = [];

    /// <summary>One on each line.</summary>
    [BindProperty]
    public string? Languages { get; set; }

    /// <summary>One on each line.</summary>
    [BindProperty]
    public string? Places { get; set; }

    [BindProperty]
    public string? DigitalNeeds { get; set; }

    internal override PlanPart Part => PlanPart.Find("inclusion")!;

    protected override void Fill(EngagementPlan plan)
    {
        var inclusion = plan.InclusionPlan ?? new InclusionPlan();
        Formats = [.. inclusion.Formats];
        Languages = string.Join('\n', inclusion.Languages);
        Places = string.Join('\n', inclusion.Places);
        DigitalNeeds = inclusion.DigitalNeeds;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var inclusion = new InclusionPlan
        {
            Formats = [.. Formats.Distinct().Order()],
            Languages = Typed.Lines(Languages),
            Places = Typed.Lines(Places),
            DigitalNeeds = DigitalNeeds,
        };
        var isEmpty = Formats.Count == 0 && inclusion is { Languages.Count: 0, Places.Count: 0, DigitalNeeds: null };
        return await Save(plan => plan with { InclusionPlan = isEmpty ? null : inclusion }, "The inclusion plan is saved.", cancellationToken);
    }
}
