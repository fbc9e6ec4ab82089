using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Infrastructure.Persistence;

internal sealed class EngagementsDbContext(DbContextOptions<EngagementsDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new EngagementsPublishedEvents()), IEngagementsDb
{
    public const string SchemaName = "engagements";

    public override string Schema => SchemaName;

    public DbSet<EngagementActivity> Engagements => Set<EngagementActivity>();

    public async Task<int> NextNumber(int year, CancellationToken cancellationToken) =>
        (await Database.SqlQuery<int>(
            $"""
            insert into engagements.reference_number (year, last) values ({year}, 1)
            on conflict (year) do update set last = reference_number.last + 1
            returning last as "Value"
            """).ToListAsync(cancellationToken))[0];
}
