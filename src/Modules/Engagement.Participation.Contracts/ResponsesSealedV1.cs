using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Participation.Contracts;

/// <summary>The drain window is over: the set of responses that arrived in time never changes again.</summary>
/// <param name="Count">Responses in the set; withdrawn ones and late ones are left out.</param>
/// <param name="Digest">SHA-256 over the responses in the order of their ids, lower-case hexadecimal.</param>
public sealed record ResponsesSealedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    int Count,
    string Digest,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
