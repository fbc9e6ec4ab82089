using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>The unprivileged account that the server runs as when this program is root.</summary>
internal sealed record ServerAccount(string Name, uint UserId, uint GroupId)
{
    /// <summary>Null when the server can run as whoever runs this program.</summary>
    public static ServerAccount? For(EmbeddedPostgresOptions options)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var entry = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == options.UnprivilegedUser)
            ?? throw new EmbeddedPostgresException(
                "Choosing an account for PostgreSQL",
                $"PostgreSQL does not run as root and there is no user '{options.UnprivilegedUser}'",
                "create that user, or start the program as an ordinary user.");
        return new ServerAccount(entry[0], ParseId(entry[2]), ParseId(entry[3]));
    }

    public void Own(string path)
    {
        if (ChangeOwner(Encoding.UTF8.GetBytes(path + "\0"), UserId, GroupId) != 0)
        {
            throw new IOException($"The owner of {path} could not be changed to {Name}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>The outermost directory on the way to <paramref name="path"/> that is closed to this account, or null.</summary>
    public static string? ClosedParentOf(string path)
    {
        string? closed = null;
        for (var directory = Path.GetDirectoryName(Path.GetFullPath(path)); !OperatingSystem.IsWindows() && directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (Directory.Exists(directory) && !File.GetUnixFileMode(directory).HasFlag(UnixFileMode.OtherExecute))
            {
                closed = directory;
            }
        }

        return closed;
    }

    // macOS writes nobody as -2.
    private static uint ParseId(string id) => unchecked((uint)long.Parse(id, CultureInfo.InvariantCulture));

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] pathEndingInZero, uint owner, uint group);
}
