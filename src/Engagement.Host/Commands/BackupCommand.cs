using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;

namespace Engagement.Host.Commands;

internal static class BackupCommand
{
    private static readonly Option FileOption = new("--file", "FILE", "the backup");

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
                var manifest = await WriteAsync(services.GetRequiredService<DatabaseBackup>(), target, cancellationToken);
                await Console.Out.WriteLineAsync($"{Size(manifest)}, as they were at {manifest.TakenAt:u}, are in {target}. Keep the master key elsewhere: without it contacts and receipts cannot be read.");
                return 0;
            });
        });

    public static readonly Command Restore = new(
        ["restore"],
        "put a backup into an empty database, all of it or nothing, and verify every chain of history",
        [FileOption, Database.PostgresOption, Database.DataOption],
        options =>
        {
            var source = Path.GetFullPath(options.Required(FileOption.Name));
            return OneOff.RunAsync(
                options,
                async (services, cancellationToken) =>
                {
                    await using var file = File.OpenRead(source);
                    var manifest = await services.GetRequiredService<DatabaseBackup>().RestoreAsync(file, cancellationToken);
                    var result = await services.GetRequiredService<ChainVerifier>().VerifyAsync(null, cancellationToken);
                    foreach (var problem in result.Problems)
                    {
                        await Console.Out.WriteLineAsync(problem);
                    }

                    await Console.Out.WriteLineAsync(
                        $"{Size(manifest)} are as they were at {manifest.TakenAt:u}. {result.Entries} entries in {result.Chains} chains and {result.Seals} seals: {(result.IsWhole ? "the record is whole" : $"{result.Problems.Count} places do not fit")}.");
                    return result.IsWhole ? 0 : 1;
                },
                migrate: true);
        });

    private static string Size(BackupManifest manifest) => $"{manifest.Tables.Sum(t => t.Rows)} rows of {manifest.Tables.Count} tables";

    /// <summary>Whole or not at all, on disk, and for nobody else to read.</summary>
    private static async Task<BackupManifest> WriteAsync(DatabaseBackup backup, string target, CancellationToken cancellationToken)
    {
        var part = target + ".part";
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        BackupManifest manifest;
        await using (var file = new FileStream(part, settings))
        {
            manifest = await backup.WriteAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, target, overwrite: true);
        return manifest;
    }
}
