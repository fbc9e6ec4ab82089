using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>The deadline has passed. Answers that arrived in time may still commit until the set is sealed.</summary>
/// <param name="ClosesAt">The deadline itself, not the moment the job noticed it.</param>
/// <param name="SealAt">The end of the drain window: Participation seals the set at or after it.</param>
public sealed record ConsultationClosingV1(
    Guid EventId,
    ConsultationId ConsultationId,
    DateTimeOffset ClosesAt,
    DateTimeOffset SealAt,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
