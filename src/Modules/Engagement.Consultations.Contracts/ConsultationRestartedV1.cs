using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>A consultation is asked again, as a new round that is a draft yet.</summary>
/// <param name="ConsultationId">The new round.</param>
/// <param name="PreviousId">The round before it, whose responses stay where they are.</param>
public sealed record ConsultationRestartedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    ConsultationId PreviousId,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
