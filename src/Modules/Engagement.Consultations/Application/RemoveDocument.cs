using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Takes a paper from view; the record keeps every version. An approval of the old papers is void.</summary>
/// <param name="ExpectedVersion">The version of the consultation that the caller read.</param>
[RequiresScope("consultations:write")]
public sealed record RemoveDocument(ConsultationId Id, int ExpectedVersion, string Name) : ICommand<ConsultationView>;

internal sealed class RemoveDocumentHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<RemoveDocument, ConsultationView>
{
    public async Task<ConsultationView> Handle(RemoveDocument request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        consultation.RemoveDocument(request.Name.Normalize(), current.Actor, now);
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}
