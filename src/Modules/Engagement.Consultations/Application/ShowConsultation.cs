using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Consultations.Application;

[RequiresScope("consultations:read")]
public sealed record ShowConsultation(ConsultationId Id) : IQuery<ConsultationView>;

internal sealed class ShowConsultationHandler(IConsultationsDb db, TimeProvider clock) : IRequestHandler<ShowConsultation, ConsultationView>
{
    public async Task<ConsultationView> Handle(ShowConsultation request, CancellationToken cancellationToken) =>
        ConsultationView.Of(await db.Load(request.Id, cancellationToken), clock.GetUtcNow());
}
