using Engagement.Consultations.Application;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Infrastructure.Persistence;

internal sealed class ConsultationsDbContext(DbContextOptions<ConsultationsDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new ConsultationsPublishedEvents()), IConsultationsDb
{
    public const string SchemaName = "consultations";

    public override string Schema => SchemaName;
}
