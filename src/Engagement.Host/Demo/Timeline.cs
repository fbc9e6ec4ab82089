using Engagement.Kernel;
using FluentValidation;

namespace Engagement.Host.Demo;

/// <summary>What happens in one situation, told in the order of its instants and not of its files.</summary>
internal sealed class Timeline(string situation, ScenarioClock clock)
{
    private readonly List<(DateTimeOffset At, string What, Func<CancellationToken, Task> Do)> steps = [];

    /// <param name="what">Completes the sentence “could not …”.</param>
    public void Add(DateTimeOffset at, string what, Func<CancellationToken, Task> @do) => steps.Add((at, what, @do));

    /// <exception cref="DemoLoadException">Says which step was refused, when it was to happen and why.</exception>
    public async Task Tell(CancellationToken cancellationToken)
    {
        // A stable order: of two steps at one instant the first that was added comes first.
        foreach (var (at, what, @do) in steps.OrderBy(s => s.At).ToList())
        {
            try
            {
                clock.MoveTo(at);
                await @do(cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw new DemoLoadException(
                    $"The demonstration council could not be loaded: {situation} could not {what} at {UkTime.WallTimeOf(at):yyyy-MM-dd HH:mm}. {Reason(error)} {DemoLoadException.BeginAgain}", error);
            }
        }

        clock.ReturnToRealTime();
    }

    private static string Reason(Exception error) => error switch
    {
        ValidationException v => string.Join("; ", v.Errors.Select(e => $"{e.PropertyName}: {e.ErrorMessage}")),
        RuleBrokenException { Breaches.Count: > 0 } r => $"{r.Message} {string.Join(" ", r.Breaches.Select(b => b.Message))}",
        _ => error.Message,
    };
}

/// <summary>The demonstration is not there, or not whole; the message says what to do.</summary>
internal sealed class DemoLoadException(string message, Exception? inner = null) : Exception(message, inner)
{
    public const string BeginAgain =
        "What has been loaded is not whole. Begin again with an empty database: dotnet run build/run.cs -- --fresh; or start without the demonstration in another data directory: --no-demo --data DIRECTORY.";
}
