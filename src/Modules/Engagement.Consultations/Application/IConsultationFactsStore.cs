using Engagement.Consultations.Contracts;

namespace Engagement.Consultations.Application;

/// <summary>What nearly every request about a consultation asks of it first, read by one statement.</summary>
internal interface IConsultationFactsStore
{
    Task<ConsultationFacts?> Find(ConsultationId id, CancellationToken cancellationToken);
}
