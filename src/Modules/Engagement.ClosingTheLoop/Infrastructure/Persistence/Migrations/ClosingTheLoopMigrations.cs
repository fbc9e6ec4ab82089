using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.ClosingTheLoop.Infrastructure.Persistence.Migrations;

[DbContext(typeof(ClosingTheLoopDbContext))]
[Migration("20261122000100_closing_the_loop_history")]
internal sealed class ClosingTheLoopHistory() : HistoryTablesMigration(ClosingTheLoopDbContext.SchemaName);

[DbContext(typeof(ClosingTheLoopDbContext))]
[Migration("20261122010000_closing_the_loop_create")]
internal sealed class ClosingTheLoopCreate : SqlMigration;

[DbContext(typeof(ClosingTheLoopDbContext))]
[Migration("20261125110200_closing_the_loop_history_by_time")]
internal sealed class ClosingTheLoopHistoryByTime() : HistoryByTimeMigration(ClosingTheLoopDbContext.SchemaName);

[DbContext(typeof(ClosingTheLoopDbContext))]
[Migration("20261125110300_closing_the_loop_outcome_published_v2")]
internal sealed class ClosingTheLoopOutcomePublishedV2 : SqlMigration;
