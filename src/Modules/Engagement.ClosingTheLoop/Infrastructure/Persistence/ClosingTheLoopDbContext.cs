using Engagement.ClosingTheLoop.Application;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Infrastructure.Persistence;

internal sealed class ClosingTheLoopDbContext(DbContextOptions<ClosingTheLoopDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new ClosingTheLoopPublishedEvents()), IClosingTheLoopDb
{
    public const string SchemaName = "closing_the_loop";

    public override string Schema => SchemaName;
}
