using System.ComponentModel;
using System.Diagnostics;

namespace Engagement.Build;

/// <summary>A step could not be done. The message names the step, the reason and the remedy.</summary>
internal sealed class StepFailedException(string step, string reason, string remedy)
    : Exception($"{step} failed.\n  Reason: {reason.Trim()}\n  Remedy: {remedy}");

/// <summary>What takes time shows that it is alive, and says how long it took or why it could not be done.</summary>
internal static class Step
{
    private const int LinesOfAFailure = 40;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    public static void Say(string text) => Console.Out.WriteLine(text);

    /// <summary>Runs a program to its end without showing what it writes, unless it fails.</summary>
    /// <exception cref="StepFailedException">It could not be started, or ended with another code than 0.</exception>
    public static async Task<string> CommandAsync(
        string step, string program, IEnumerable<string> arguments, string remedy, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        Say($"{step} …");
        var watch = Stopwatch.StartNew();
        var output = new Queue<string>();
        var command = RunAsync(program, arguments, line => output.Enqueue(line), workingDirectory, environment);
        try
        {
            while (await Task.WhenAny(command, Task.Delay(SignOfLife)) != command)
            {
                Say($"  still at it after {watch.Elapsed.TotalSeconds:0} s");
            }

            var exitCode = await command;
            if (exitCode != 0)
            {
                throw new StepFailedException(step, $"'{program}' ended with exit code {exitCode}:\n{string.Join('\n', output.TakeLast(LinesOfAFailure))}", remedy);
            }
        }
        catch (Win32Exception e)
        {
            throw new StepFailedException(step, $"'{program}' could not be started: {e.Message}", remedy);
        }

        Say($"  done in {watch.Elapsed.TotalSeconds:0.0} s");
        return string.Join('\n', output);
    }

    /// <summary>Runs a program to its end, without input, and hands over each line that it writes.</summary>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, Action<string> onLine, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = workingDirectory ?? Checkout.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };
        var gate = new Lock();
        void OnData(object sender, DataReceivedEventArgs data)
        {
            if (data.Data is { } line)
            {
                lock (gate)
                {
                    onLine(line);
                }
            }
        }

        process.OutputDataReceived += OnData;
        process.ErrorDataReceived += OnData;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
