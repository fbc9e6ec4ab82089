using Engagement.Engagements.Application;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Infrastructure.Persistence;

internal sealed class EngagementsDbContext(DbContextOptions<EngagementsDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new EngagementsPublishedEvents()), IEngagementsDb
{
    public const string SchemaName = "engagements";

    public override string Schema => SchemaName;
}
