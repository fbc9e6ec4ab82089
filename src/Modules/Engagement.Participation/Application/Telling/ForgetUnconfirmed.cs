using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>Deletes requests for updates a week after they were made: those that nobody confirmed, and what is left of those that somebody did.</summary>
[InternalRequest]
public sealed record ForgetUnconfirmed : ICommand<int>;

internal sealed class ForgetUnconfirmedHandler(IParticipationDb db, TimeProvider clock) : IRequestHandler<ForgetUnconfirmed, int>
{
    public async Task<int> Handle(ForgetUnconfirmed request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.UpdatesRequests.Where(r => r.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }
}
