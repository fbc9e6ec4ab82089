using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>A part of a plan that is a list: what is in it, one thing at a time to add, change or remove.</summary>
[Authorize("engagements:read")]
public sealed class PartsModel(IMediator mediator) : PlanStepPage(mediator)
{
    private PlanPart? part;

    public IReadOnlyList<SummaryRow> Rows { get; private set; } = [];

    public string Article => Part.Items![0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a";

    internal override PlanPart Part => part!;

    protected override void Fill(EngagementPlan plan) => Rows = PlanSummary.Items(plan, Part.Key);

    public override async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        part = PlanPart.Find((string)RouteData.Values["part"]!);
        return part?.Items is null ? NotFound() : await base.OnGetAsync(cancellationToken);
    }
}
