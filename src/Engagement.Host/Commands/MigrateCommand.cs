namespace Engagement.Host.Commands;

internal static class MigrateCommand
{
    public static readonly Command Definition = new(
        ["migrate"],
        "bring the database up to date and make its roles",
        [Database.PostgresOption, Database.DataOption],
        options => OneOff.RunAsync(
            options,
            async (_, _) =>
            {
                await Console.Out.WriteLineAsync("The database is up to date.");
                return 0;
            },
            migrate: true));
}
