using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;

namespace Engagement.Host.Commands;

internal static class BackupCommand
{
    private static readonly Option FileOption = new("--file", "FILE", "the backup");

    private static readonly Option ErasuresOption = new("--erasures", "FILE", "the newest list that 'engagement erasures write' wrote: what people took back after the backup is taken back again");

    public static readonly Command Backup = new(
        ["backup"],
        "write the whole database to a file while the program goes on; the master key is not in it",
        [FileOption, Database.PostgresOption, Database.DataOption],
        options =>
        {
            var target = Path.GetFullPath(options.Required(FileOption.Name));
            return OneOff.RunAsync(options, async (services, cancellationToken) =>
            {
                await services.GetRequiredService<Migrator>().RequireUpToDate(cancellationToken);
                var manifest = await WholeFile.WriteAsync(target, file => services.GetRequiredService<DatabaseBackup>().WriteAsync(file, cancellationToken));
                await Console.Out.WriteLineAsync($"{Size(manifest)}, as they were at {manifest.TakenAt:u}, are in {target}. Keep the master key elsewhere: without it contacts and receipts cannot be read.");
                return 0;
            });
        });

    public static readonly Command Restore = new(
        ["restore"],
        "put a backup into an empty database, all of it or nothing, and verify every chain of history",
        [FileOption, ErasuresOption, Database.PostgresOption, Database.DataOption],
        options =>
        {
            var source = Path.GetFullPath(options.Required(FileOption.Name));
            var list = options[ErasuresOption.Name];
            return OneOff.RunAsync(
                options,
                async (services, cancellationToken) =>
                {
                    // Before anything is restored: a list that cannot be read is found out now.
                    var erasures = list is null ? null : await ErasuresCommand.ReadAsync(list, cancellationToken);
                    await using var file = File.OpenRead(source);
                    var manifest = await services.GetRequiredService<DatabaseBackup>().RestoreAsync(file, cancellationToken);
                    var result = await services.GetRequiredService<ChainVerifier>().VerifyAsync(null, cancellationToken);
                    foreach (var problem in result.Problems)
                    {
                        await Console.Out.WriteLineAsync(problem);
                    }

                    await Console.Out.WriteLineAsync(
                        $"{Size(manifest)} are as they were at {manifest.TakenAt:u}. {result.Entries} entries in {result.Chains} chains and {result.Seals} seals: {(result.IsWhole ? "the record is whole" : $"{result.Problems.Count} places do not fit")}.");
                    await Console.Out.WriteLineAsync(erasures is null
                        ? $"No list of what people took back was given: whatever they took back after {manifest.TakenAt:u} is there again. Before anybody is served: 'engagement erasures repeat --file FILE'."
                        : await ErasuresCommand.RepeatAsync(services, erasures, cancellationToken));
                    return result.IsWhole ? 0 : 1;
                },
                migrate: true);
        });

    private static string Size(BackupManifest manifest) => $"{manifest.Tables.Sum(t => t.Rows)} rows of {manifest.Tables.Count} tables";
}
