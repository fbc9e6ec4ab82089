using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Engagements.Infrastructure.Persistence.Migrations;

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261122010000_engagements_create")]
internal sealed class EngagementsCreate : SqlMigration;
