using Engagement.Kernel;

namespace Engagement.Engagements.Contracts;

/// <param name="PublicReason">Shown to the public; consultations of the engagement are withdrawn with it.</param>
public sealed record EngagementCancelledV1(
    Guid EventId,
    EngagementId EngagementId,
    string PublicReason,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => EngagementId.Value;
}
