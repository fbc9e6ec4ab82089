using System.Diagnostics;

namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>
/// A lock on a file that the operating system gives back when the holder dies, however it dies (<c>flock</c> on Unix, share
/// modes on Windows). The programs in build/ use the same source.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until nobody else holds the lock, in whatever way.</summary>
    /// <exception cref="TimeoutException">Somebody has held it for longer than <paramref name="patience"/>.</exception>
    public static async Task<FileStream> ExclusiveAsync(string path, TimeSpan patience, Action? onWait, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryExclusive(path) is { } taken)
            {
                return taken;
            }

            if (waited.Elapsed > patience)
            {
                throw new TimeoutException($"{path} has been locked by another program for {patience.TotalSeconds:0} seconds.");
            }

            onWait?.Invoke();
            onWait = null;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>The exclusive lock, or null when somebody holds the lock in any way.</summary>
    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeldByOthers(e))
        {
            return null;
        }
    }

    /// <summary>A lock that many may hold at once and that keeps everybody from the exclusive one.</summary>
    public static FileStream Shared(string path)
    {
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, []);
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static bool IsHeldByOthers(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
