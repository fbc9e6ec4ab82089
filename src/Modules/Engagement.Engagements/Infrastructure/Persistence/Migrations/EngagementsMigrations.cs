using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Engagements.Infrastructure.Persistence.Migrations;

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261122000100_engagements_history")]
internal sealed class EngagementsHistory() : HistoryTablesMigration(EngagementsDbContext.SchemaName);

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261122010000_engagements_create")]
internal sealed class EngagementsCreate : SqlMigration;

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261125110100_engagements_search")]
internal sealed class EngagementsSearch : SqlMigration;

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261125110200_engagements_history_by_time")]
internal sealed class EngagementsHistoryByTime() : HistoryByTimeMigration(EngagementsDbContext.SchemaName);

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261125110250_engagements_public_view")]
internal sealed class EngagementsPublicView : SqlMigration;

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261125111200_engagements_teams")]
internal sealed class EngagementsTeams : SqlMigration;

[DbContext(typeof(EngagementsDbContext))]
[Migration("20261125172000_engagements_public_columns")]
internal sealed class EngagementsPublicColumns : SqlMigration;
