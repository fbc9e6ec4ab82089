using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Answers the other modules' questions with what is true now.</summary>
internal sealed class FindConsultationHandler(IConsultationsDb db, IConsultationFactsStore facts, TimeProvider clock)
    : IRequestHandler<FindConsultation, ConsultationFacts?>, IRequestHandler<FindPublicConsultation, ConsultationFacts?>
{
    public async Task<ConsultationFacts?> Handle(FindConsultation request, CancellationToken cancellationToken)
    {
        var found = await facts.Find(request.Id, cancellationToken);
        if (found is { Status: ConsultationStatus.Open or ConsultationStatus.Scheduled } && clock.GetUtcNow() >= found.ClosesAt)
        {
            // An approval of an extension that was in time may be about to commit: it holds the lock until then.
            await db.Database.ExecuteSqlAsync(
                $"select 1 from consultations.consultation where id = {request.Id.Value} and proposed_extension is not null for share", cancellationToken);
            found = await facts.Find(request.Id, cancellationToken);
        }

        return found;
    }

    public async Task<ConsultationFacts?> Handle(FindPublicConsultation request, CancellationToken cancellationToken) =>
        await db.Consultations.Where(c => c.Slug == request.Slug).Where(Consultation.IsPublic).Select(c => (ConsultationId?)c.Id).SingleOrDefaultAsync(cancellationToken) is { } id
            ? await facts.Find(id, cancellationToken)
            : null;
}
