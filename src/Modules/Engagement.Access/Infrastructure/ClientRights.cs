using Engagement.Access.Application;
using Engagement.Access.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Infrastructure;

/// <summary>Asks the database on every request: a right that was taken away is gone with the next one.</summary>
internal sealed class ClientRights(IAccessDb db) : IClientRights
{
    public async ValueTask<IReadOnlyList<string>?> ScopesOfAsync(string clientId, CancellationToken cancellationToken) =>
        TypedId.TryParse<ApiClientId>(clientId, out var id)
            ? await db.ApiClients.Where(c => c.Id == id && c.DisabledAt == null).Select(c => c.Scopes).SingleOrDefaultAsync(cancellationToken)
            : null;
}
