using System.Globalization;

namespace Engagement.Kernel;

/// <summary>
/// The one place that knows Europe/London. Deadlines are dates and wall times of the UK calendar (Interpretation Act 1978 s.9,
/// Summer Time Act 1972); instants are UTC.
/// </summary>
public static class UkTime
{
    public const string ZoneId = "Europe/London";

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(ZoneId);

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The first instant of a UK day.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue);

    /// <summary>The UK date on which an instant falls.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, London).DateTime);

    /// <summary>The UK wall time of an instant, to the minute, such as <c>2026-11-27T23:59</c>.</summary>
    public static DateTime WallTimeOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, London).DateTime;

    /// <summary>The instant of a UK wall time.</summary>
    /// <param name="second">Of a time that occurs twice, when the clocks go back: true for the second, in winter time; null refuses such a time.</param>
    /// <returns>UTC.</returns>
    /// <exception cref="RuleBrokenException"><c>time-does-not-exist</c> when the clocks go forward over it; <c>time-occurs-twice</c> when nobody said which.</exception>
    public static DateTimeOffset At(DateOnly date, TimeOnly time, bool? second = null)
    {
        var wall = date.ToDateTime(time);
        if (London.IsInvalidTime(wall))
        {
            throw new RuleBrokenException(
                "time-does-not-exist",
                $"{time.ToString("HH:mm", CultureInfo.InvariantCulture)} on {Spell(date)} does not exist: the clocks go forward over it. Choose a time before 1am or from 2am.");
        }

        if (!London.IsAmbiguousTime(wall))
        {
            return new DateTimeOffset(wall, London.GetUtcOffset(wall)).ToUniversalTime();
        }

        if (second is null)
        {
            throw new RuleBrokenException(
                "time-occurs-twice",
                $"{time.ToString("HH:mm", CultureInfo.InvariantCulture)} on {Spell(date)} occurs twice: the clocks go back. Say which one: the first (summer time) or the second.");
        }

        var offsets = London.GetAmbiguousTimeOffsets(wall);
        return new DateTimeOffset(wall, second.Value ? offsets.Min() : offsets.Max()).ToUniversalTime();
    }

    /// <summary>A date in words, such as <c>Friday 27 November 2026</c>.</summary>
    public static string Spell(DateOnly date) => date.ToString("dddd d MMMM yyyy", English);

    /// <summary>An instant in words, to the minute, such as <c>5:30pm on Friday 27 November 2026</c>; on the hour <c>9am</c>, at noon <c>midday</c>.</summary>
    public static string SpellInstant(DateTimeOffset instant)
    {
        var local = WallTimeOf(instant);
        return $"{SpellTime(TimeOnly.FromDateTime(local))} on {Spell(DateOnly.FromDateTime(local))}";
    }

    /// <summary>The same to the second, for what happened close to a deadline: <c>12:00:03am on Saturday 28 November 2026</c>.</summary>
    public static string SpellInstantToTheSecond(DateTimeOffset instant)
    {
        var local = WallTimeOf(instant);
        return $"{local.ToString("h:mm:ss", English)}{(local.Hour < 12 ? "am" : "pm")} on {Spell(DateOnly.FromDateTime(local))}";
    }

    /// <summary>A time of day as people say it: <c>9am</c>, <c>5:30pm</c>, <c>midday</c>.</summary>
    public static string SpellTime(TimeOnly time) =>
        time is { Hour: 12, Minute: 0 } ? "midday" : $"{time.ToString(time.Minute == 0 ? "%h" : "h:mm", English)}{(time.Hour < 12 ? "am" : "pm")}";

    /// <summary>
    /// A closing instant in words, the last minute counted in: <c>11:59pm on Friday 27 November 2026</c> for midnight after that day.
    /// </summary>
    public static string SpellDeadline(DateTimeOffset closesAt)
    {
        var last = WallTimeOf(closesAt.AddMinutes(-1));
        return $"{last.ToString("h:mm", English)}{(last.Hour < 12 ? "am" : "pm")} on {Spell(DateOnly.FromDateTime(last))}";
    }

    /// <summary>Refuses to go on with wrong time-zone data: a deadline would be an hour off.</summary>
    public static void CheckZoneData()
    {
        if (London.GetUtcOffset(new DateTime(2026, 1, 15, 12, 0, 0, DateTimeKind.Unspecified)) != TimeSpan.Zero
            || London.GetUtcOffset(new DateTime(2026, 7, 15, 12, 0, 0, DateTimeKind.Unspecified)) != TimeSpan.FromHours(1))
        {
            throw new InvalidOperationException("The time-zone data of this machine is wrong for Europe/London (expected +00:00 in January, +01:00 in July). Install current time-zone data.");
        }
    }
}
