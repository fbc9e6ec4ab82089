using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IConsultationsDb : IModuleDb
{
    DbSet<HistoryEntry> History { get; }
}
