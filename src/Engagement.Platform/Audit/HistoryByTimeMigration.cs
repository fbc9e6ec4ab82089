using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Platform.Audit;

/// <summary>Lets a module's history be read by time: a migration of every module, written once.</summary>
public abstract class HistoryByTimeMigration(string schema) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"create index history_by_time on {schema}.history (occurred_at)");
}
