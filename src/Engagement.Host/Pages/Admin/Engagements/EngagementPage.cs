using System.Security.Claims;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>A page about one engagement.</summary>
public abstract class EngagementPage(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true), FromRoute(Name = "id")]
    public EngagementId Id { get; set; }

    public EngagementView Engagement { get; private set; } = null!;

    public string Root => $"/admin/engagements/{Id}";

    protected IMediator Mediator => mediator;

    /// <summary>The officer has the right, everywhere or somewhere; whether it reaches this engagement is decided when something is sent.</summary>
    public bool Holds(string scope) => User.HasClaim("scope", scope) || User.HasClaim(OfficerClaims.ScopeSomewhere, scope);

    public bool IsAuthor => Engagement.Authors.Contains($"officer:{User.FindFirstValue("sub")}", StringComparer.Ordinal);

    /// <summary>Why the officer may not review, waive or approve; null where they may.</summary>
    public string? WhyNotJudge =>
        !Holds("engagements:approve") ? "Reviewing, waiving and approving need the role approver. Ask an administrator for it, or ask a colleague who has it."
        : IsAuthor ? "You wrote part of this plan, so a colleague must review and approve it."
        : null;

    /// <summary>Why the officer may change nothing; null where they may.</summary>
    public string? WhyNotWrite => Holds("engagements:write") ? null
        : "You can read this engagement. Changing it needs the role officer. Ask an administrator for it, or ask the lead officer to make the change.";

    protected async Task Load(CancellationToken cancellationToken) => Engagement = await mediator.Send(new GetEngagement(Id), cancellationToken);

    /// <summary>Refuses what was written with another version in mind, and says who changed it and when. From then on the page holds the newest version.</summary>
    /// <returns>False where the page has the error now.</returns>
    protected async Task<bool> IsNewest(int read, CancellationToken cancellationToken)
    {
        if (read == Engagement.Version)
        {
            return true;
        }

        var last = await mediator.Send(new ShowLastChange(Id), cancellationToken);
        var names = await ActorNames.FindAsync(mediator, [last.Actor], cancellationToken);
        ModelState.AddModelError("", $"{ActorNames.Begin(names.Of(last.Actor))} changed this at {Times.OfDay(last.At)}. Nothing was saved. Compare what you typed with what it says now, then save again.");
        return false;
    }
}

/// <summary>A page that edits one part of a plan and leaves the rest as it is.</summary>
public abstract class PlanStepPage(IMediator mediator) : EngagementPage(mediator)
{
    /// <summary>The version of the engagement that the form was filled in from.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>What this part says now, where somebody else changed the engagement while the form was open; null otherwise.</summary>
    public IReadOnlyList<SummaryRow>? Newer { get; private set; }

    /// <summary>Why this part cannot change (any more); null where it may.</summary>
    public string? WhyFixed => WhyNotWrite
        ?? (Part.MayChange(Engagement.ChangeableFields) ? null
            : Engagement.ChangeableFields!.Count == 0 ? "The plan can no longer be changed: the loop is closed or the engagement is cancelled. Start a new engagement."
            : "People have been told this, so it can no longer change while the engagement runs. Withdraw the consultation or cancel the engagement to start again.");

    /// <summary>Saving takes reviews or an approval away.</summary>
    public bool VoidsReviews => Engagement.State is EngagementState.InReview or EngagementState.Approved;

    /// <summary>Where the officer goes after saving, and back.</summary>
    public virtual string Back => Root;

    internal abstract PlanPart Part { get; }

    /// <summary>Puts what the plan says into the form.</summary>
    protected abstract void Fill(EngagementPlan plan);

    public virtual async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Version = Engagement.Version;
        Fill(Engagement.Plan);
        return Page();
    }

    /// <summary>Sends the plan with this part changed, to the version that was read. The engagement must be loaded.</summary>
    protected async Task<IActionResult> Save(Func<EngagementPlan, EngagementPlan> change, string done, CancellationToken cancellationToken)
    {
        if (!await IsNewest(Version, cancellationToken))
        {
            Newer = PlanSummary.Of(Engagement.Plan, Part.Key);
            ModelState.Remove(nameof(Version));
            Version = Engagement.Version;
            return Page();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var sent = await this.SendOrShowErrors(Mediator, new EditPlan(Id, change(Engagement.Plan), Version), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done(done);
        return Redirect(Back);
    }
}
