using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Participation.Infrastructure.Persistence.Migrations;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261122000100_participation_history")]
internal sealed class ParticipationHistory() : HistoryTablesMigration(ParticipationDbContext.SchemaName);

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261122010000_participation_create")]
internal sealed class ParticipationCreate : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125110100_participation_waiting_for_ruling")]
internal sealed class ParticipationWaitingForRuling : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125110200_participation_history_by_time")]
internal sealed class ParticipationHistoryByTime() : HistoryByTimeMigration(ParticipationDbContext.SchemaName);

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125110300_participation_search")]
internal sealed class ParticipationSearch : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125110400_participation_updates")]
internal sealed class ParticipationUpdates : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125113000_participation_arrivals")]
internal sealed class ParticipationArrivals : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125110500_participation_drafts")]
internal sealed class ParticipationDrafts : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125171000_participation_given")]
internal sealed class ParticipationGiven : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125202001_participation_asked_and_given")]
internal sealed class ParticipationAskedAndGiven : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125201001_participation_given_asked")]
internal sealed class ParticipationGivenAsked : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125201002_participation_draft_version")]
internal sealed class ParticipationDraftVersion : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261125202002_participation_responses_with_answers")]
internal sealed class ParticipationResponsesWithAnswers : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261126002001_participation_erasures")]
internal sealed class ParticipationErasures : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261126002002_participation_automation")]
internal sealed class ParticipationAutomation : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261126002003_participation_floods")]
internal sealed class ParticipationFloods : SqlMigration;

[DbContext(typeof(ParticipationDbContext))]
[Migration("20261126060001_participation_draft_kept_in_place")]
internal sealed class ParticipationDraftKeptInPlace : SqlMigration;
