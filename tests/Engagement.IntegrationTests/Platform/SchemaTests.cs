using Engagement.Host;
using Engagement.Platform.Persistence;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Platform;

public sealed class SchemaTests
{
    /// <summary>Tables that no model maps: they are written with plain SQL only, or belong to the scheduler.</summary>
    private static readonly string[] OnlyInFiles = ["platform.seal", "platform.sealed_head", "platform.idempotency", "platform.signing_key", "platform.data_protection_key", "platform.demonstration", "platform.work_chunk", "platform.account_use"];

    /// <summary>Columns that only SQL reads, generated from others.</summary>
    private static readonly string[] ColumnsOnlyInFiles =
    [
        "participation.response.words tsvector", "participation.response.given text[]",
        "engagements.engagement.public_summary text not null", "engagements.engagement.public_areas text[] not null", "engagements.engagement.public_audiences text[] not null",
        "engagements.engagement.period_opens_on date", "engagements.engagement.period_last_day date", "engagements.engagement.first_held_on date", "engagements.engagement.last_held_on date",
    ];

    /// <summary>Indexes on expressions, which no model can describe.</summary>
    private static readonly string[] IndexesOnlyInFiles = ["response_contents", "response_by_channel"];

    private const string Describe =
        """
        select format('%s.%s.%s %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
               case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end)
          from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and n.nspname = any($1) and c.relname <> '__ef_migrations_history'
        union all
        select format('%s.%s constraint %s %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid))
          from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any($1) and k.contype not in ('n', 'c', 't') and c.relname <> '__ef_migrations_history'
        union all
        select format('%s.%s index %s', schemaname, tablename, indexdef) from pg_indexes where schemaname = any($1) and tablename <> '__ef_migrations_history'
        order by 1
        """;

    [Fact]
    public async Task The_migrated_database_is_the_one_that_the_models_describe()
    {
        var server = await TestServer.Instance;
        var migrated = await server.CreateDatabaseAsync();
        var modelled = await server.CreateEmptyDatabaseAsync();
        await using var app = RunningApplication.Build(migrated, new TestClock(), ProcessRole.Web);
        var schemas = app.Services.GetServices<ModuleSchema>().Select(s => s.Name).ToArray();
        await CreateFromModels(app.Services, modelled);

        var files = await Lines(migrated, schemas);
        var models = await Lines(modelled, schemas);

        files.Where(l => !OnlyInFiles.Any(t => l.StartsWith(t + ".", StringComparison.Ordinal) || l.StartsWith(t + " ", StringComparison.Ordinal)))
            .Where(l => !ColumnsOnlyInFiles.Contains(l, StringComparer.Ordinal))
            .Where(l => !IndexesOnlyInFiles.Any(i => l.Contains($" index CREATE INDEX {i} ", StringComparison.Ordinal)))
            .ShouldBe(models, "the SQL files and the EF models have drifted apart");
        files.Count.ShouldBeGreaterThan(100);
        schemas.Length.ShouldBe(6);
        await server.DropDatabaseAsync(migrated);
        await server.DropDatabaseAsync(modelled);
    }

    [Fact]
    public async Task Four_programs_that_migrate_one_empty_database_at_once_all_succeed()
    {
        var server = await TestServer.Instance;
        var empty = await server.CreateEmptyDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestServer.MigrateAsync(empty)));

        await using var app = RunningApplication.Build(empty, new TestClock(), ProcessRole.Web);
        (await Pending(app.Services)).ShouldBeEmpty();
        await server.DropDatabaseAsync(empty);
    }

    [Fact]
    public async Task What_is_pending_is_what_Entity_Framework_would_run()
    {
        var server = await TestServer.Instance;
        var (empty, migrated) = (await server.CreateEmptyDatabaseAsync(), await server.CreateDatabaseAsync());
        await using var beforeAll = RunningApplication.Build(empty, new TestClock(), ProcessRole.Web);
        await using var app = RunningApplication.Build(migrated, new TestClock(), ProcessRole.Web);
        await using var scope = app.Services.CreateAsyncScope();
        var all = app.Services.GetServices<ModuleSchema>().SelectMany(s => MigrationsOf(scope.ServiceProvider, s)).ToList();

        (await Pending(beforeAll.Services)).ShouldBe(all);
        (await Pending(app.Services)).ShouldBeEmpty();
        await Read(migrated, $"""delete from access.__ef_migrations_history where "MigrationId" = (select max("MigrationId") from access.__ef_migrations_history) returning "MigrationId" """);
        (await Pending(app.Services)).ShouldBe([all.Last(m => m.StartsWith("access: ", StringComparison.Ordinal))]);
        all.Count.ShouldBeGreaterThan(20);
        await server.DropDatabaseAsync(empty);
        await server.DropDatabaseAsync(migrated);
    }

    [Fact]
    public async Task No_foreign_key_leaves_its_schema()
    {
        var server = await TestServer.Instance;
        var migrated = await server.CreateDatabaseAsync();

        var crossing = await Read(migrated, """
            select k.conrelid::regclass || ' -> ' || k.confrelid::regclass from pg_constraint k
              join pg_class a on a.oid = k.conrelid join pg_class b on b.oid = k.confrelid
             where k.contype = 'f' and a.relnamespace <> b.relnamespace
            """);
        var inside = await Read(migrated, "select conname::text from pg_constraint where contype = 'f'");

        crossing.ShouldBeEmpty();
        inside.ShouldNotBeEmpty();
        await server.DropDatabaseAsync(migrated);
    }

    private static async Task<IReadOnlyList<string>> Pending(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Migrator>().CompareAsync(CancellationToken.None)).Pending;
    }

    private static IEnumerable<string> MigrationsOf(IServiceProvider services, ModuleSchema schema) =>
        ((DbContext)services.GetRequiredService(schema.ContextType)).Database.GetMigrations().Select(id => $"{schema.Name}: {id}");

    private static async Task CreateFromModels(IServiceProvider services, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var scope = services.CreateAsyncScope();
        foreach (var schema in services.GetServices<ModuleSchema>())
        {
            var script = ((DbContext)scope.ServiceProvider.GetRequiredService(schema.ContextType)).Database.GenerateCreateScript();
            await using var command = new NpgsqlCommand(script, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<string>> Lines(string connectionString, string[] schemas)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(Describe);
        command.Parameters.Add(new() { Value = schemas });
        return await ReadAll(command);
    }

    private static async Task<List<string>> Read(string connectionString, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        return await ReadAll(command);
    }

    private static async Task<List<string>> ReadAll(NpgsqlCommand command)
    {
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
