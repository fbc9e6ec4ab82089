#!/usr/bin/env dotnet
// Starts the whole product on this machine: dotnet run build/run.cs [-- options]

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Engagement.Build;
using Engagement.Platform.EmbeddedPostgres;

ScriptOption[] options =
[
    new("--port", "N", "where the program listens on this machine (5080)"),
    new("--data", "DIRECTORY", $"where the database, the keys and messages sent as files lie ({DefaultDataDirectory.Path})"),
    new("--fresh", null, "first remove what lies there, and begin with an empty database"),
    new("--no-demo", null, "do not load the demonstration council into an empty database"),
    new("--postgres", "\"CONNECTION STRING\"", "use this PostgreSQL server instead of the embedded one; it is brought up to date first"),
];

if (args.Contains("--help", StringComparer.Ordinal) || args.Contains("-h", StringComparer.Ordinal))
{
    Step.Say(Arguments.Help("dotnet run build/run.cs [-- options]: builds and starts the product; Ctrl+C stops it.", options));
    return 0;
}

try
{
    var given = Arguments.Parse(args, options);
    var port = ParsePort(given["--port"]);
    var data = Path.GetFullPath(given["--data"] ?? DefaultDataDirectory.Path);
    CheckThatPortIsFree(port);
    if (given.Has("--fresh"))
    {
        if (given.Has("--postgres"))
        {
            throw new FormatException("--fresh empties the embedded server's data directory and never touches a server of your own: leave out --fresh or --postgres.");
        }

        await RemoveDataAsync(data);
    }

    await Checkout.InstallNpmPackagesAsync();
    // Not published: what is compiled ahead starts sooner, and takes minutes longer to make.
    await using var output = await Checkout.BuildAsync("src/Engagement.Host/Engagement.Host.csproj", "Release", "src");
    string[] database = given["--postgres"] is { } connectionString ? ["--postgres", connectionString] : [];
    if (database.Length > 0)
    {
        await Step.CommandAsync(
            "Bringing the database up to date", "dotnet", [Program(), "migrate", "--data", data, .. database], "check the connection string, and that its user may create schemas and roles.");
    }

    return await RunProgramAsync(
        ["run", "--role", "all", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data, "--demo", given.Has("--no-demo") ? "never" : "auto", .. database]);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message} 'dotnet run build/run.cs -- --help' explains the options.");
    return 2;
}
catch (StepFailedException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static string Program() => Path.Combine(Checkout.Root, "src", "Engagement.Host", "bin", "Release", "net10.0", "engagement.dll");

static int ParsePort(string? text) =>
    text is null ? 5080
    : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port
    : throw new FormatException($"--port takes a whole number from 1 to 65535, not '{text}'.");

static void CheckThatPortIsFree(int port)
{
    try
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }
    catch (SocketException e)
    {
        throw new StepFailedException(
            $"Listening on port {port}",
            e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "another program listens there" : e.Message,
            "stop that program, or choose another port: dotnet run build/run.cs -- --port 5081");
    }
}

// Removes only what the program itself puts there, so that a slip in --data costs nobody their files.
static async Task RemoveDataAsync(string data)
{
    const string step = "Removing the data directory (--fresh)";
    var postgres = Path.Combine(data, "postgres");
    if (Directory.Exists(postgres))
    {
        await using var start = FileLock.TryExclusive(Path.Combine(postgres, "start.lock"));
        await using var use = FileLock.TryExclusive(Path.Combine(postgres, "use.lock"));
        if (start is null || use is null)
        {
            throw new StepFailedException(step, $"a program uses the database in {postgres}", "stop it with Ctrl+C, then try again.");
        }

        if (SurvivingServer(postgres) is { } processId)
        {
            throw new StepFailedException(
                step,
                $"a PostgreSQL server (process {processId}) that outlived its program still runs from {postgres}",
                "run the command once without --fresh and stop it with Ctrl+C, which stops the server too; then try again.");
        }

        // The lock files stay, since they are what keeps others out meanwhile.
        Step.Say($"Removing the database in {postgres}, because of --fresh");
        foreach (var entry in new DirectoryInfo(postgres).EnumerateFileSystemInfos().Where(entry => entry.Extension != ".lock"))
        {
            (entry as DirectoryInfo)?.Delete(recursive: true);
            (entry as FileInfo)?.Delete();
        }
    }

    foreach (var part in new[] { Path.Combine(data, "keys"), Path.Combine(data, "mail") }.Where(Directory.Exists))
    {
        Step.Say($"Removing {part}, because of --fresh");
        Directory.Delete(part, recursive: true);
    }

    // The accounts of a demonstration that is gone with its database.
    var accounts = Path.Combine(data, "demo-credentials.txt");
    if (File.Exists(accounts))
    {
        File.Delete(accounts);
    }
}

static int? SurvivingServer(string postgres)
{
    var file = Path.Combine(postgres, "cluster", "postmaster.pid");
    if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
    {
        return null;
    }

    try
    {
        using var process = Process.GetProcessById(processId);
        return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) ? processId : null;
    }
    catch (ArgumentException)
    {
        return null;
    }
}

// The program has this console to itself. Ctrl+C reaches it directly, since the terminal sends it to everything it runs; a request to
// end that reaches only this process is passed on.
static async Task<int> RunProgramAsync(string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo("dotnet", [Program(), .. arguments]) { UseShellExecute = false, WorkingDirectory = Checkout.Root })!;
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
    using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        if (!OperatingSystem.IsWindows())
        {
            using var pass = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        }
    });
    await process.WaitForExitAsync();
    return process.ExitCode;
}
