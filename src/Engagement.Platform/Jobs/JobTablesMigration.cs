using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Quartz;

namespace Engagement.Platform.Jobs;

/// <summary>The scheduler's tables, in a schema of their own, by the script that the scheduler brings for PostgreSQL.</summary>
[DbContext(typeof(PlatformDbContext))]
[Migration("20261122000001_platform_jobs")]
internal sealed class JobTablesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        using var resource = typeof(IScheduler).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")
            ?? throw new InvalidOperationException("The scheduler's package no longer brings its PostgreSQL script.");
        using var reader = new StreamReader(resource);

        // {0} is the prefix of the tables, {1} the prefix of names that PostgreSQL keeps per schema.
        var script = reader.ReadToEnd().Replace("{0}", "jobs.qrtz_", StringComparison.Ordinal).Replace("{1}", "qrtz_", StringComparison.Ordinal);
        migrationBuilder.Sql("create schema if not exists jobs");
        foreach (var part in script.ReplaceLineEndings("\n").Split("\n--;;\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            migrationBuilder.Sql(part);
        }

        migrationBuilder.Sql(
            $"""
            grant usage on schema jobs to {Migrator.RuntimeRole};
            grant select, insert, update, delete on all tables in schema jobs to {Migrator.RuntimeRole};
            """);
    }
}
