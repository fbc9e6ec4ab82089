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
        var consultation = await db.Load(request.Id, cancellationToken);
        var now = clock.GetUtcNow();
        if (now < consultation.Period.ClosesAt)
        {
            // Extended since the job looked.
            return ClockResult.ChangedMeanwhile;
        }

        consultation.BeginClosing(options.Value.DrainWindow, now);
        return await db.SaveUnlessChangedMeanwhile(cancellationToken);
    }
}
