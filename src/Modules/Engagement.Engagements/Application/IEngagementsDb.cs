using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IEngagementsDb : IModuleDb
{
    DbSet<HistoryEntry> History { get; }
}
