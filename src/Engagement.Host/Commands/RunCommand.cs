using System.Globalization;
using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;

namespace Engagement.Host.Commands;

internal static class RunCommand
{
    private const int DefaultPort = 5080;

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
        var port = options.Number("--port", 0, 65535);
        await using var database = await Database.OpenAsync(options, CancellationToken.None);
        await using var app = EngagementApplication.Build(role, builder =>
        {
            database.Configure(builder.Configuration);
            if (port is not null || builder.Configuration["ASPNETCORE_URLS"] is null)
            {
                builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port ?? DefaultPort}"));
            }
        });
        await PrepareDatabase(app, database.IsEmbedded);

        // Asked for here, so that a missing key stops the start and not the first resident.
        app.Services.GetRequiredService<MasterKey>();
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Listening on {string.Join(", ", app.Urls)}. Ctrl+C stops.");
        await app.WaitForShutdownAsync();
        return 0;
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

        var pending = await migrator.PendingAsync(CancellationToken.None);
        if (pending.Count > 0)
        {
            throw new InvalidOperationException($"The database is not up to date ({pending.Count} migrations are pending). Run 'engagement migrate' first.");
        }
    }
}
