using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Messaging;

namespace Engagement.Participation.Application;

/// <summary>The complete list of what this module tells the others.</summary>
internal sealed class ParticipationPublishedEvents : IPublishedEvents
{
    public IIntegrationEvent? Translate(IDomainEvent domainEvent) => domainEvent switch
    {
        ResponsesSealed e => new ResponsesSealedV1(Guid.CreateVersion7(), e.ConsultationId, e.Count, e.Digest, e.At),
        LateResponseAdmitted e => new LateResponseAdmittedV1(Guid.CreateVersion7(), e.ConsultationId, e.ResponseId, e.At),

        // It counts, and was not in the sealed set: for the others it is the same.
        ResponseEnteredAfterSeal e => new LateResponseAdmittedV1(Guid.CreateVersion7(), e.ConsultationId, e.ResponseId, e.At),
        _ => null,
    };
}
