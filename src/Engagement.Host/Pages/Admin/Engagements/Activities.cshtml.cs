using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Record;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>What was done to tell people, what was measured, and what was learnt.</summary>
[Authorize("engagements:read")]
public sealed class ActivitiesModel(IMediator mediator) : EngagementPage(mediator)
{
    internal ActorNames Names { get; private set; } = null!;

    /// <summary>Why no activity can be recorded by this officer now; null where one can.</summary>
    public string? WhyNoActivity => WhyNotWrite
        ?? (Engagement.State is EngagementState.Approved or EngagementState.Live or EngagementState.Analysing or EngagementState.AwaitingDecision
            ? null : "Activities are recorded between the approval of the plan and the outcome.");

    /// <summary>Why nothing can be scored by this officer now; null where it can.</summary>
    public string? WhyNoScore => WhyNotWrite
        ?? (Engagement.State switch
        {
            EngagementState.Live or EngagementState.Analysing or EngagementState.AwaitingDecision or EngagementState.FedBack => null,
            EngagementState.Evaluated => "The engagement is evaluated; its results stand.",
            _ => "What was measured is entered once the engagement runs.",
        });

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Names = await ActorNames.FindAsync(Mediator, [Engagement.Evaluation?.By], cancellationToken);
    }
}
