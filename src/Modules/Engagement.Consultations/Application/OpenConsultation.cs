using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Records that a consultation's opening has come.</summary>
[InternalRequest]
public sealed record OpenConsultation(ConsultationId Id) : ICommand<ClockResult>;

public enum ClockResult
{
    Done,

    /// <summary>Somebody else is changing it or has changed it, another worker perhaps: the next look at the database decides.</summary>
    LeftAlone,
}

internal sealed class OpenConsultationHandler(IConsultationsDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<OpenConsultation, ClockResult>
{
    public async Task<ClockResult> Handle(OpenConsultation request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.TryLock(request.Id, cancellationToken))
        {
            return ClockResult.LeftAlone;
        }

        var consultation = await db.Load(request.Id, cancellationToken);
        var now = clock.GetUtcNow();
        if (consultation.Status != ConsultationStatus.Scheduled || now < consultation.Period.OpensAt)
        {
            // Opened, edited or withdrawn since the job looked.
            return ClockResult.LeftAlone;
        }

        var questionnaire = await mediator.Send(new FindQuestionnaire(request.Id), cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        consultation.Open(questionnaire is null ? null : (questionnaire.Version, questionnaire.Digest), engagement?.IsApproved == true, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClockResult.Done;
    }
}
