using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <param name="ClosesAt">The first instant that is too late.</param>
public sealed record ConsultationOpenedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    EngagementId EngagementId,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
