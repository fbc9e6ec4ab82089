using Engagement.Host.Demo;
using Engagement.Platform.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;

namespace Engagement.TestKit.Demo;

/// <summary>Loads the demonstration as the program does: with services of its own beside the running program.</summary>
public sealed class DemoLoader(RunningApplication program, string connectionString)
{
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("engagement-demo-").FullName;

    public string MailDirectory => Path.Combine(DataDirectory, "mail");

    public List<string> Progress { get; } = [];

    internal Task<DemoResult> LoadAsync(Action<string>? onProgress = null, CancellationToken cancellationToken = default) => DemoCouncil.LoadAsync(
        builder =>
        {
            builder.Configuration["ConnectionStrings:Engagement"] = connectionString;
            builder.Configuration["Mail:Directory"] = MailDirectory;
            builder.Configuration["Mail:Smtp:Host"] = "mail.invalid";
        },
        program.Clock,
        DataDirectory,
        new Reported(line =>
        {
            Progress.Add(line);
            onProgress?.Invoke(line);
        }),
        cancellationToken,
        services => services.Replace(ServiceDescriptor.Singleton(program.Services.GetRequiredService<MasterKey>())));

    public void RemoveFiles() => Directory.Delete(DataDirectory, recursive: true);

    private sealed class Reported(Action<string> report) : IProgress<string>
    {
        public void Report(string value) => report(value);
    }
}

/// <summary>One demonstration for the tests that only look at it.</summary>
public sealed class LoadedCouncil : IntegrationTest
{
    private DemoLoader loader = null!;

    public RunningApplication Program => App;

    public string DataDirectory => loader.DataDirectory;

    public string MailDirectory => loader.MailDirectory;

    public IReadOnlyList<string> Progress => loader.Progress;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        loader = new DemoLoader(App, ConnectionString);
        (await loader.LoadAsync()).State.ShouldBe(DemoState.Loaded);
    }

    public override async Task DisposeAsync()
    {
        loader.RemoveFiles();
        await base.DisposeAsync();
    }

    internal Task<DemoResult> LoadAgain() => loader.LoadAsync();

    /// <summary>Brings about, as somebody whom no rule binds, what the demonstration has no example of.</summary>
    public Task<int> Change(string sql) => AsAdministrator(sql);

    public Task<T> Value<T>(string sql, params object[] parameters) => Scalar<T>(sql, parameters);
}
