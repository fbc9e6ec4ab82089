using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Access.Application.SigningIn;

/// <summary>
/// Who a browser's token belongs to, and what they may do at this moment, in one statement: a right that was taken away and a
/// session that was ended are gone with the next request. Null when the token opens nothing (any more).
/// </summary>
[InternalRequest]
public sealed record ResumeSession(string Token) : ICommand<ResumedSession?>;

/// <param name="ExpiresAt">When the session ends unless another request comes first.</param>
/// <param name="EndsAt">When it ends whatever comes.</param>
/// <param name="Everywhere">What the officer may do everywhere.</param>
/// <param name="InPlaces">What they may do in some team or for some engagement only.</param>
public sealed record ResumedSession(
    SessionId Id,
    OfficerId Officer,
    string Name,
    DateTimeOffset ExpiresAt,
    DateTimeOffset EndsAt,
    AccountDuty Duty,
    IReadOnlySet<string> Everywhere,
    IReadOnlyCollection<PlacedScope> InPlaces);

/// <summary>What an officer must do before anything else.</summary>
public enum AccountDuty
{
    None,
    ChangePassword,
    SetUpSecondFactor,
}

internal sealed class ResumeSessionHandler(IAccessDb db, TimeProvider clock, IOptions<AccessOptions> options) : IRequestHandler<ResumeSession, ResumedSession?>
{
    /// <summary>How often the last use is written down: a statement for each request would double their number.</summary>
    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(1);

    public async Task<ResumedSession?> Handle(ResumeSession request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var idle = options.Value.IdleTimeout;
        var hash = Session.HashOf(request.Token);
        var found = await db.Sessions.AsNoTracking()
            .Where(s => s.TokenHash == hash && s.RevokedAt == null && s.ExpiresAt > now && s.LastSeenAt > now - idle && s.SecondFactor != SecondFactorStep.Awaited)
            .Join(db.Officers.Where(o => o.DisabledAt == null), s => s.OfficerId, o => o.Id, (s, o) => new { Session = s, Officer = o })
            .Where(x => x.Session.SecurityStamp == x.Officer.SecurityStamp)
            .Select(x => new
            {
                x.Session.Id,
                x.Session.LastSeenAt,
                x.Session.ExpiresAt,
                x.Session.OfficerId,
                x.Officer.Name,
                x.Officer.MustChangePassword,
                HasSecondFactor = x.Officer.SecondFactorSecret != null,
                Assignments = x.Officer.Assignments.Select(a => new { a.Role, a.TeamId, a.EngagementId }).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var seen = found.LastSeenAt;
        if (now - seen >= Remember)
        {
            try
            {
                await db.Sessions.Where(s => s.Id == found.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), cancellationToken);
                seen = now;
            }
            catch (Exception error) when (error.IsRefusedWrite())
            {
                // Whoever is signed in can go on reading; it is noted with the first request after.
            }
        }

        var duty = found.MustChangePassword ? AccountDuty.ChangePassword
            : !found.HasSecondFactor && SecondFactorRule.Demands(options.Value.RequireSecondFactor, found.Assignments.Select(a => a.Role)) ? AccountDuty.SetUpSecondFactor
            : AccountDuty.None;
        var rights = duty == AccountDuty.None ? OfficerRights.Of([.. found.Assignments.Select(a => (a.Role, a.TeamId?.Value, a.EngagementId?.Value))]) : OfficerRights.None;
        var expires = seen + idle < found.ExpiresAt ? seen + idle : found.ExpiresAt;
        return new ResumedSession(found.Id, found.OfficerId, found.Name, expires, found.ExpiresAt, duty, rights.Everywhere, rights.InPlaces);
    }
}
