using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Contracts;

/// <summary>A version of the outcome is public. Everybody who left an address is to be told, once for each version.</summary>
/// <param name="OutcomeVersion">Counts publications, from 1; a correction is the next one.</param>
/// <param name="ClosesTheLoop">
/// Whether this version answers what people said. False where it says only what happens next: the outcome stays due, and late once its
/// day has passed.
/// </param>
public sealed record OutcomePublishedV2(
    Guid EventId,
    ConsultationId ConsultationId,
    string Slug,
    string Title,
    int OutcomeVersion,
    bool ClosesTheLoop,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
