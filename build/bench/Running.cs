using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Engagement.Build;

/// <summary>The program as a process of its own, on the database of the measurement.</summary>
internal sealed class Running : IAsyncDisposable
{
    /// <summary>Lines: what all of them have said last, for whoever asks why something failed.</summary>
    private const int Kept = 40;

    private static readonly ConcurrentQueue<string> Said = new();

    private readonly Process _process;

    private Running(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Visitor = new HttpSubject(address, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    public Uri Address { get; }

    /// <summary>Somebody who is not signed in.</summary>
    public HttpSubject Visitor { get; }

    /// <summary>Megabytes that it holds in memory.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>The most megabytes that it held since <see cref="ForgetPeak"/>.</summary>
    public double PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    /// <param name="ready">The page that answers once it has started.</param>
    public static async Task<Running> StartAsync(string role, string[] database, IReadOnlyDictionary<string, string> settings, string ready = "/health/ready")
    {
        var port = Subject.FreePort();
        var start = new ProcessStartInfo("dotnet", [Subject.Program, "run", "--role", role, "--port", port.ToString(CultureInfo.InvariantCulture), "--demo", "never", .. database])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep($"{role}: {line.Data}");
        process.BeginOutputReadLine();
        var running = new Running(process, new Uri($"http://127.0.0.1:{port}"));
        await Subject.WaitUntilItAnswersAsync(running.Visitor, ready, process);
        return running;
    }

    public static string SaidLast() => string.Join(Environment.NewLine, Said);

    private static void Keep(string line)
    {
        Said.Enqueue(line);
        while (Said.Count > Kept)
        {
            Said.TryDequeue(out _);
        }
    }

    /// <summary>Where the system can forget it (Linux); elsewhere the peak is that of the whole life of the process, which only flatters no one.</summary>
    public void ForgetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/clear_refs", "5");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
