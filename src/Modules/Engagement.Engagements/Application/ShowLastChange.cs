using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>Who changed an engagement last, and when: what somebody needs to know whose own change came too late.</summary>
[RequiresScope("engagements:read")]
public sealed record ShowLastChange(EngagementId Id) : IQuery<LastChange>;

/// <param name="Actor">As <c>kind:id</c>.</param>
public sealed record LastChange(string Actor, DateTimeOffset At);

internal sealed class ShowLastChangeHandler(IEngagementsDb db) : IRequestHandler<ShowLastChange, LastChange>
{
    public async Task<LastChange> Handle(ShowLastChange request, CancellationToken cancellationToken) =>
        await db.History.AsNoTracking()
            .Where(h => h.AggregateId == request.Id.Value)
            .OrderByDescending(h => h.Position)
            .Select(h => new LastChange(h.Actor, h.OccurredAt))
            .FirstOrDefaultAsync(cancellationToken) ?? throw new NotFoundException("engagement");
}
