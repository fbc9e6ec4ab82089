namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>Where the program keeps what it must not lose when nobody says otherwise: outside the checkout, kept between runs. build/run.cs uses the same source.</summary>
public static class DefaultDataDirectory
{
    /// <summary>
    /// <c>/var/lib/engagement</c> as root, because the server's unprivileged account must be able to enter it; otherwise the
    /// user's own data directory (<c>$XDG_DATA_HOME/engagement</c>, <c>~/.local/share/engagement</c>, <c>%LOCALAPPDATA%\engagement</c>).
    /// </summary>
    public static string Path { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
        ? "/var/lib/engagement"
        : System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "engagement");
}
