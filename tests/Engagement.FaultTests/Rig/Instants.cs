namespace Engagement.FaultTests.Rig;

/// <summary>The real clock: the one that the processes and the database read too, because they are on this machine.</summary>
internal static class Instants
{
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Waits for an instant; not at all when it has passed.</summary>
    public static async Task Until(DateTimeOffset instant)
    {
        var left = instant - Now;
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left);
        }
    }
}
