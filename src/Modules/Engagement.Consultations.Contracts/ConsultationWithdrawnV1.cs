using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <param name="PublicReason">Shown to the public and told to everybody who responded or subscribed.</param>
public sealed record ConsultationWithdrawnV1(
    Guid EventId,
    ConsultationId ConsultationId,
    EngagementId EngagementId,
    string PublicReason,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
