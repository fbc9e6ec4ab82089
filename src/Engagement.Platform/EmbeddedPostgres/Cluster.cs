using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Engagement.Platform.EmbeddedPostgres;

/// <summary>One database cluster on disk: makes it, starts and stops its server. The caller holds the start lock.</summary>
internal sealed class Cluster
{
    private const int StartAttempts = 20;
    private const long LargestLog = 10_000_000;

    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private readonly EmbeddedPostgresOptions _options;
    private readonly ServerPrograms _programs;
    private readonly ServerAccount? _account;
    private readonly string _directory;
    private readonly string _log;

    public Cluster(EmbeddedPostgresOptions options, ServerPrograms programs, ServerAccount? account)
    {
        _options = options;
        _programs = programs;
        _account = account;
        _directory = Path.Combine(options.DataDirectory, "cluster");
        _log = Path.Combine(options.DataDirectory, "server.log");
    }

    public bool Exists => File.Exists(Path.Combine(_directory, "PG_VERSION"));

    private string PidFile => Path.Combine(_directory, "postmaster.pid");

    // PostgreSQL reads this file last and nobody but this program writes it.
    private string SettingsFile => Path.Combine(_directory, "postgresql.auto.conf");

    /// <summary>
    /// Makes the cluster beside its final place and moves it there when it is complete: a program that is killed here leaves
    /// nothing that looks like a cluster.
    /// </summary>
    public async Task CreateAsync(string superuserPassword, CancellationToken cancellationToken)
    {
        const string step = "Creating the database cluster";
        var unfinished = _directory + ".unfinished";
        var passwordFile = Path.Combine(_options.DataDirectory, "initdb.password");
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        _account?.Own(unfinished);
        await PasswordFile.WriteAsync(passwordFile, superuserPassword, cancellationToken);
        _account?.Own(passwordFile);
        string[] arguments =
        [
            "-D", unfinished, "-U", EmbeddedPostgresServer.Superuser, "--pwfile", passwordFile,
            "--auth-local=scram-sha-256", "--auth-host=scram-sha-256",
            // The order of an index must not depend on the version of a library.
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            .. _options.FastAndUnsafe ? ["--no-sync"] : Array.Empty<string>(),
        ];
        var (exitCode, output) = await RunAsync(step, "initdb", arguments, cancellationToken);
        File.Delete(passwordFile);
        if (exitCode != 0)
        {
            throw new EmbeddedPostgresException(step, $"initdb ended with exit code {exitCode}: {output}", Remedy());
        }

        Directory.Move(unfinished, _directory);
    }

    /// <summary>Starts the server on a free port, preferably the one it had last, so that open connection strings stay true.</summary>
    /// <returns>The port.</returns>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        await RemoveStalePidFileAsync(cancellationToken);
        await PrepareLogAsync(cancellationToken);
        var port = LastPort() is { } last && IsFree(last) ? last : FreePort();
        for (var attempt = 1; ; attempt++)
        {
            await WriteSettingsAsync(port, cancellationToken);
            var logged = new FileInfo(_log).Length;
            var (exitCode, output) = await RunAsync("Starting PostgreSQL", "pg_ctl", ["start", "-D", _directory, "-w", "-t", "120", "-s", "-l", _log], cancellationToken);
            if (exitCode == 0)
            {
                return port;
            }

            // After a crash the last processes of the old server may need a moment, and anybody may take a free port first.
            var reason = await ReadLogAsync(logged, cancellationToken);
            var mayPass = reason.Contains("is still in use", StringComparison.Ordinal) || reason.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal);
            if (!mayPass || attempt == StartAttempts)
            {
                throw new EmbeddedPostgresException("Starting PostgreSQL", $"{output} {reason}".Trim(), Remedy());
            }

            port = IsFree(port) ? port : FreePort();
            await Task.Delay(PauseBetweenAttempts, cancellationToken);
        }
    }

    /// <summary>Ends the server in order: transactions under way are rolled back, everything committed is written.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await FindServerAsync(cancellationToken) is null)
        {
            return;
        }

        var (exitCode, output) = await RunAsync("Stopping PostgreSQL", "pg_ctl", ["stop", "-D", _directory, "-m", "fast", "-w", "-t", "120", "-s"], cancellationToken);
        if (exitCode != 0 && await FindServerAsync(cancellationToken) is { } server)
        {
            throw new EmbeddedPostgresException("Stopping PostgreSQL", output, $"see {_log}; the next start attaches to the server (process {server.ProcessId}).");
        }
    }

    /// <summary>The process and the port of the server that runs from this directory, or null.</summary>
    public async Task<(int ProcessId, int Port)?> FindServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Line 1 is the process, line 4 the port.
            var lines = await File.ReadAllLinesAsync(PidFile, cancellationToken);
            return lines.Length > 3
                && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && await IsServerAsync(processId, cancellationToken)
                ? (processId, port)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// A process with that number may be another program (numbers are used again after a restart of the machine) or a zombie that
    /// nobody has collected; both look alive to PostgreSQL itself.
    /// </summary>
    private async Task<bool> IsServerAsync(int processId, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            try
            {
                using var process = Process.GetProcessById(processId);
                return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        try
        {
            // "123 (postgres) S …": the name may hold anything, so look from its closing bracket.
            var status = await File.ReadAllTextAsync($"/proc/{processId}/stat", cancellationToken);
            var end = status.LastIndexOf(')');
            return status[..end].EndsWith("(postgres", StringComparison.Ordinal)
                && status[end + 2] is not ('Z' or 'X')
                && new DirectoryInfo($"/proc/{processId}/cwd").LinkTarget is { } directory
                && Path.GetFullPath(directory) == Resolved(_directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Where no process has the number in the file, PostgreSQL replaces the file itself and first makes sure that no part of the
    /// old server is left; only where another one has it must somebody else say that it is not the server.
    /// </summary>
    private async Task RemoveStalePidFileAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(PidFile)
            && await FindServerAsync(cancellationToken) is null
            && int.TryParse(File.ReadLines(PidFile).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            && ProcessExists(processId))
        {
            File.Delete(PidFile);
        }
    }

    private static bool ProcessExists(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private async Task WriteSettingsAsync(int port, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            // TCP alone: a socket path is limited to 107 bytes, and tests put proxies between.
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = "",
            ["max_connections"] = "200",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_line_prefix"] = "%m [%p] %u@%d ",
        };
        if (_options.FastAndUnsafe)
        {
            settings["fsync"] = "off";
            settings["synchronous_commit"] = "off";
            settings["full_page_writes"] = "off";
            settings["wal_level"] = "minimal";
            settings["max_wal_senders"] = "0";
            settings["autovacuum"] = "off";
        }

        foreach (var (name, value) in _options.Settings)
        {
            settings[name] = value;
        }

        var lines = settings.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'");
        await File.WriteAllLinesAsync(SettingsFile, ["# Written at each start; put your own settings into postgresql.conf.", .. lines], cancellationToken);
        _account?.Own(SettingsFile);
    }

    private int? LastPort()
    {
        const string prefix = "port = '";
        var line = File.Exists(SettingsFile) ? File.ReadLines(SettingsFile).FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal)) : null;
        return line is not null && int.TryParse(line[prefix.Length..].TrimEnd('\''), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task PrepareLogAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(_log) && new FileInfo(_log).Length > LargestLog)
        {
            File.Move(_log, _log + ".1", overwrite: true);
        }

        await File.AppendAllTextAsync(_log, "", cancellationToken);
        _account?.Own(_log);
    }

    private async Task<string> ReadLogAsync(long from, CancellationToken cancellationToken)
    {
        await using var log = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return (await reader.ReadToEndAsync(cancellationToken)).Trim();
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string step, string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await _programs.RunAsync(program, arguments, cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException(step, $"{program} could not be started: {e.Message}", Remedy(), e);
        }
    }

    private string Remedy() => _account is not null && ServerAccount.ClosedParentOf(_directory) is { } closed
        ? $"{closed} is closed to {_account.Name}, as whom PostgreSQL runs here; choose a data directory elsewhere, for example under /var/lib, or open it with 'chmod o+x {closed}'."
        : $"see {_log} for details; check free disk space and who owns {_options.DataDirectory}.";

    private static string Resolved(string directory)
    {
        // The kernel answers with the path behind all links; the directory may have been named through one.
        var path = Path.GetPathRoot(directory)!;
        foreach (var part in Path.GetRelativePath(path, directory).Split(Path.DirectorySeparatorChar))
        {
            var next = Path.Combine(path, part);
            path = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }

        return path;
    }
}
