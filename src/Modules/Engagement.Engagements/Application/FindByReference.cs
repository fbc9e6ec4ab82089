using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>The engagement with a reference such as <c>ENG-2026-0042</c>, however it is typed. Null when there is none.</summary>
[RequiresScope("engagements:read")]
public sealed record FindByReference(string Reference) : IQuery<EngagementId?>;

internal sealed class FindByReferenceHandler(IEngagementsDb db) : IRequestHandler<FindByReference, EngagementId?>
{
    public async Task<EngagementId?> Handle(FindByReference request, CancellationToken cancellationToken)
    {
        var reference = request.Reference.Trim().ToUpperInvariant();
        return await db.Engagements.Where(e => e.Reference == reference).Select(e => (EngagementId?)e.Id).SingleOrDefaultAsync(cancellationToken);
    }
}
