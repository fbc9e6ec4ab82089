using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using Engagement.Platform.Messaging;

namespace Engagement.Consultations.Application;

/// <summary>The complete list of what this module tells the others.</summary>
internal sealed class ConsultationsPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => domainEvent switch
    {
        ConsultationApproved e => new ConsultationScheduledV1(
            Guid.CreateVersion7(), e.Id, e.EngagementId, e.Slug, e.Title, e.QuestionnaireVersion, e.OpensAt, e.ClosesAt, e.At),
        ConsultationApprovalLapsed e => new ConsultationApprovalLapsedV1(Guid.CreateVersion7(), e.Id, e.Reason, e.At),
        ConsultationOpened e => new ConsultationOpenedV1(Guid.CreateVersion7(), e.Id, e.EngagementId, e.OpensAt, e.ClosesAt, e.At),
        ConsultationExtended e => new ConsultationExtendedV1(Guid.CreateVersion7(), e.Id, e.PreviousClosesAt, e.ClosesAt, e.Reason, e.At),
        ConsultationClosing e => new ConsultationClosingV1(Guid.CreateVersion7(), e.Id, e.ClosesAt, e.SealAt, e.At),
        ConsultationClosed e => new ConsultationClosedV1(
            Guid.CreateVersion7(), e.Id, e.EngagementId, e.Slug, e.Title, e.ClosedAt, e.ResponseCount, e.ResponseDigest, e.OutcomeDueOn, e.Threshold, e.At),
        NoticeCorrected e => new ConsultationCorrectedV1(Guid.CreateVersion7(), e.Id, e.CorrectionId.Value, $"A notice was wrong and has been published anew: {e.What}.", e.Reason, e.At),
        DocumentAddedLate e => new ConsultationCorrectedV1(
            Guid.CreateVersion7(), e.Id, e.DocumentId.Value, e.DocumentVersion == 1 ? $"A document was added: {e.Name}." : $"A document was corrected: {e.Name} is now in version {e.DocumentVersion}.", e.Reason, e.At),
        ConsultationRestarted e => new ConsultationRestartedV1(Guid.CreateVersion7(), e.Id, e.PreviousId, e.At),
        ConsultationWithdrawn e => new ConsultationWithdrawnV1(Guid.CreateVersion7(), e.Id, e.EngagementId, e.Reason, e.At),
        _ => null,
    };
}
