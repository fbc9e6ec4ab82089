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
internal sealed record CountedDays(UkCalendar Calendar, IReadOnlyList<DateRange> SchoolBreaks)
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
