using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Contracts;

/// <summary>Everybody who left an address is to be told, once for each version.</summary>
/// <param name="OutcomeVersion">Counts publications, from 1; a correction is the next one.</param>
public sealed record OutcomePublishedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    string Slug,
    string Title,
    int OutcomeVersion,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
