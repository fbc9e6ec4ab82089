using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>Every consultation of an engagement, drafts and withdrawn ones too, oldest first.</summary>
[InternalRequest]
public sealed record FindConsultationsOfEngagement(EngagementId EngagementId) : IQuery<IReadOnlyList<ConsultationOfEngagement>>;

public sealed record ConsultationOfEngagement(ConsultationId Id, string Title, ConsultationStatus Status);
