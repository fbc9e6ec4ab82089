using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.Extensions.Options;

namespace Engagement.Consultations.Application;

/// <summary>Records that a consultation's deadline has passed; it is closed once Participation has sealed what arrived in time.</summary>
[InternalRequest]
public sealed record CloseConsultation(ConsultationId Id) : ICommand<ClockResult>;

internal sealed class CloseConsultationHandler(IConsultationsDb db, IOptions<ConsultationsOptions> options, TimeProvider clock)
    : IRequestHandler<CloseConsultation, ClockResult>
{
    public async Task<ClockResult> Handle(CloseConsultation request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.TryLock(request.Id, cancellationToken))
        {
            return ClockResult.LeftAlone;
        }

        var consultation = await db.Load(request.Id, cancellationToken);
        var now = clock.GetUtcNow();
        if (consultation.Status != ConsultationStatus.Open || now < consultation.Period.ClosesAt)
        {
            // Closed, extended or withdrawn since the job looked.
            return ClockResult.LeftAlone;
        }

        consultation.BeginClosing(options.Value.DrainWindow, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClockResult.Done;
    }
}
