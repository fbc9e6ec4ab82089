using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.SigningIn;

/// <summary>Opens a session without asking for a password: for tests, as if somebody had signed in.</summary>
[InternalRequest]
public sealed record OpenSession(OfficerId Officer) : ICommand<string>;

internal sealed class OpenSessionHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<OpenSession, string>
{
    public async Task<string> Handle(OpenSession request, CancellationToken cancellationToken)
    {
        var officer = await db.Officers.AsNoTracking().SingleAsync(o => o.Id == request.Officer, cancellationToken);
        var (session, token) = Session.Open(officer, SecondFactorStep.None, "", clock.GetUtcNow());
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }
}
