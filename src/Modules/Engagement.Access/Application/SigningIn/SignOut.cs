using Engagement.Access.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.SigningIn;

/// <summary>Ends the session of a token. Ending one that is over already changes nothing.</summary>
[AllowsAnyone]
public sealed record SignOut(string Token) : ICommand<Unit>;

internal sealed class SignOutHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<SignOut, Unit>
{
    public async Task<Unit> Handle(SignOut request, CancellationToken cancellationToken)
    {
        var hash = Session.HashOf(request.Token);
        var now = clock.GetUtcNow();
        await db.Sessions.Where(s => s.TokenHash == hash && s.RevokedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, now), cancellationToken);
        return Unit.Value;
    }
}
