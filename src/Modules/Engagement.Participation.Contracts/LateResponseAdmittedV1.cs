using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Participation.Contracts;

/// <summary>
/// A response counts that is not in the sealed set: an officer ruled that a late one counts all the same, or one that came in time
/// was entered after the seal.
/// </summary>
public sealed record LateResponseAdmittedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    ResponseId ResponseId,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
