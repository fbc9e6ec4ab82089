using Engagement.Platform.Persistence;

namespace Engagement.Host.Commands;

internal static class MigrateCommand
{
    public static readonly Command Definition = new(
        ["migrate"],
        "bring the database up to date and make its roles",
        [Database.PostgresOption, Database.DataOption],
        options => OneOff.RunAsync(options, async (services, cancellationToken) =>
        {
            var migrator = services.GetRequiredService<Migrator>();
            await migrator.MigrateAsync(cancellationToken);
            await Console.Out.WriteLineAsync("The database is up to date.");
            return 0;
        }));
}
