using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>A consultation by what a person can type: its id, or the last part of its public address. Null when there is none.</summary>
[InternalRequest]
public sealed record FindConsultationByReference(string Reference) : IQuery<ConsultationFound?>;

public sealed record ConsultationFound(ConsultationId Id, string Slug, string Title);

internal sealed class FindConsultationByReferenceHandler(IConsultationsDb db) : IRequestHandler<FindConsultationByReference, ConsultationFound?>
{
    public Task<ConsultationFound?> Handle(FindConsultationByReference request, CancellationToken cancellationToken)
    {
        var isId = ConsultationId.TryParse(request.Reference, null, out var id);
        return db.Consultations.AsNoTracking()
            .Where(c => isId ? c.Id == id : c.Slug == request.Reference)
            .Select(c => new ConsultationFound(c.Id, c.Slug, c.Content.Title))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
