using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>The gate as a checklist: what each check demands, why it fails, what to do and where; and the reviews.</summary>
[Authorize("engagements:read")]
public sealed class ReadinessModel(IMediator mediator) : EngagementPage(mediator)
{
    public IReadOnlyList<CheckResult> Checks { get; private set; } = [];

    internal ActorNames Names { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken cancellationToken) => Show(cancellationToken);

    public async Task<IActionResult> OnPostSubmitAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new SubmitPlan(Id), cancellationToken);
        if (!sent.Succeeded)
        {
            await Show(cancellationToken);
            return Page();
        }

        this.Done("The plan is submitted. Ask policy, equalities and communications for their reviews, and legal where a law requires the exercise.");
        return Redirect($"{Root}/readiness");
    }

    private async Task Show(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Checks = (await Mediator.Send(new GetReadiness(Id), cancellationToken)).Checks;
        Names = await ActorNames.FindAsync(
            Mediator, [Engagement.Approval?.By, .. Engagement.Reviews.Select(r => r.By), .. Checks.Select(c => c.WaivedBy)], cancellationToken);
    }
}
