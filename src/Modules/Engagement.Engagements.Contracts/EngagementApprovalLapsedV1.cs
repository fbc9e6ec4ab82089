using Engagement.Kernel;

namespace Engagement.Engagements.Contracts;

/// <summary>The plan that was approved has changed, so the approval is void: what rests on it does not open until somebody approves it again.</summary>
public sealed record EngagementApprovalLapsedV1(
    Guid EventId,
    EngagementId EngagementId,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => EngagementId.Value;
}
