using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Shows what is approved, and asks a second person for it.</summary>
[Authorize("engagements:read")]
public sealed class ApproveModel(IMediator mediator) : EngagementPage(mediator)
{
    /// <summary>The version that the approver read.</summary>
    [BindProperty]
    public int PlanVersion { get; set; }

    public IReadOnlyList<CheckResult> Checks { get; private set; } = [];

    internal ActorNames Names { get; private set; } = null!;

    /// <summary>Why this officer cannot approve it now; null where they can.</summary>
    public string? WhyNot =>
        Engagement.Approval is { } approval ? $"Version {approval.PlanVersion} is approved already, by {Names.Of(approval.By)} on {Times.Spell(approval.At)}."
        : Engagement.State != EngagementState.InReview ? "The plan is not in review. It is approved after it was submitted and reviewed."
        : WhyNotJudge ?? (Checks.Any(c => c.Status == CheckStatus.Fail) ? "Some checks fail. Each must pass, or be waived with a reason, before the plan is approved." : null);

    public string ChecksInWords =>
        $"{Checks.Count(c => c.Status == CheckStatus.Pass)} passed, {Checks.Count(c => c.Status == CheckStatus.Waived)} waived, {Checks.Count(c => c.Status == CheckStatus.Fail)} failed";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Show(cancellationToken);
        PlanVersion = Engagement.PlanVersion;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new ApproveEngagement(Id, PlanVersion), cancellationToken);
        if (!sent.Succeeded)
        {
            await Show(cancellationToken);
            ModelState.Remove(nameof(PlanVersion));
            PlanVersion = Engagement.PlanVersion;
            return Page();
        }

        this.Done($"Version {PlanVersion} of the plan is approved.");
        return Redirect(Root);
    }

    private async Task Show(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Checks = (await Mediator.Send(new GetReadiness(Id), cancellationToken)).Checks;
        Names = await ActorNames.FindAsync(Mediator, [Engagement.Approval?.By, .. Engagement.Authors, .. Checks.Select(c => c.WaivedBy)], cancellationToken);
    }
}
