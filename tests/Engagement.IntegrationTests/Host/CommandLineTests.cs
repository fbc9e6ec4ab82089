using System.Diagnostics;
using System.Text.Json;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Host;

/// <summary>The program as an operator starts it: a process, its exit code, what it says and where.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] Commands = ["run", "migrate", "demo load", "timetable", "client create", "officer create", "bundle", "audit verify", "backup", "restore", "erasures write", "erasures repeat"];

    [Fact]
    public async Task Help_lists_every_command_and_each_command_explains_its_options()
    {
        var help = await Run(null, "--help");

        help.ExitCode.ShouldBe(0);
        foreach (var command in Commands)
        {
            help.Output.ShouldContain($"engagement {command}");
            var own = await Run(null, [.. command.Split(' '), "--help"]);
            own.ExitCode.ShouldBe(0);
            own.Output.ShouldContain("--");
        }
    }

    [Fact]
    public async Task An_unknown_command_or_option_is_named_and_nothing_is_done()
    {
        var command = await Run(null, "demolish");
        command.ExitCode.ShouldBe(2);
        command.Errors.ShouldContain("'demolish'");

        var option = await Run(null, "migrate", "--faster");
        option.ExitCode.ShouldBe(2);
        option.Errors.ShouldContain("'--faster'");
        option.Errors.ShouldContain("engagement migrate --help");
    }

    [Fact]
    public async Task The_timetable_of_cases_is_all_that_stands_on_standard_output()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """[{"id":"a","regime":"tro-permanent","given":{"published":"2025-09-17","closes":"2025-10-08"}},{"id":"b","regime":"tro-permanent","given":{"published":"2026-12-11","closes":"2026-12-30"}}]""");

        var answer = await Run(null, "timetable", "--cases", file);

        File.Delete(file);
        answer.ExitCode.ShouldBe(0);
        var cases = JsonSerializer.Deserialize<JsonElement>(answer.Output);
        cases[0].GetProperty("id").GetString().ShouldBe("a");
        cases[0].GetProperty("dates").GetProperty("min_close").GetString().ShouldBe("2025-10-07");
        cases[0].GetProperty("compliant").GetBoolean().ShouldBeTrue();
        cases[0].GetProperty("short_by_days").GetInt32().ShouldBe(0);
        cases[0].GetProperty("outside_window").GetBoolean().ShouldBeFalse();
        cases[1].GetProperty("compliant").GetBoolean().ShouldBeFalse();
        cases[1].GetProperty("short_by_days").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Migrate_client_officer_and_verify_work_on_a_database_of_the_operators()
    {
        var server = await TestServer.Instance;
        var database = await server.CreateEmptyDatabaseAsync();
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));

        (await Run(key, "migrate", "--postgres", database)).ExitCode.ShouldBe(0);
        var client = await Run(key, "client", "create", "--name", "Website", "--scopes", "engagements:read engagements:write", "--postgres", database);
        client.ExitCode.ShouldBe(0, client.Errors);
        client.Output.ShouldContain("client_id: ");
        client.Output.ShouldContain("client_secret: ");
        var officer = await Run(key, "officer", "create", "--email", "a.officer@example.gov.uk", "--name", "A Officer", "--roles", "administrator", "--postgres", database);
        officer.Output.ShouldContain("password: ");
        var twice = await Run(key, "officer", "create", "--email", "A.Officer@example.gov.uk", "--name", "A Officer", "--roles", "administrator", "--postgres", database);
        twice.ExitCode.ShouldBe(1);
        twice.Errors.ShouldContain("is there already");
        var badScope = await Run(key, "client", "create", "--name", "Website", "--scopes", "everything", "--postgres", database);
        badScope.ExitCode.ShouldBe(1);
        badScope.Errors.ShouldContain("'everything' is not a scope");
        var bundle = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}.zip");
        var unknown = await Run(key, "bundle", "--consultation", "rural-buses", "--out", bundle, "--postgres", database);
        unknown.ExitCode.ShouldBe(1);
        unknown.Errors.ShouldContain("There is no consultation 'rural-buses'.");
        var thereAlready = await Run(key, "bundle", "--consultation", "rural-buses", "--out", key, "--postgres", database);
        thereAlready.ExitCode.ShouldBe(2);
        thereAlready.Errors.ShouldContain("is there already");
        File.Exists(bundle).ShouldBeFalse();
        var verified = await Run(key, "audit", "verify", "--postgres", database);
        verified.ExitCode.ShouldBe(0, verified.Output);
        verified.Output.ShouldContain("the record is whole");

        File.Delete(key);
        await server.DropDatabaseAsync(database);
    }

    [Fact]
    [Trait("Attack", "I04")]
    public async Task A_database_that_is_not_migrated_is_refused_in_one_line_with_the_remedy()
    {
        var server = await TestServer.Instance;
        var database = await server.CreateEmptyDatabaseAsync();
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));

        var refused = await Run(key, "run", "--port", "0", "--postgres", database);

        File.Delete(key);
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("Run 'engagement migrate' first");
        await server.DropDatabaseAsync(database);
    }

    [Fact]
    [Trait("Attack", "I04")]
    public async Task A_missing_master_key_is_refused_with_the_remedy_on_a_database_of_the_operators()
    {
        var server = await TestServer.Instance;
        var database = await server.CreateDatabaseAsync();

        var refused = await Run(Path.Combine(Path.GetTempPath(), "no-such-master.key"), "run", "--port", "0", "--postgres", database);

        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("no-such-master.key is not there");
        await server.DropDatabaseAsync(database);
    }

    [Fact]
    [Trait("Attack", "I04")]
    public async Task A_database_role_that_may_not_make_roles_and_one_that_owns_nothing_are_refused_with_one_line()
    {
        var server = await TestServer.Instance;
        var (empty, migrated) = (await server.CreateEmptyDatabaseAsync(), await server.CreateDatabaseAsync());
        var role = $"stranger_{Guid.CreateVersion7():N}";
        await Execute(server.AsAdministrator(empty), $"create role {role} login password 'strange'");
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]));

        var migrating = await Run(key, "migrate", "--postgres", As(empty));
        var running = await Run(key, "run", "--port", "0", "--postgres", As(migrated));

        File.Delete(key);
        await Execute(server.AsAdministrator(empty), $"drop role {role}");
        await server.DropDatabaseAsync(empty);
        await server.DropDatabaseAsync(migrated);
        foreach (var refused in new[] { migrating, running })
        {
            refused.ExitCode.ShouldBe(1);
            refused.Errors.Trim().Split('\n').Length.ShouldBe(1, refused.Errors);
            refused.Errors.ShouldContain("permission denied");
            refused.Errors.ShouldContain("owns its database and may create roles");
        }

        string As(string database) => new Npgsql.NpgsqlConnectionStringBuilder(database) { Username = role, Password = "strange" }.ConnectionString;

        static async Task Execute(string database, string sql)
        {
            await using var connection = new Npgsql.NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Theory]
    [InlineData("Europe/London", null)]
    [InlineData("UTC", "expected +00:00 in January, +01:00 in July")]
    [Trait("Attack", "I04")]
    public async Task Time_zone_data_that_is_wrong_keeps_the_program_from_starting(string zone, string? refusal)
    {
        using var zones = new ZoneFolder(zone);

        var answer = await Run(null, new Dictionary<string, string>(StringComparer.Ordinal) { ["TZDIR"] = zones.Folder }, "run", "--port", "0", "--postgres", "Host=127.0.0.1;Port=1;Timeout=1");

        answer.ExitCode.ShouldBe(1);
        answer.Errors.Contains("time-zone data", StringComparison.Ordinal).ShouldBe(refusal is not null, answer.Errors);
        answer.Errors.ShouldContain(refusal ?? "");
    }

    internal static Task<(int ExitCode, string Output, string Errors)> Run(string? masterKeyFile, params string[] arguments) => Run(masterKeyFile, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    private static async Task<(int ExitCode, string Output, string Errors)> Run(string? masterKeyFile, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "engagement.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["Security__MasterKeyFile"] = masterKeyFile ?? "";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>A machine's time-zone data in which Europe/London is another zone.</summary>
    private sealed class ZoneFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engagement-zones-");

        public ZoneFolder(string zone)
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "Europe"));
            File.WriteAllBytes(Path.Combine(folder.FullName, "Europe", "London"), File.ReadAllBytes(Path.Combine("/usr/share/zoneinfo", zone)));
        }

        public string Folder => folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
