using Engagement.Consultations.Domain;
using Engagement.Kernel;

namespace Engagement.Host.Demo;

/// <summary>The closing of the consultation that closes while somebody watches.</summary>
internal static class ClosingSoon
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The first whole minute that is two minutes away or more, as an officer would enter it.</summary>
    public static UkMoment After(DateTimeOffset now)
    {
        var instant = WholeMinute(now + Patience);
        var wall = UkTime.WallTimeOf(instant);
        var (date, time) = (DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall));
        if (time == TimeOnly.MinValue)
        {
            // Midnight is entered as the end of the day before.
            return new UkMoment(date.AddDays(-1));
        }

        var (first, second) = (UkTime.At(date, time, second: false), UkTime.At(date, time, second: true));
        return new UkMoment(date, time, first == second ? null : second == instant);
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset instant) =>
        instant.UtcTicks % TimeSpan.TicksPerMinute is var over and not 0 ? instant.AddTicks(TimeSpan.TicksPerMinute - over) : instant;
}
