using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>A second person approved the consultation: it opens and closes at these instants unless its approval lapses.</summary>
/// <param name="Slug">The last part of its public address; never reused.</param>
/// <param name="QuestionnaireVersion">The version that was approved, and the only one that is ever answered.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
public sealed record ConsultationScheduledV1(
    Guid EventId,
    ConsultationId ConsultationId,
    EngagementId EngagementId,
    string Slug,
    string Title,
    int QuestionnaireVersion,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
