using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>An approver lets one failing check go, with a reason.</summary>
[Authorize("engagements:read")]
public sealed class WaiveModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The version that the approver read.</summary>
    [BindProperty]
    public int PlanVersion { get; set; }

    public CheckResult Check { get; private set; } = null!;

    /// <summary>Why it cannot be waived by this officer now; null where it can.</summary>
    public string? WhyNot =>
        Check.Status != CheckStatus.Fail ? "This check does not fail, so there is nothing to waive."
        : !Check.Waivable ? "This check cannot be waived: the rest cannot work without it."
        : Engagement.State is not (EngagementState.Planning or EngagementState.InReview) ? "Checks are waived before the approval."
        : WhyNotJudge;

    public async Task<IActionResult> OnGetAsync(string check, CancellationToken cancellationToken)
    {
        var isKnown = await LoadCheck(check, cancellationToken);
        PlanVersion = isKnown ? Engagement.PlanVersion : 0;
        return isKnown ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string check, CancellationToken cancellationToken)
    {
        if (!await LoadCheck(check, cancellationToken))
        {
            return NotFound();
        }

        var sent = await this.SendOrShowErrors(Mediator, new WaiveCheck(Id, check, Reason ?? "", PlanVersion), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The check is waived.");
        return Redirect($"{Root}/readiness");
    }

    private async Task<bool> LoadCheck(string key, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var checks = (await Mediator.Send(new GetReadiness(Id), cancellationToken)).Checks;
        Check = checks.SingleOrDefault(c => c.Key == key)!;
        return Check is not null;
    }
}
