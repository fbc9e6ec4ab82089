using Engagement.Participation.Application;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class ParticipationDbContext(DbContextOptions<ParticipationDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new ParticipationPublishedEvents()), IParticipationDb
{
    public const string SchemaName = "participation";

    public override string Schema => SchemaName;
}
