using Engagement.Consultations.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>A new round begins with the questions of the one before it; whoever writes it may change them. Delivered again it changes nothing.</summary>
internal sealed class CopyQuestionnaireOfEarlierRound(IParticipationDb db, TimeProvider clock) : IIntegrationEventHandler<ConsultationRestartedV1>
{
    public async Task Handle(ConsultationRestartedV1 integrationEvent, CancellationToken cancellationToken)
    {
        var (id, previous) = (integrationEvent.ConsultationId, integrationEvent.PreviousId);
        var earlier = await db.Questionnaires.AsNoTracking().SingleOrDefaultAsync(q => q.ConsultationId == previous, cancellationToken);
        if (earlier is null || await db.Questionnaires.AnyAsync(q => q.ConsultationId == id, cancellationToken))
        {
            return;
        }

        var newest = await db.QuestionnaireVersions.AsNoTracking().SingleAsync(v => v.ConsultationId == previous && v.Number == earlier.LatestVersion, cancellationToken);
        var questionnaire = Questionnaire.For(id);
        var version = questionnaire.NextVersion(newest.Content(), clock.GetUtcNow());
        questionnaire.Take(version);
        db.Questionnaires.Add(questionnaire);
        db.QuestionnaireVersions.Add(version);
    }
}
