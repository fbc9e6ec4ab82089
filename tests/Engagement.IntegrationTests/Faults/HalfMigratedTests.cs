using System.Net;
using Engagement.Host;
using Engagement.Platform.Persistence;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Faults;

/// <summary>A database between two versions: what was begun can be ended, and a program that does not fit says so.</summary>
public sealed class HalfMigratedTests : IntegrationTest
{
    /// <summary>Makes four tables, the last of them <c>proof_content</c>.</summary>
    private const string Failing = "consultations: 20261125164001_consultations_notices";

    [Fact]
    public async Task X20_A_migration_that_fails_half_way_leaves_the_last_whole_one_and_is_gone_on_with_when_run_again()
    {
        var server = await TestServer.Instance;
        var database = await server.CreateEmptyDatabaseAsync();
        await Execute(database, "create schema consultations; create table consultations.proof_content ()");

        (await Should.ThrowAsync<PostgresException>(() => TestServer.MigrateAsync(database))).SqlState.ShouldBe(PostgresErrorCodes.DuplicateTable);

        var half = await Compare(database);
        half.Unknown.ShouldBeEmpty();
        half.Pending.ShouldContain(Failing);
        half.Concern!.ShouldContain("Run 'engagement migrate' first");
        (await Read(database, "select coalesce(to_regclass('consultations.notice_list')::text, 'none')")).ShouldBe(["none"], "the first table of the migration that failed at its last");
        await Execute(database, "drop table consultations.proof_content");
        await TestServer.MigrateAsync(database);
        (await Compare(database)).Concern.ShouldBeNull();
        (await Read(database, Tables)).ShouldBe(await Read(ConnectionString, Tables), "as one that was migrated in one go, with the same rights");
        await server.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task X20_Whoever_stopped_before_a_schemas_rights_were_given_has_not_ended()
    {
        await AsAdministrator($"revoke all on access.team from {Migrator.RuntimeRole}");

        (await Compare(ConnectionString)).Pending.ShouldBe(["access: rights"]);
        await TestServer.MigrateAsync(ConnectionString);
        (await Compare(ConnectionString)).Concern.ShouldBeNull();
    }

    [Theory]
    [InlineData("""insert into consultations.__ef_migrations_history values ('20990101000000_consultations_to_come', '10')""", "newer than this program, which does not know consultations: 20990101000000_consultations_to_come")]
    [InlineData("""delete from access.__ef_migrations_history where "MigrationId" = '20261125110300_access_teams'""", "not up to date: it lacks access: 20261125110300_access_teams. Run")]
    public async Task X20_A_program_that_does_not_fit_the_database_is_not_ready_and_one_that_serves_already_goes_on(string change, string concern)
    {
        using var anyone = App.Anyone();
        (await StatusOf(anyone)).ShouldBe(HttpStatusCode.OK);
        await AsAdministrator(change);

        await using var other = await RunningApplication.StartAsync(ConnectionString, Clock);
        using var ofOther = other.Anyone();
        (await StatusOf(ofOther)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        other.Log.Lines.ShouldContain(l => l.Contains(concern, StringComparison.Ordinal));
        (await StatusOf(anyone)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task X20_An_older_program_does_not_touch_a_newer_database()
    {
        await AsAdministrator("insert into consultations.__ef_migrations_history values ('20990101000000_consultations_to_come', '10'); revoke all on access.team from engagement_runtime");

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => TestServer.MigrateAsync(ConnectionString));

        refused.Message.ShouldContain("Run the version that migrated it, or restore a backup from before.");
        (await Compare(ConnectionString)).Pending.ShouldBe(["access: rights"], "not even the rights were given");
    }

    /// <summary>Every table with what each role may do to it.</summary>
    private const string Tables =
        """
        select n.nspname || '.' || c.relname || ' ' || coalesce(array(select a::text from unnest(c.relacl) a order by 1)::text, '') from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema' order by 1
        """;

    private static async Task<HttpStatusCode> StatusOf(HttpClient anyone)
    {
        using var answer = await anyone.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<DatabaseFit> Compare(string database)
    {
        await using var app = RunningApplication.Build(database, new TestClock(), ProcessRole.Web);
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Migrator>().CompareAsync(CancellationToken.None);
    }

    private static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> Read(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
