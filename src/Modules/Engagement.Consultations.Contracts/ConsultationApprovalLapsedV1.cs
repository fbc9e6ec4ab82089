using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>What was approved has changed, so the approval is void: it does not open until somebody approves it again.</summary>
public sealed record ConsultationApprovalLapsedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    string Reason,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
