using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Access.Infrastructure.Persistence.Migrations;

[DbContext(typeof(AccessDbContext))]
[Migration("20261122000100_access_history")]
internal sealed class AccessHistory() : HistoryTablesMigration(AccessDbContext.SchemaName);

[DbContext(typeof(AccessDbContext))]
[Migration("20261122010000_access_create")]
internal sealed class AccessCreate : SqlMigration;

[DbContext(typeof(AccessDbContext))]
[Migration("20261125110100_access_session")]
internal sealed class AccessSession : SqlMigration;

[DbContext(typeof(AccessDbContext))]
[Migration("20261125110200_access_sign_in")]
internal sealed class AccessSignIn : SqlMigration;

[DbContext(typeof(AccessDbContext))]
[Migration("20261125110200_access_history_by_time")]
internal sealed class AccessHistoryByTime() : HistoryByTimeMigration(AccessDbContext.SchemaName);

[DbContext(typeof(AccessDbContext))]
[Migration("20261125110300_access_teams")]
internal sealed class AccessTeams : SqlMigration;
