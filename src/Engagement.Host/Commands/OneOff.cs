using Engagement.Kernel;
using Engagement.Platform.Clock;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Npgsql;

namespace Engagement.Host.Commands;

/// <summary>Does one thing with the whole application, neither serving nor working, as whoever runs the command line.</summary>
internal static class OneOff
{
    /// <param name="migrate">Brings the database up to date first. The embedded one always is: it belongs to this program.</param>
    public static Task<int> RunAsync(Options options, Func<IServiceProvider, CancellationToken, Task<int>> work, bool migrate = false) =>
        RunAsync(options, (services, _, cancellationToken) => work(services, cancellationToken), migrate);

    /// <param name="migrate">Brings the database up to date first. The embedded one always is: it belongs to this program.</param>
    public static async Task<int> RunAsync(Options options, Func<IServiceProvider, Database, CancellationToken, Task<int>> work, bool migrate = false)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        await using var database = await Database.OpenAsync(options, stop.Token);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        database.Configure(builder.Configuration);
        builder.Logging.ClearProviders().AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.KeepToWhatAnOperatorNeeds();
        builder.Services.AddEngagement(builder.Configuration);
        Platform.Security.AccessTokenRegistration.AddAccessTokens(builder.Services);
        await using var app = builder.Build();
        if (migrate || database.IsEmbedded)
        {
            await using var first = app.Services.CreateAsyncScope();
            await first.ServiceProvider.GetRequiredService<Migrator>().MigrateAsync(stop.Token);
        }

        // The first connection that takes the runtime role, so no sooner: on a new server the migration makes it.
        await app.Services.GetRequiredService<DatabaseClock>().MeasureAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), stop.Token);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(new Actor(ActorKind.Console, Environment.UserName), Guid.CreateVersion7().ToString());
        return await work(scope.ServiceProvider, database, stop.Token);
    }
}
