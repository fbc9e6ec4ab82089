using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Participation.Contracts;

/// <summary>An officer ruled that a response which came after the deadline counts all the same.</summary>
public sealed record LateResponseAdmittedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    ResponseId ResponseId,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
