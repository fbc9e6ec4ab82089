namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>Where the program keeps what it must not lose: outside the checkout, kept between runs.</summary>
public static class DataDirectories
{
    private const UnixFileMode OthersMayPass = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// <c>/var/lib/engagement</c> as root, because the server's unprivileged account must be able to enter it; otherwise the
    /// user's own (<c>$XDG_DATA_HOME/engagement</c>, <c>~/.local/share/engagement</c>, <c>%LOCALAPPDATA%\engagement</c>).
    /// </summary>
    public static string Default { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
        ? "/var/lib/engagement"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "engagement");

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
