using Engagement.Access.Domain;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IAccessDb : IModuleDb
{
    DbSet<ApiClient> ApiClients { get; }

    DbSet<Officer> Officers { get; }

    DbSet<Session> Sessions { get; }
}
