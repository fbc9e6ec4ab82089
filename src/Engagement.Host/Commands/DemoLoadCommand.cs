using Engagement.Host.Demo;
using Engagement.Platform.Clock;
using Engagement.Platform.Persistence;

namespace Engagement.Host.Commands;

internal static class DemoLoadCommand
{
    public static readonly Command Definition = new(
        ["demo", "load"],
        "load the demonstration council into an empty database",
        [Database.PostgresOption, Database.DataOption],
        options => OneOff.RunAsync(options, async (services, database, cancellationToken) =>
        {
            await services.GetRequiredService<Migrator>().RequireUpToDate(cancellationToken);
            var result = await DemoCouncil.LoadAsync(
                builder => database.Configure(builder.Configuration),
                services.GetRequiredService<DatabaseClock>(),
                database.DataDirectory,
                new StandardError(),
                cancellationToken);
            switch (result.State)
            {
                case DemoState.Loaded:
                    await Console.Out.WriteLineAsync("The demonstration council is loaded.");
                    await Console.Out.WriteLineAsync(await DemoWelcome.ComposeAsync(services, result.Load!, database.DataDirectory, address: null, cancellationToken));
                    return 0;
                case DemoState.LoadedEarlier:
                    await Console.Error.WriteLineAsync("The demonstration council is in this database already. Nothing was changed.");
                    return 1;
                default:
                    await Console.Error.WriteLineAsync("This database holds engagements of its own, so the demonstration council was not loaded into it. Give it an empty database.");
                    return 1;
            }
        }));
}
