using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Ends an engagement with its lessons.</summary>
[Authorize("engagements:read")]
public sealed class EvaluateModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public string? Lessons { get; set; }

    /// <summary>Criteria without a measured value.</summary>
    public IReadOnlyList<SuccessCriterion> Unscored => [.. Engagement.SuccessCriteria.Where(c => Engagement.Scores.All(s => s.Criterion != c.Key))];

    /// <summary>Why it cannot be evaluated by this officer now; null where only values may be missing.</summary>
    public string? WhyNot => WhyNotWrite
        ?? (Engagement.State switch
        {
            EngagementState.FedBack => null,
            EngagementState.Live when Engagement.Level == ParticipationLevel.Inform => null,
            EngagementState.Evaluated => "The engagement is evaluated already; its results and lessons stand.",
            EngagementState.Cancelled => "The engagement is cancelled.",
            _ when Engagement.Level == ParticipationLevel.Inform => "An engagement that only informs is evaluated once an activity is recorded.",
            _ => "An engagement is evaluated when the outcome of each of its consultations is published.",
        });

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var sent = await this.SendOrShowErrors(Mediator, new EvaluateEngagement(Id, Lessons ?? ""), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The engagement is evaluated.");
        return Redirect($"{Root}/activities");
    }
}
