using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Participation.Infrastructure.Persistence.Migrations;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261122010000_participation_create")]
internal sealed class ParticipationCreate : SqlMigration;
