using System.Security.Claims;
using Engagement.Access.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

[Authorize("engagements:read")]
public sealed class LeadModel(IMediator mediator) : PlanStepPage(mediator)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    internal override PlanPart Part => PlanPart.Find("lead")!;

    protected override void Fill(EngagementPlan plan) => (Name, Email) = (plan.LeadOfficer?.Name, plan.LeadOfficer?.Email);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return await Save(
            plan => plan with { LeadOfficer = Name is null && Email is null ? null : new LeadOfficer { Name = Name ?? "", Email = Email ?? "" } },
            "The lead officer is saved.",
            cancellationToken);
    }

    public async Task<IActionResult> OnPostMeAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var me = OfficerId.From(Guid.Parse(User.FindFirstValue("sub")!));
        var facts = (await Mediator.Send(new FindOfficers([me]), cancellationToken))[me];
        ModelState.Clear();
        (Name, Email) = (facts.Name, facts.Email);
        return await Save(plan => plan with { LeadOfficer = new LeadOfficer { Name = facts.Name, Email = facts.Email } }, "You lead this engagement now.", cancellationToken);
    }
}
