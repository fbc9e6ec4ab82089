using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Drafts;

/// <summary>Deletes drafts whose time is over; <see cref="Domain.DraftLifetime"/> says when that is. Gives how many.</summary>
[InternalRequest]
public sealed record RemoveExpiredDrafts : ICommand<int>;

internal sealed class RemoveExpiredDraftsHandler(IParticipationDb db, TimeProvider clock, IOptions<ParticipationOptions> options) : IRequestHandler<RemoveExpiredDrafts, int>
{
    public Task<int> Handle(RemoveExpiredDrafts request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (untouchedSince, closedSince) = (now - options.Value.DraftsKept, now - options.Value.DraftsKeptAfterClose);
        return db.Drafts
            .Where(d => d.ChangedAt <= untouchedSince
                || ((d.LateAt == null || d.LateAt <= closedSince) && db.Forms.Any(f => f.ConsultationId == d.ConsultationId && f.ClosesAt <= closedSince)))
            .ExecuteDeleteAsync(cancellationToken);
    }
}
