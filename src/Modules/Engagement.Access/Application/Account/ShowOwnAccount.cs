using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Access.Application.Account;

/// <summary>What an officer sees of their own account.</summary>
/// <param name="Present">The session that asks.</param>
[RequiresOfficer]
public sealed record ShowOwnAccount(SessionId Present) : IQuery<OwnAccountView>;

/// <param name="SecondFactorSince">Null while there is none.</param>
/// <param name="Sessions">Those that are not over, the latest first.</param>
public sealed record OwnAccountView(
    string Name,
    string Email,
    IReadOnlyList<RoleHeld> Roles,
    DateTimeOffset? SecondFactorSince,
    bool SecondFactorRequired,
    int RecoveryCodesLeft,
    IReadOnlyList<OwnSession> Sessions);

/// <param name="Browser">What it said it is; empty where it said nothing.</param>
public sealed record OwnSession(SessionId Id, string Browser, DateTimeOffset OpenedAt, DateTimeOffset LastSeenAt, bool IsPresent);

internal sealed class ShowOwnAccountHandler(IAccessDb db, OwnAccount own, IMediator mediator, TimeProvider clock, IOptions<AccessOptions> options) : IRequestHandler<ShowOwnAccount, OwnAccountView>
{
    public async Task<OwnAccountView> Handle(ShowOwnAccount request, CancellationToken cancellationToken)
    {
        var officer = await db.Officers.AsNoTracking().SingleAsync(o => o.Id == own.Id, cancellationToken);
        var now = clock.GetUtcNow();
        var idle = options.Value.IdleTimeout;
        var sessions = await db.Sessions.AsNoTracking()
            .Where(s => s.OfficerId == officer.Id && s.SecurityStamp == officer.SecurityStamp && s.RevokedAt == null)
            .Where(s => s.ExpiresAt > now && s.LastSeenAt > now - idle && s.SecondFactor != SecondFactorStep.Awaited)
            .OrderByDescending(s => s.CreatedAt).ThenBy(s => s.Id)
            .Select(s => new OwnSession(s.Id, s.Browser, s.CreatedAt, s.LastSeenAt, s.Id == request.Present))
            .ToListAsync(cancellationToken);
        return new OwnAccountView(
            officer.Name,
            officer.Email,
            await Places.Describe(officer.Assignments, db, mediator, cancellationToken),
            officer.SecondFactorSince,
            SecondFactorRule.Demands(options.Value.RequireSecondFactor, officer.Assignments.Select(a => a.Role)),
            officer.RecoveryCodeHashes.Length,
            sessions);
    }
}
