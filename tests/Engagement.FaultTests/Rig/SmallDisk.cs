using System.Diagnostics;
using System.Globalization;

namespace Engagement.FaultTests.Rig;

/// <summary>A file system in memory that has as much room as a test gives it.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const long Plenty = 1L << 30;

    private readonly DirectoryInfo mount;

    private SmallDisk(DirectoryInfo mount)
    {
        this.mount = mount;

        // A run of the tests that is stopped from outside leaves nothing mounted.
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (this.mount.Exists)
            {
                Process.Start("umount", ["-l", this.mount.FullName])?.WaitForExit();
            }
        };
    }

    public string Directory => Path.Combine(mount.FullName, "data");

    /// <returns>Null where this process may not mount: only root on Linux may, and not in every container.</returns>
    public static async Task<SmallDisk?> TryMountAsync()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return null;
        }

        var point = System.IO.Directory.CreateTempSubdirectory("engagement-small-disk-");
        if (await Run("mount", "-t", "tmpfs", "-o", Size(Plenty) + ",mode=755", "tmpfs", point.FullName) != 0)
        {
            point.Delete();
            return null;
        }

        var disk = new SmallDisk(point);
        System.IO.Directory.CreateDirectory(disk.Directory);

        // The server runs as this account where the tests run as root.
        (await Run("chown", "nobody", disk.Directory)).ShouldBe(0);
        return disk;
    }

    /// <summary>From now on only so much more has room.</summary>
    public Task LeaveRoomFor(long bytes)
    {
        var now = new DriveInfo(mount.FullName);
        return Resize(now.TotalSize - now.TotalFreeSpace + bytes);
    }

    public Task MakeRoom() => Resize(Plenty);

    public async ValueTask DisposeAsync()
    {
        (await Run("umount", mount.FullName)).ShouldBe(0);
        mount.Delete();
        mount.Refresh();
    }

    private async Task Resize(long bytes) => (await Run("mount", "-o", "remount," + Size(bytes), mount.FullName)).ShouldBe(0);

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"size={bytes}");

    private static async Task<int> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
