using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Engagement.Platform.Web;

/// <summary>What is left of a quota after a request has been counted.</summary>
/// <param name="Remaining">Below zero where the request was one too many.</param>
/// <param name="Reset">Until when the window ends and everything may be asked for again.</param>
internal readonly record struct Allowance(string Policy, int Quota, TimeSpan Window, int Remaining, TimeSpan Reset)
{
    public bool IsExceeded => Remaining < 0;
}

/// <summary>Counts in this process's memory, by windows that begin for everybody at the same instant, so that a whole window's counts are forgotten at once.</summary>
internal sealed class WindowCounter(TimeProvider clock, string policy, int quota, TimeSpan length)
{
    private Counted counted = new(DateTimeOffset.MinValue);

    /// <summary>The beginning of the window in which an instant lies.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset instant, TimeSpan length) => instant.AddTicks(-(instant.UtcTicks % length.Ticks));

    public Allowance Take(string key)
    {
        var now = clock.GetUtcNow();
        var start = StartOf(now, length);
        var window = Volatile.Read(ref counted);
        if (window.Start != start)
        {
            var fresh = new Counted(start);
            window = Interlocked.CompareExchange(ref counted, fresh, window) is var found && ReferenceEquals(found, window) ? fresh : found;
        }

        var used = Interlocked.Increment(ref window.ByKey.GetOrAdd(key, static _ => new StrongBox<int>()).Value);
        return new Allowance(policy, quota, length, quota - used, start + length - now);
    }

    private sealed record Counted(DateTimeOffset Start)
    {
        public ConcurrentDictionary<string, StrongBox<int>> ByKey { get; } = new(StringComparer.Ordinal);
    }
}
