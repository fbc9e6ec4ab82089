using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Platform.Audit;

/// <summary>Gives a module's schema its history: the first migration of every module, written once.</summary>
public abstract class HistoryTablesMigration(string schema) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        using var resource = typeof(HistoryTablesMigration).Assembly.GetManifestResourceStream("history_tables.sql")
            ?? throw new InvalidOperationException("The platform has no embedded history_tables.sql.");
        using var reader = new StreamReader(resource);
        migrationBuilder.Sql(reader.ReadToEnd().Replace("{schema}", schema, StringComparison.Ordinal));
    }
}
