using Engagement.Access.Application;
using Engagement.Access.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Infrastructure;

/// <summary>Who the actors of the history are: officers and API clients.</summary>
internal sealed class ActorDirectory(IAccessDb db) : IActorDirectory
{
    private const string Officer = "officer:";
    private const string Client = "client:";

    public async Task<IReadOnlyDictionary<string, string>> NamesOfAsync(IReadOnlyCollection<string> actors, CancellationToken cancellationToken)
    {
        var officers = Ids<OfficerId>(actors, Officer);
        var clients = Ids<ApiClientId>(actors, Client);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (officers.Count > 0)
        {
            foreach (var officer in await db.Officers.AsNoTracking().Where(o => officers.Contains(o.Id)).Select(o => new { o.Id, o.Name }).ToListAsync(cancellationToken))
            {
                names.Add(Officer + officer.Id, officer.Name);
            }
        }

        if (clients.Count > 0)
        {
            foreach (var client in await db.ApiClients.AsNoTracking().Where(c => clients.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(cancellationToken))
            {
                names.Add(Client + client.Id, client.Name);
            }
        }

        return names;
    }

    public async Task<string?> EmailAddressOfAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.Kind == ActorKind.Officer && TypedId.TryParse<OfficerId>(actor.Id, out var id)
            ? await db.Officers.AsNoTracking().Where(o => o.Id == id).Select(o => o.Email).SingleOrDefaultAsync(cancellationToken)
            : null;

    private static List<TId> Ids<TId>(IReadOnlyCollection<string> actors, string kind)
        where TId : struct, ITypedId<TId> =>
        [.. from actor in actors where actor.StartsWith(kind, StringComparison.Ordinal) && TypedId.TryParse<TId>(actor[kind.Length..], out _) select TId.From(Guid.Parse(actor[kind.Length..]))];
}
