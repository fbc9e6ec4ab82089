using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>What a support team says of one version of the plan.</summary>
[Authorize("engagements:read")]
public sealed class ReviewModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public ReviewKind? Kind { get; set; }

    [BindProperty]
    public ReviewVerdict? Verdict { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>The version that the reviewer read.</summary>
    [BindProperty]
    public int PlanVersion { get; set; }

    /// <summary>Why there is nothing to review for this officer now; null where there is.</summary>
    public string? WhyNot => Engagement.State != EngagementState.InReview
        ? $"Only a plan in review is reviewed; this one is in the state “{PlanWords.Of(Engagement.State)}”."
        : WhyNotJudge;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        PlanVersion = Engagement.PlanVersion;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Kind is null)
        {
            ModelState.AddModelError(nameof(Kind), "Select what you review it for");
        }

        if (Verdict is null)
        {
            ModelState.AddModelError(nameof(Verdict), "Select approve or changes needed");
        }

        if (Kind is null || Verdict is null)
        {
            return Page();
        }

        var sent = await this.SendOrShowErrors(Mediator, new ReviewPlan(Id, Kind.Value, Verdict.Value, Comment, PlanVersion), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done($"The review for {PlanWords.Of(Kind.Value).ToLowerInvariant()} is recorded.");
        return Redirect($"{Root}/readiness");
    }
}
