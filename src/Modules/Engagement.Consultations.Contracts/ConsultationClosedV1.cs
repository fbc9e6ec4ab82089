using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>Every answer sent in time is in and the set is sealed.</summary>
/// <param name="ClosedAt">The deadline itself, not the moment the job noticed it.</param>
/// <param name="ResponseCount">Responses in the sealed set, late ones left out.</param>
/// <param name="ResponseDigest">SHA-256 of the sealed set, lower-case hexadecimal.</param>
/// <param name="OutcomeDueOn">The last day on which the council may publish what it decided and why.</param>
/// <param name="Threshold">Which themes must have an answer, as set before opening.</param>
public sealed record ConsultationClosedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    EngagementId EngagementId,
    string Slug,
    string Title,
    DateTimeOffset ClosedAt,
    int ResponseCount,
    string ResponseDigest,
    DateOnly OutcomeDueOn,
    AnswerThreshold Threshold,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
