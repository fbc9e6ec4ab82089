using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class GovernanceItemModel(IMediator mediator) : PlanItemPage(mediator)
{
    [BindProperty]
    public GovernanceBody? Body { get; set; }

    [BindProperty]
    public DateInput Date { get; set; } = new();

    [BindProperty]
    public string? Purpose { get; set; }

    [BindProperty]
    public bool IsDecision { get; set; }

    internal override PlanPart Part => PlanPart.Find("governance")!;

    protected override void FillItem(EngagementPlan plan, int index)
    {
        var date = plan.GovernanceDates[index];
        (Body, Date, Purpose, IsDecision) = (date.Body, DateInput.From(date.Date), date.Purpose, date.IsDecision);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Typed.Require(Purpose, ModelState, nameof(Purpose), "Enter what the body is asked to do");
        if (Body is null)
        {
            ModelState.AddModelError(nameof(Body), "Select who deals with it");
        }

        var date = Date.Read(ModelState, nameof(Date), "The date", required: true);
        return await SaveItem(
            plan => plan with
            {
                GovernanceDates = plan.GovernanceDates.With(
                    Index, new GovernanceDate { Body = Body!.Value, Date = date!.Value, Purpose = Purpose ?? "", IsDecision = IsDecision }),
            },
            cancellationToken);
    }
}
