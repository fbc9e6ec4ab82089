using System.IO.Compression;
using System.Text;
using Engagement.Platform.Persistence;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Platform;

/// <summary>A backup is put back whole or not at all.</summary>
public sealed class DatabaseBackupTests : IntegrationTest
{
    private const string Officers = "select string_agg(o::text, ';' order by id) from access.officer o";

    private DatabaseBackup Backup => App.Services.CreateScope().ServiceProvider.GetRequiredService<DatabaseBackup>();

    [Fact]
    public async Task Restores_every_row_into_an_empty_database()
    {
        using var officer = await Officer("administrator");
        using var file = new MemoryStream();
        var manifest = await Backup.WriteAsync(file, CancellationToken.None);

        await InAnother(async (other, backup) =>
        {
            await backup.RestoreAsync(file, CancellationToken.None);

            (await ValueOf(other, Officers)).ShouldBe(await Scalar<string>(Officers));
            manifest.Tables.Single(t => t.Name == "access.officer").Rows.ShouldBe(1);
            var refusal = await Should.ThrowAsync<BackupException>(() => backup.RestoreAsync(file, CancellationToken.None));
            refusal.Message.ShouldContain("has been used already");
        });
    }

    [Fact]
    public async Task A_damaged_backup_and_one_of_another_version_leave_the_database_empty()
    {
        using var officer = await Officer("administrator");
        using var file = new MemoryStream();
        var manifest = await Backup.WriteAsync(file, CancellationToken.None);
        var digest = manifest.Tables.Single(t => t.Name == "access.officer").Sha256;

        await InAnother(async (other, backup) =>
        {
            await Refuses(WithManifest(file, m => m.Replace(digest, new string('0', 64), StringComparison.Ordinal)), "are not what they were");
            await Refuses(WithManifest(file, m => m.Replace("platform: ", "platform: 9", StringComparison.Ordinal)), "another version");
            await Refuses(new MemoryStream(file.ToArray()[..^100]), "not a whole one");
            (await ValueOf(other, Officers)).ShouldBeNull();

            async Task Refuses(Stream damaged, string why) =>
                (await Should.ThrowAsync<BackupException>(() => backup.RestoreAsync(damaged, CancellationToken.None))).Message.ShouldContain(why);
        });
    }

    private static MemoryStream WithManifest(MemoryStream file, Func<string, string> change)
    {
        var copy = new MemoryStream();
        copy.Write(file.ToArray());
        using var archive = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true);
        var entry = archive.GetEntry("manifest.json")!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        entry.Delete();
        using var writer = archive.CreateEntry("manifest.json").Open();
        writer.Write(Encoding.UTF8.GetBytes(change(text)));
        return copy;
    }

    private async Task InAnother(Func<NpgsqlDataSource, DatabaseBackup, Task> work)
    {
        var server = await TestServer.Instance;
        var connectionString = await server.CreateDatabaseAsync();
        await using (var other = NpgsqlDataSource.Create(connectionString))
        {
            await work(other, new DatabaseBackup(new OwnerDataSource(other), Clock));
        }

        await server.DropDatabaseAsync(connectionString);
    }

    private static async Task<object?> ValueOf(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is var value && value is DBNull ? null : value;
    }
}
