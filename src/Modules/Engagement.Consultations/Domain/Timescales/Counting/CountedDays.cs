using System.Runtime.InteropServices;

namespace Engagement.Consultations.Domain.Timescales.Counting;

/// <summary>A run of days, both ends counted in.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DateRange(DateOnly First, DateOnly Last)
{
    public bool Contains(DateOnly date) => date >= First && date <= Last;
}

/// <summary>The kinds of day that counting rules tell apart, for one timetable.</summary>
/// <param name="Calendar">Bank holidays of England and Wales.</param>
/// <param name="SchoolBreaks">The council's school holidays; empty when none were given.</param>
/// <param name="BreaksAreRecorded">They come from the council's calendar, because whoever asked gave none.</param>
internal sealed record CountedDays(UkCalendar Calendar, IReadOnlyList<DateRange> SchoolBreaks, bool BreaksAreRecorded = false)
{
    public bool IsWorkingDay(DateOnly date) => Calendar.IsWorkingDay(date);

    public bool IsPublicHoliday(DateOnly date) => Calendar.IsPublicHoliday(date);

    public bool IsSchoolDay(DateOnly date)
    {
        foreach (var schoolBreak in SchoolBreaks)
        {
            if (schoolBreak.Contains(date))
            {
                return false;
            }
        }

        return Calendar.IsWorkingDay(date);
    }

    /// <summary>Null on a working day.</summary>
    public string? WhyNoWorkingDay(DateOnly date) =>
        Calendar.BankHoliday(date) is { } holiday ? $"bank holiday: {holiday}"
        : date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "weekend"
        : null;

    /// <summary>Null on a school day.</summary>
    public string? WhyNoSchoolDay(DateOnly date) =>
        WhyNoWorkingDay(date) ?? (IsSchoolDay(date) ? null : "school holiday");

    /// <summary>Null on a day that is no public holiday.</summary>
    public string? WhyNoCountedPublicDay(DateOnly date) =>
        IsPublicHoliday(date) ? $"public holiday: {Calendar.BankHoliday(date) ?? (date.Day == 25 ? "Christmas Day" : "26 December")}" : null;

    /// <summary>The n-th working day on one side of a date, the date itself left out.</summary>
    /// <param name="direction">1 forwards, -1 backwards.</param>
    public DateOnly StepWorkingDays(DateOnly start, int direction, int count, bool leavesOutChristmasEve)
    {
        var date = start;
        while (count > 0)
        {
            date = date.AddDays(direction);
            if (Calendar.IsWorkingDay(date) && !(leavesOutChristmasEve && date is { Month: 12, Day: 24 }))
            {
                count--;
            }
        }

        return date;
    }
}
