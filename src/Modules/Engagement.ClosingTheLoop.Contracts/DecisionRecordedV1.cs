using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Contracts;

/// <param name="Body">Who decided, such as <c>Cabinet</c>.</param>
/// <param name="DecidedOn">The UK date of the decision, never before the close.</param>
/// <param name="Minute">The minute or record of the decision, such as its number or address.</param>
public sealed record DecisionRecordedV1(
    Guid EventId,
    ConsultationId ConsultationId,
    string Body,
    DateOnly DecidedOn,
    string Minute,
    DateTimeOffset OccurredAt) : IIntegrationEvent
{
    public Guid Key => ConsultationId.Value;
}
