using System.Globalization;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Record;

/// <summary>Instants in words, in the time of the UK.</summary>
internal static class Times
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Such as <c>10:42am</c>.</summary>
    public static string OfDay(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        return $"{wall.ToString("h:mm", English)}{(wall.Hour < 12 ? "am" : "pm")}";
    }

    /// <summary>Such as <c>Friday 27 November 2026 at 10:42am</c>.</summary>
    public static string Spell(DateTimeOffset instant) => $"{UkTime.Spell(UkTime.DateOf(instant))} at {OfDay(instant)}";

    /// <summary>How far away a day is: <c>today</c>, <c>in 3 days</c>, <c>2 days ago</c>.</summary>
    public static string FromToday(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        > 0 and var days => string.Create(English, $"in {days} days"),
        var days => string.Create(English, $"{-days} days ago"),
    };
}
