using Engagement.Access.Application;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Infrastructure.Persistence;

internal sealed class AccessDbContext(DbContextOptions<AccessDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new AccessPublishedEvents()), IAccessDb
{
    public const string SchemaName = "access";

    public override string Schema => SchemaName;
}
