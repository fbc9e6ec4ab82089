using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Engagement.Platform.Persistence;

/// <summary>
/// A migration written as SQL: the embedded resource <c>{migration id}.sql</c> of the same assembly, run in one transaction.
/// A migration class holds nothing but its two attributes, <c>DbContext</c> and <c>Migration</c>.
/// </summary>
public abstract class SqlMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var type = GetType();
        var id = type.GetCustomAttribute<MigrationAttribute>()?.Id
            ?? throw new InvalidOperationException($"{type.FullName} has no [Migration] attribute.");
        using var resource = type.Assembly.GetManifestResourceStream($"{id}.sql")
            ?? throw new InvalidOperationException($"{type.Assembly.GetName().Name} has no embedded {id}.sql; it belongs into Infrastructure/Persistence/Migrations.");
        using var reader = new StreamReader(resource);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
