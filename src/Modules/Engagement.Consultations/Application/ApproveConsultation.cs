using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>A second person approves one version of the consultation: it opens and closes at its instants.</summary>
/// <param name="Version">The version the approver read.</param>
[RequiresScope("consultations:approve")]
public sealed record ApproveConsultation(ConsultationId Id, int Version) : ICommand<ConsultationView>;

internal sealed class ApproveConsultationHandler(IConsultationsDb db, IMediator mediator, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ApproveConsultation, ConsultationView>
{
    public async Task<ConsultationView> Handle(ApproveConsultation request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, request.Version, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var questionnaire = await mediator.Send(new FindQuestionnaire(consultation.Id), cancellationToken);
        var now = clock.GetUtcNow();
        consultation.Approve(
            current.Actor,
            engagement?.IsApproved == true,
            questionnaire?.Questions.Count > 0 ? (questionnaire.Version, questionnaire.Digest) : null,
            now);
        (await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken)).MustBeJudged(AssuranceStage.Publication);
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}
