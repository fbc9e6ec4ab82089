using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IAccessDb : IModuleDb
{
    DbSet<HistoryEntry> History { get; }
}
