using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Answers the other modules' questions with what is true now.</summary>
internal sealed class FindConsultationHandler(IConsultationsDb db, TimeProvider clock)
    : IRequestHandler<FindConsultation, ConsultationFacts?>, IRequestHandler<FindPublicConsultation, ConsultationFacts?>
{
    public async Task<ConsultationFacts?> Handle(FindConsultation request, CancellationToken cancellationToken)
    {
        var found = await Find(db.Consultations.Where(c => c.Id == request.Id), cancellationToken);
        if (found is { Status: ConsultationStatus.Open or ConsultationStatus.Scheduled } && clock.GetUtcNow() >= found.ClosesAt)
        {
            // An approval of an extension that was in time may be about to commit: it holds the lock until then.
            await db.Database.ExecuteSqlAsync(
                $"select 1 from consultations.consultation where id = {request.Id.Value} and proposed_extension is not null for share", cancellationToken);
            found = await Find(db.Consultations.Where(c => c.Id == request.Id), cancellationToken);
        }

        return found;
    }

    public Task<ConsultationFacts?> Handle(FindPublicConsultation request, CancellationToken cancellationToken) =>
        Find(db.Consultations.Where(c => c.Slug == request.Slug).Where(Consultation.IsPublic), cancellationToken);

    private static Task<ConsultationFacts?> Find(IQueryable<Consultation> consultations, CancellationToken cancellationToken) =>
        consultations.AsNoTracking()
            .Select(c => new ConsultationFacts(
                c.Id,
                c.EngagementId,
                c.Slug,
                c.Content.Title,
                c.Status,
                c.Approval == null ? null : c.Approval.QuestionnaireVersion,
                c.Period.OpensAt,
                c.Period.ClosesAt,
                c.Content.EqualityAnswers)
            {
                Topics = c.Content.Topics,
                Areas = c.Content.Areas,
                OfflineRoute = c.Content.OfflineRoute,
                RestartOf = c.RestartOf,
                WhatChanged = c.WhatChanged,
            })
            .SingleOrDefaultAsync(cancellationToken);
}
