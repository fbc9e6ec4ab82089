using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>The deadline moved later, by the decision of two people.</summary>
/// <param name="ClosesAt">The new first instant that is too late.</param>
/// <param name="PublicReason">Shown to the public and told to everybody who responded or subscribed.</param>
public sealed record ConsultationExtendedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    DateTimeOffset PreviousClosesAt,
    DateTimeOffset ClosesAt,
    string PublicReason,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
