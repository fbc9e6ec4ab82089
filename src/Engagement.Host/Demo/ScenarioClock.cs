using Engagement.Kernel;

namespace Engagement.Host.Demo;

/// <summary>
/// The time of the program while the demonstration is loaded: an instant of the story that is being told, never later than the
/// real time, and in the end the real time itself.
/// </summary>
internal sealed class ScenarioClock(TimeProvider real) : TimeProvider
{
    private const long RealTime = 0;
    private long ticks = RealTime;

    public override DateTimeOffset GetUtcNow()
    {
        var told = Interlocked.Read(ref ticks);
        return told == RealTime ? real.GetUtcNow() : new DateTimeOffset(told, TimeSpan.Zero);
    }

    /// <exception cref="InvalidOperationException">The instant is still to come: the history would hold what nobody has done yet.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant > real.GetUtcNow())
        {
            throw new InvalidOperationException($"The demonstration cannot do anything at {UkTime.WallTimeOf(instant):yyyy-MM-dd HH:mm}, because that is still to come.");
        }

        Interlocked.Exchange(ref ticks, instant.UtcTicks);
    }

    public void ReturnToRealTime() => Interlocked.Exchange(ref ticks, RealTime);
}
