using Engagement.Kernel;

namespace Engagement.Engagements.Contracts;

/// <summary>Every gate check passed or was waived, and a second person approved the plan.</summary>
/// <param name="Reference">Such as <c>ENG-2026-0042</c>.</param>
public sealed record EngagementApprovedV1(
    Guid EventId,
    EngagementId EngagementId,
    string Reference,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => EngagementId.Value;
}
