namespace Engagement.Host.Commands;

/// <summary>A file that is there whole or not at all, on disk, and for nobody else to read.</summary>
internal static class WholeFile
{
    public static async Task<T> WriteAsync<T>(string target, Func<Stream, Task<T>> write)
    {
        var part = target + ".part";
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        T written;
        await using (var file = new FileStream(part, settings))
        {
            written = await write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, target, overwrite: true);
        return written;
    }
}
