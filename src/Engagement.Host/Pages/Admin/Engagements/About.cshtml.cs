using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class AboutModel(IMediator mediator) : PlanStepPage(mediator)
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? Department { get; set; }

    [BindProperty]
    public EngagementOrigin Origin { get; set; }

    [BindProperty]
    public string? Purpose { get; set; }

    [BindProperty]
    public string? DecisionToInform { get; set; }

    [BindProperty]
    public string? WhatCanChange { get; set; }

    [BindProperty]
    public string? WhatCannotChange { get; set; }

    internal override PlanPart Part => PlanPart.Find("about")!;

    protected override void Fill(EngagementPlan plan)
    {
        Title = plan.Title;
        Summary = plan.Summary;
        Department = plan.Department;
        Origin = plan.Origin;
        Purpose = plan.Purpose;
        DecisionToInform = plan.DecisionToInform;
        WhatCanChange = plan.WhatCanChange;
        WhatCannotChange = plan.WhatCannotChange;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return await Save(
            plan => plan with
            {
                Title = Title ?? "",
                Summary = Summary ?? "",
                Department = Department ?? "",
                Origin = Origin,
                Purpose = Purpose,
                DecisionToInform = DecisionToInform,
                WhatCanChange = WhatCanChange,
                WhatCannotChange = WhatCannotChange,
            },
            "What it is about is saved.",
            cancellationToken);
    }
}
