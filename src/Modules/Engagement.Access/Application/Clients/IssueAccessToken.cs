using Engagement.Access.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Clients;

/// <summary>Exchanges a client's id and secret for a token. Null when they do not fit, whichever of the two it is.</summary>
/// <param name="Scopes">The scopes asked for; null for all that the client has.</param>
[AllowsAnyone]
public sealed record IssueAccessToken(string ClientId, string ClientSecret, IReadOnlyList<string>? Scopes) : ICommand<IssuedAccessToken?>;

/// <param name="Scopes">What was granted: those asked for that the client has.</param>
public sealed record IssuedAccessToken(string Token, TimeSpan Lifetime, IReadOnlyList<string> Scopes);

internal sealed class IssueAccessTokenHandler(IAccessDb db, AccessTokens tokens) : IRequestHandler<IssueAccessToken, IssuedAccessToken?>
{
    public async Task<IssuedAccessToken?> Handle(IssueAccessToken request, CancellationToken cancellationToken)
    {
        // An id that is none is looked up all the same, as the empty one: the answer takes the same time.
        var id = TypedId.TryParse<ApiClientId>(request.ClientId, out var known) ? known : default;
        var client = await db.ApiClients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (client is null || !client.Knows(request.ClientSecret))
        {
            return null;
        }

        var granted = request.Scopes is null ? client.Scopes : [.. client.Scopes.Intersect(request.Scopes, StringComparer.Ordinal)];
        return new IssuedAccessToken(await tokens.CreateAsync(client.Id.ToString(), granted, cancellationToken), AccessTokens.Lifetime, granted);
    }
}
