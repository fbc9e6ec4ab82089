using Engagement.Access.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Officers;

/// <summary>Answers the pages that name officers.</summary>
internal sealed class FindOfficersHandler(IAccessDb db) : IRequestHandler<FindOfficers, IReadOnlyDictionary<OfficerId, OfficerFacts>>
{
    public async Task<IReadOnlyDictionary<OfficerId, OfficerFacts>> Handle(FindOfficers request, CancellationToken cancellationToken) =>
        request.Ids.Count == 0
            ? new Dictionary<OfficerId, OfficerFacts>()
            : await db.Officers.AsNoTracking()
                .Where(o => request.Ids.Contains(o.Id))
                .Select(o => new { o.Id, o.Name, o.Email, o.DisabledAt })
                .ToDictionaryAsync(o => o.Id, o => new OfficerFacts(o.Name, o.Email) { IsDisabled = o.DisabledAt is not null }, cancellationToken);
}
