using System.Globalization;
using System.Runtime.InteropServices;
using Engagement.Access.Application;
using Engagement.Host.Demo;
using Engagement.Kernel;
using Engagement.Platform.Clock;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Npgsql;

namespace Engagement.Host.Commands;

internal static class RunCommand
{
    private const int DefaultPort = 5080;
    private const string RequireSecondFactor = $"{AccessOptions.Section}:{nameof(AccessOptions.RequireSecondFactor)}";

    public static readonly Command Definition = new(
        ["run"],
        "serve requests, do what is due, or both",
        [
            new Option("--role", "web|worker|all", "what this process does (all)"),
            new Option("--port", "N", $"where it listens on this machine ({DefaultPort}); without it ASPNETCORE_URLS counts"),
            Database.DataOption,
            Database.PostgresOption,
            new Option("--demo", "auto|never", "whether the demonstration council is loaded into an empty embedded database (never)"),
        ],
        RunAsync);

    private static async Task<int> RunAsync(Options options)
    {
        UkTime.CheckZoneData();
        var role = options["--role"] switch
        {
            null or "all" => ProcessRole.All,
            "web" => ProcessRole.Web,
            "worker" => ProcessRole.Worker,
            var other => throw new UsageException($"--role takes web, worker or all, not '{other}'."),
        };
        var wantsDemonstration = options["--demo"] switch
        {
            null or "never" => false,
            "auto" => true,
            var other => throw new UsageException($"--demo takes auto or never, not '{other}'."),
        };
        var port = options.Number("--port", 0, 65535);
        await using var database = await Database.OpenAsync(options, CancellationToken.None);
        await using var app = EngagementApplication.Build(role, builder =>
        {
            database.Configure(builder.Configuration);
            if (wantsDemonstration && database.IsEmbedded)
            {
                DemoBrand.Apply(builder.Configuration);
                if (string.IsNullOrEmpty(builder.Configuration[RequireSecondFactor]))
                {
                    // Whoever only looks has no telephone at hand; the demonstration's passwords stand in a file anyway.
                    builder.Configuration[RequireSecondFactor] = nameof(SecondFactorFor.Nobody);
                }
            }

            if (port is not null || builder.Configuration["ASPNETCORE_URLS"] is null)
            {
                builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port ?? DefaultPort}"));
            }
        });
        await PrepareDatabase(app, database.IsEmbedded);

        // Asked for here, so that a missing key stops the start and not the first resident.
        app.Services.GetRequiredService<MasterKey>();
        var demonstration = wantsDemonstration && database.IsEmbedded ? await LoadDemonstration(app, database) : null;
        await app.StartAsync();
        await Say($"Listening on {string.Join(", ", app.Urls)}. Ctrl+C stops.");
        if (demonstration is not null)
        {
            await Say(await DemoWelcome.ComposeAsync(app.Services, demonstration, database.DataDirectory, app.Urls.First(), CancellationToken.None));
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task Say(string what)
    {
        try
        {
            await Console.Out.WriteLineAsync(what);
        }
        catch (IOException)
        {
            // The disk of the log is full. That is no reason not to serve, and there is nowhere to say it.
        }
    }

    /// <summary>The embedded server belongs to this program, so it is migrated at start; another is migrated by its operator.</summary>
    private static async Task PrepareDatabase(WebApplication app, bool embedded)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var migrator = scope.ServiceProvider.GetRequiredService<Migrator>();
        if (embedded)
        {
            await migrator.MigrateAsync(CancellationToken.None);
            return;
        }

        await migrator.RequireUpToDate(CancellationToken.None);
    }

    /// <returns>The demonstration of this database; null where it holds something else.</returns>
    /// <exception cref="DemoLoadException">It is not whole.</exception>
    private static async Task<DemoLoad?> LoadDemonstration(WebApplication app, Database database)
    {
        // The web host listens to these signals only once it has started.
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var clock = app.Services.GetRequiredService<DatabaseClock>();
        await clock.MeasureAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), stop.Token);
        try
        {
            var result = await DemoCouncil.LoadAsync(builder => database.Configure(builder.Configuration), clock, database.DataDirectory, new StandardError(), stop.Token);
            return result.Load;
        }
        catch (OperationCanceledException error) when (stop.IsCancellationRequested)
        {
            throw new DemoLoadException($"Stopped while the demonstration council was being loaded. {DemoLoadException.BeginAgain}", error);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
