using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.Platform.Persistence;

/// <summary>A module's context, registered so that migration, schema tests and verification find them all.</summary>
/// <param name="AppendOnlyTables">Tables beside <c>history</c> whose rows the runtime role may insert and read, never change.</param>
public sealed record ModuleSchema(string Name, Type ContextType, IReadOnlyList<string> AppendOnlyTables)
{
    /// <summary>The ids of its migrations, in the order in which they run.</summary>
    public IEnumerable<string> Migrations => WrittenTypes.Of(ContextType.Assembly)
        .Where(t => t.IsAssignableTo(typeof(Migration)) && t.GetCustomAttribute<DbContextAttribute>()?.ContextType == ContextType)
        .Select(t => t.GetCustomAttribute<MigrationAttribute>()!.Id)
        .Order(StringComparer.Ordinal);
}

/// <param name="Pending">What this program needs and the database does not have, as <c>schema: migration</c>.</param>
/// <param name="Unknown">What the database has and this program does not know: a newer version was here.</param>
public sealed record DatabaseFit(IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    /// <summary>What is wrong and what to do; null where they belong together.</summary>
    public string? Concern =>
        Unknown.Count > 0 ? $"The database is newer than this program, which does not know {string.Join(", ", Unknown)}. Run the version that migrated it, or restore a backup from before."
        : Pending.Count > 0 ? $"The database is not up to date: it lacks {Pending[0]}{(Pending.Count > 1 ? $" and {Pending.Count - 1} more" : "")}. Run 'engagement migrate' first."
        : null;
}

/// <summary>
/// Brings every module's schema up to date and makes the database roles. The program connects as the owner and at once takes the
/// role <see cref="RuntimeRole"/>, which may not change or delete history.
/// </summary>
public sealed class Migrator(IServiceScopeFactory scopes, IEnumerable<ModuleSchema> schemas, OwnerDataSource owner)
{
    public const string RuntimeRole = "engagement_runtime";
    public const string RetentionRole = "engagement_retention";

    /// <summary>In each schema: which of its migrations have run.</summary>
    internal const string HistoryTable = "__ef_migrations_history";

    // One for the whole product: several programs may start on one empty database, and EF's own lock does not cover that.
    private const long AdvisoryLock = 7_234_001;

    /// <exception cref="InvalidOperationException">The database is newer than this program: it is left as it is.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await owner.Value.OpenConnectionAsync(cancellationToken);
        await Execute(connection, $"select pg_advisory_lock({AdvisoryLock})", cancellationToken);
        try
        {
            if (await Compare(connection, cancellationToken) is { Unknown.Count: > 0 } newer)
            {
                throw new InvalidOperationException(newer.Concern);
            }

            await CreateRoles(connection, cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            foreach (var schema in schemas)
            {
                await using var db = CreateOwnerContext(scope.ServiceProvider, schema);
                await Execute(connection, $"create schema if not exists {schema.Name}", cancellationToken);
                await Execute(connection, db.GetService<IHistoryRepository>().GetCreateIfNotExistsScript(), cancellationToken);
                await db.Database.MigrateAsync(cancellationToken);
                await Grant(connection, schema, cancellationToken);
            }
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
        }
    }

    /// <summary>
    /// How the database and this program fit. Every start asks, and waits for it: Entity Framework would make each module's model for the answer, which took 0.9 s of
    /// processor time.
    /// </summary>
    public async Task<DatabaseFit> CompareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await owner.Value.OpenConnectionAsync(cancellationToken);
        return await Compare(connection, cancellationToken);
    }

    private async Task<DatabaseFit> Compare(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var begun = await Read(connection, $"select schemaname::text from pg_tables where tablename = '{HistoryTable}'", cancellationToken);
        var asked = schemas.Where(s => begun.Contains(s.Name, StringComparer.Ordinal))
            .Select(s => $"""select '{s.Name}: ' || "MigrationId" from {s.Name}.{HistoryTable}""").ToList();
        var applied = asked.Count == 0 ? [] : await Read(connection, string.Join(" union all ", asked), cancellationToken);
        var known = schemas.SelectMany(s => s.Migrations.Select(id => $"{s.Name}: {id}")).ToList();

        // Whoever was stopped between a schema's migrations and its rights leaves tables that the program may not read.
        var withoutRights = await Read(
            connection,
            $"""
            select distinct n.nspname || ': rights' from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join pg_roles r
             where n.nspname in ({string.Join(", ", schemas.Select(s => $"'{s.Name}'"))}) and c.relkind in ('r', 'p') and r.rolname = '{RuntimeRole}' and not has_table_privilege(r.oid, c.oid, 'select')
             order by 1
            """,
            cancellationToken);
        return new DatabaseFit([.. known.Except(applied, StringComparer.Ordinal), .. withoutRights], [.. applied.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private DbContext CreateOwnerContext(IServiceProvider services, ModuleSchema schema)
    {
        var db = (DbContext)services.GetRequiredService(schema.ContextType);
        db.Database.SetDbConnection(owner.Value.CreateConnection(), contextOwnsConnection: true);
        return db;
    }

    private static async Task CreateRoles(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var role in new[] { RuntimeRole, RetentionRole })
        {
            // Roles belong to the whole server: another database's migration may make the same role at this moment.
            await Execute(
                connection,
                $"""
                do $$ begin
                    if not exists (select from pg_roles where rolname = '{role}') then create role {role} nologin; end if;
                exception when duplicate_object or unique_violation then null;
                end $$;
                do $$ begin
                    -- Whoever makes a role may administer it, but since version 16 not take it without a grant.
                    if not exists (select from pg_auth_members m
                                    where m.roleid = '{role}'::regrole and m.member = current_user::regrole
                                      and (to_jsonb(m) ->> 'set_option') is distinct from 'false') then
                        grant {role} to current_user;
                    end if;
                end $$;
                """,
                cancellationToken);
        }
    }

    /// <summary>In one statement, so that nobody who is stopped half-way leaves history that can be changed.</summary>
    private static async Task Grant(NpgsqlConnection connection, ModuleSchema schema, CancellationToken cancellationToken)
    {
        var s = schema.Name;
        var fixedOnes = schema.AppendOnlyTables.Select(table => $"revoke update, delete, truncate on {s}.{table} from {RuntimeRole}, {RetentionRole};");
        await Execute(
            connection,
            $"""
            grant usage on schema {s} to {RuntimeRole}, {RetentionRole};
            grant select, insert, update, delete on all tables in schema {s} to {RuntimeRole}, {RetentionRole};
            grant usage, select on all sequences in schema {s} to {RuntimeRole}, {RetentionRole};
            grant execute on all functions in schema {s} to {RuntimeRole}, {RetentionRole};
            revoke insert, update, delete on {s}.{HistoryTable} from {RuntimeRole}, {RetentionRole};
            {string.Join(' ', fixedOnes)}
            """,
            cancellationToken);
    }

    private static async Task<List<string>> Read(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Connections as the owner of the tables, for migrations only; everything else takes the runtime role.</summary>
public sealed class OwnerDataSource(NpgsqlDataSource value) : IAsyncDisposable
{
    public NpgsqlDataSource Value { get; } = value;

    public ValueTask DisposeAsync() => Value.DisposeAsync();
}
