namespace Engagement.IntegrationTests.MainJob;

/// <summary>
/// Real time, running by itself as it does in the program, but for the waits that a test need not sit through: periods begin
/// and end at whole minutes, and an outcome is late after days.
/// </summary>
internal sealed class SkippingClock : TimeProvider
{
    private long skipped;

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = System.GetUtcNow().UtcTicks + Interlocked.Read(ref skipped);

        // To the microsecond, which is what the database keeps.
        return new DateTimeOffset(ticks - (ticks % 10), TimeSpan.Zero);
    }

    /// <summary>It is this instant now, unless it is later already, and time runs on from it.</summary>
    public void SkipTo(DateTimeOffset instant) => Interlocked.Add(ref skipped, Math.Max(0, (instant - Now).Ticks));
}
