using Engagement.Access.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Account;

/// <summary>Signs the officer out elsewhere: one session, or all but the present one.</summary>
/// <param name="Session">Null for all of them.</param>
[RequiresOfficer]
public sealed record EndSessions(SessionId Present, SessionId? Session) : ICommand<int>;

internal sealed class EndSessionsHandler(IAccessDb db, OwnAccount own, TimeProvider clock) : IRequestHandler<EndSessions, int>
{
    public async Task<int> Handle(EndSessions request, CancellationToken cancellationToken)
    {
        var (officer, now) = (own.Id, clock.GetUtcNow());
        return await db.Sessions
            .Where(s => s.OfficerId == officer && s.RevokedAt == null && s.Id != request.Present && (request.Session == null || s.Id == request.Session))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, now), cancellationToken);
    }
}
