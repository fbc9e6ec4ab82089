using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IParticipationDb : IModuleDb
{
    DbSet<HistoryEntry> History { get; }
}
