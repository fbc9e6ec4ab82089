using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Records that a consultation's opening has come.</summary>
[InternalRequest]
public sealed record OpenConsultation(ConsultationId Id) : ICommand<ClockResult>;

public enum ClockResult
{
    Done,

    /// <summary>Somebody changed it at the same moment, another worker perhaps: the next look at the database decides.</summary>
    ChangedMeanwhile,
}

internal sealed class OpenConsultationHandler(IConsultationsDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<OpenConsultation, ClockResult>
{
    public async Task<ClockResult> Handle(OpenConsultation request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var questionnaire = await mediator.Send(new FindQuestionnaire(request.Id), cancellationToken);
        consultation.Open(questionnaire is null ? null : (questionnaire.Version, questionnaire.Digest), clock.GetUtcNow());
        return await db.SaveUnlessChangedMeanwhile(cancellationToken);
    }
}

internal static class ClockSaving
{
    public static async Task<ClockResult> SaveUnlessChangedMeanwhile(this IConsultationsDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return ClockResult.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ClockResult.ChangedMeanwhile;
        }
    }
}
