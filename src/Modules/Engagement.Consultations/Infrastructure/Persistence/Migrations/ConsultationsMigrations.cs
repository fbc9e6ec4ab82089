using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Consultations.Infrastructure.Persistence.Migrations;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261122000100_consultations_history")]
internal sealed class ConsultationsHistory() : HistoryTablesMigration(ConsultationsDbContext.SchemaName);

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261122010000_consultations_create")]
internal sealed class ConsultationsCreate : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125110100_consultations_find")]
internal sealed class ConsultationsFind : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125110200_consultations_history_by_time")]
internal sealed class ConsultationsHistoryByTime() : HistoryByTimeMigration(ConsultationsDbContext.SchemaName);

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125163001_consultations_calendars")]
internal sealed class ConsultationsCalendars : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125164001_consultations_notices")]
internal sealed class ConsultationsNotices : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125164002_consultations_consultees")]
internal sealed class ConsultationsConsultees : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125164003_consultations_disclosure")]
internal sealed class ConsultationsDisclosure : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125164004_consultations_rounds")]
internal sealed class ConsultationsRounds : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125164005_consultations_dates")]
internal sealed class ConsultationsDates : SqlMigration;

[DbContext(typeof(ConsultationsDbContext))]
[Migration("20261125165001_consultations_assurance")]
internal sealed class ConsultationsAssurance : SqlMigration;
