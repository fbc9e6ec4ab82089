using System.Globalization;
using System.Reflection;
using Engagement.Platform.Persistence;
using Npgsql;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Engagement.ArchitectureTests;

/// <summary>A container host passes settings by name, and a name that the program does not read is silently nothing.</summary>
public sealed class ComposeFileTests
{
    [Fact]
    public void Every_setting_of_the_compose_file_is_one_that_the_program_reads()
    {
        var settings = Services(File.ReadAllText(Path.Combine(Solution.Top, "docker-compose.yml"))).Where(RunsTheProgram).SelectMany(Settings).ToArray();

        Unknown(settings).ShouldBeEmpty();
        settings.ShouldContain("ConnectionStrings__Engagement");
        settings.ShouldContain("Security__MasterKeyFile");
    }

    [Theory]
    [InlineData("ConnectionStrings__Engagment")]
    [InlineData("Mail__Smtp__Hots")]
    [InlineData("Mail__Smtp")]
    [InlineData("Post__From")]
    [InlineData("Security__MasterKeyFile__Path")]
    public void The_rule_sees_a_setting_that_nothing_reads(string name)
    {
        var services = Services($"services:\n  web:\n    image: engagement\n    environment:\n      {name}: x\n      Mail__Smtp__Host: mail\n");

        Unknown(services.Where(RunsTheProgram).SelectMany(Settings)).ShouldBe([name]);
    }

    [Fact]
    public void Web_and_worker_can_run_many_times_and_start_only_after_the_migration()
    {
        var services = Services(File.ReadAllText(Path.Combine(Solution.Top, "docker-compose.yml")));
        foreach (var (name, role) in new[] { ("web", "web"), ("worker", "worker") })
        {
            var service = services.Single(service => service.Name == name);
            ((List<object>)service.Content["command"]).ShouldBe(["run", "--role", role]);
            service.Content.ShouldContainKey("healthcheck");
            service.Content.ShouldNotContainKey("container_name");
            var awaited = (Dictionary<object, object>)service.Content["depends_on"];
            ((Dictionary<object, object>)awaited["migrate"])["condition"].ShouldBe("service_completed_successfully");
            foreach (var port in (List<object>)service.Content.GetValueOrDefault("ports", new List<object>()))
            {
                // A fixed port on the host would let only one of them start.
                ((string)port).Split(':')[^2].ShouldContain("-");
            }
        }
    }

    [Fact]
    public void The_database_has_a_connection_for_each_that_the_processes_of_its_own_example_may_open()
    {
        var text = File.ReadAllText(Path.Combine(Solution.Top, "docker-compose.yml"));
        var processes = text.Split("x-program")[0].Split("--scale ").Skip(1).Sum(part => int.Parse(part.Split('=', ' ', '\n')[1], CultureInfo.InvariantCulture));
        var database = (List<object>)Services(text).Single(service => service.Name == "postgres").Content["command"];
        var most = int.Parse(((string)database[^1]).Split("max_connections=")[1].Split(":-")[1].TrimEnd('}'), CultureInfo.InvariantCulture);

        processes.ShouldBe(4);
        most.ShouldBeGreaterThan(processes * new NpgsqlConnectionStringBuilder().MaxPoolSize);
    }

    [Fact]
    public void The_image_is_built_from_a_file_that_is_there_and_runs_as_an_ordinary_user()
    {
        var services = Services(File.ReadAllText(Path.Combine(Solution.Top, "docker-compose.yml"))).Where(RunsTheProgram).ToArray();
        services.Select(service => service.Name).ShouldBe(["migrate", "web", "worker"], ignoreOrder: true);
        foreach (var service in services)
        {
            var file = (string)((Dictionary<object, object>)service.Content["build"])["dockerfile"];
            File.ReadAllLines(Path.Combine(Solution.Top, file)).Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER engagement");
        }
    }

    [Fact]
    public void The_image_takes_the_front_end_from_npm_before_it_is_published_and_runs_no_script_of_a_package()
    {
        var lines = File.ReadAllLines(Path.Combine(Solution.Top, "build", "Dockerfile"));
        var npm = Array.FindIndex(lines, line => line.StartsWith("RUN npm", StringComparison.Ordinal));
        lines[npm].ShouldContain(" ci ");
        lines[npm].ShouldContain("--ignore-scripts");
        Array.FindIndex(lines, line => line.Contains("dotnet publish", StringComparison.Ordinal)).ShouldBeGreaterThan(npm);
        var copied = lines.Take(npm).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ').Skip(1).SkipLast(1)).ToList();
        copied.ShouldBe(["build/package.json", "build/package-lock.json", "build/.npmrc"]);
        copied.ShouldAllBe(file => File.Exists(Path.Combine(Solution.Top, file)));
    }

    private static IReadOnlyList<Service> Services(string yaml)
    {
        using var text = new StringReader(yaml);
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(text)));
        return [.. ((Dictionary<object, object>)file["services"]).Select(service => new Service((string)service.Key, ((Dictionary<object, object>)service.Value).ToDictionary(entry => (string)entry.Key, entry => entry.Value, StringComparer.Ordinal)))];
    }

    private static bool RunsTheProgram(Service service) => (string)service.Content["image"] == "engagement";

    /// <summary>The names that .NET reads as <c>Section:Key</c>; others belong to the platform.</summary>
    private static IEnumerable<string> Settings(Service service) =>
        ((Dictionary<object, object>)service.Content["environment"]).Keys.Cast<string>().Where(name => name.Contains("__", StringComparison.Ordinal));

    private static IEnumerable<string> Unknown(IEnumerable<string> settings) => settings.Where(name => !IsRead(name.Split("__"))).Distinct(StringComparer.Ordinal);

    private static bool IsRead(string[] path)
    {
        if (path is ["ConnectionStrings", var name])
        {
            return name == PersistenceRegistration.ConnectionStringName;
        }

        var type = OptionTypes().SingleOrDefault(options => options.Section == path[0]).Type;
        foreach (var key in path.Skip(1))
        {
            type = type?.GetProperty(key)?.PropertyType;
        }

        return path.Length > 1 && type is not null && (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || Nullable.GetUnderlyingType(type) is not null);
    }

    /// <summary>Every class of the product that names the section it is read from in a constant <c>Section</c>.</summary>
    private static IEnumerable<(string Section, Type Type)> OptionTypes() =>
        from assembly in Solution.Assemblies
        from type in Assembly.Load(assembly.Name.Name).GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)
        where section is { IsLiteral: true } && section.FieldType == typeof(string)
        select ((string)section.GetRawConstantValue()!, type);

    private sealed record Service(string Name, Dictionary<string, object> Content);
}
