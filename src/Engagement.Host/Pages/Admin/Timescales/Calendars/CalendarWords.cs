using Engagement.Consultations.Domain.Calendars;

namespace Engagement.Host.Pages.Admin.Timescales.Calendars;

/// <summary>Kinds of days in words.</summary>
public static class CalendarWords
{
    public static string Of(CalendarEntryKind kind) => kind switch
    {
        CalendarEntryKind.BankHoliday => "Bank holiday",
        CalendarEntryKind.SchoolBreak => "School holiday",
        CalendarEntryKind.Poll => "Poll",
        _ => "Council closed",
    };
}
