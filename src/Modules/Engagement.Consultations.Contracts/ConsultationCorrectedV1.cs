using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>Something that people rely on was put right or added after it had been published: a notice or a paper.</summary>
/// <param name="CorrectionId">Of the notice or the paper, so that each is told once.</param>
/// <param name="What">A sentence for the public: what was corrected or added.</param>
/// <param name="PublicReason">Shown to the public and told to everybody who responded or subscribed.</param>
public sealed record ConsultationCorrectedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    Guid CorrectionId,
    string What,
    string PublicReason,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
