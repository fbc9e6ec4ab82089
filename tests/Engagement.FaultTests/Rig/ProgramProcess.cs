using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Engagement.FaultTests.Rig;

/// <summary>The program in a process of its own, as an operator starts it. Whoever disposes of it kills it, and nothing else.</summary>
internal sealed partial class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<int, ProgramProcess> Running = new();

    private readonly string name;
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A run of the tests that is stopped from outside takes its processes with it.
    static ProgramProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Running.Values)
        {
            left.process.Kill();
        }
    };

    private bool isDisposed;

    private ProgramProcess(string name, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        this.name = name;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "engagement.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Keep(e.Data, output);
        process.ErrorDataReceived += (_, e) => Keep(e.Data, errors);
        process.Start();
        Running[process.Id] = this;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As it signs its messages.</summary>
    public string Name => name;

    /// <summary>Whether it was started by us and has not ended.</summary>
    public bool IsAlive => Running.ContainsKey(process.Id) && !process.HasExited;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>From the start of the process until it was ready for requests.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <summary>All that it has written so far.</summary>
    public string Log => string.Join(Environment.NewLine, output.Concat(errors).Select(line => $"{name}: {line}"));

    /// <summary>Starts a process that stays, and waits until it listens, and is ready where that is asked for.</summary>
    public static async Task<ProgramProcess> StartAsync(string name, IReadOnlyDictionary<string, string> environment, bool untilReady, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        var started = new ProgramProcess(name, environment, arguments);
        try
        {
            var ended = started.process.WaitForExitAsync();
            if (await Task.WhenAny(started.listening.Task, ended, Task.Delay(StartPatience)) != started.listening.Task)
            {
                throw new InvalidOperationException($"{name} did not begin to listen:{Environment.NewLine}{started.Log}");
            }

            started.Address = await started.listening.Task;
            if (untilReady)
            {
                await started.WaitUntilReady(watch);
            }

            started.StartTook = watch.Elapsed;
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one command to its end, which must be a success.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var command = new ProgramProcess(arguments[0], environment, arguments);
        await command.process.WaitForExitAsync();
        return command.process.ExitCode == 0
            ? string.Join(Environment.NewLine, command.output)
            : throw new InvalidOperationException($"engagement {string.Join(' ', arguments)} ended with exit code {command.process.ExitCode}:{Environment.NewLine}{command.Log}");
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does: nothing in it gets a last word.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        Running.TryRemove(process.Id, out _);
    }

    /// <summary>Asks it to stop, as an operator does (SIGTERM), and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Signal("TERM");
        await process.WaitForExitAsync();
        Running.TryRemove(process.Id, out _);
        return process.ExitCode;
    }

    /// <summary>Nothing in it goes on (SIGSTOP): what it holds it keeps, and it does not know that time passes.</summary>
    public Task FreezeAsync() => Signal("STOP");

    public Task ThawAsync() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        // A test may end one before its rig does.
        if (!isDisposed)
        {
            isDisposed = true;
            await KillAsync();
            process.Dispose();
        }
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    private async Task WaitUntilReady(Stopwatch watch)
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (true)
        {
            using var answer = await client.GetAsync("/health/ready");
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            if (watch.Elapsed > StartPatience)
            {
                throw new InvalidOperationException($"{name} listens but did not become ready:{Environment.NewLine}{Log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private void Keep(string? line, ConcurrentQueue<string> lines)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (ListeningLine().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"^Listening on (http://127\.0\.0\.1:\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningLine();
}
