namespace Engagement.Platform.EmbeddedPostgres;

internal static class DataDirectories
{
    private const UnixFileMode OthersMayPass = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// Makes the directory and those above it that are missing. Others may pass through the new ones, whatever the umask, because
    /// the database server runs as another user; secrets in them have modes of their own.
    /// </summary>
    public static void Make(string path)
    {
        try
        {
            var missing = new Stack<string>();
            for (var directory = Path.GetFullPath(path); !Directory.Exists(directory); directory = Path.GetDirectoryName(directory)!)
            {
                missing.Push(directory);
            }

            foreach (var directory in missing)
            {
                Directory.CreateDirectory(directory);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(directory, OthersMayPass);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException("Making the data directory", e.Message, $"choose a data directory that you may write to instead of {path}.", e);
        }
    }
}
