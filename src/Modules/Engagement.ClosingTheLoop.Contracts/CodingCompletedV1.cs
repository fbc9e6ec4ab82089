using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Contracts;

/// <summary>Each free text has a theme or "none": the analysis is done and the decision is awaited.</summary>
/// <param name="Themes">Themes in the coding frame.</param>
public sealed record CodingCompletedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    int Themes,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
