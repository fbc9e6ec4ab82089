using System.Security.Cryptography;

namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>A generated password, in a file that only its owner can read.</summary>
internal static class PasswordFile
{
    /// <summary>The password in the file, made at the first call.</summary>
    public static async Task<string> ReadOrCreateAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await WriteAsync(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), cancellationToken);
        }

        return (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
    }

    /// <summary>Writes beside the file and moves, so that nobody ever sees half of it.</summary>
    public static async Task WriteAsync(string path, string password, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var file = new StreamWriter(path + ".new", options))
        {
            await file.WriteAsync(password.AsMemory(), cancellationToken);
        }

        File.Move(path + ".new", path, overwrite: true);
    }
}
