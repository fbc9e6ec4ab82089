using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IClosingTheLoopDb : IModuleDb
{
    DbSet<HistoryEntry> History { get; }
}
