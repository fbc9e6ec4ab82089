using Engagement.Access.Domain;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Engagement.Access.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IAccessDb : IModuleDb
{
    DbSet<ApiClient> ApiClients { get; }

    DbSet<Officer> Officers { get; }

    DbSet<Team> Teams { get; }

    DbSet<Session> Sessions { get; }

    DbSet<SignInCount> SignInCounts { get; }

    /// <summary>Begins a transaction in which nobody else takes an administrator's rights away: of two who would leave none, one sees the other's change.</summary>
    Task<IDbContextTransaction> TakeAdministratorsInTurn(CancellationToken cancellationToken);

    /// <summary>Counts a try unless a pause is under way; the count stands whatever becomes of the try.</summary>
    /// <param name="free">Tries before the first pause.</param>
    /// <returns>False during a pause.</returns>
    Task<bool> CountTry(byte[] key, int free, DateTimeOffset now, CancellationToken cancellationToken);
}
