using Engagement.Consultations.Domain.Calendars;
using Engagement.Kernel;

namespace Engagement.Consultations.Application.Calendars;

/// <param name="LastDay">Counted in.</param>
/// <param name="NoticeOn">Of a poll, the day of the notice of election; null where it is counted back.</param>
/// <param name="RecordedBy">As the history names actors.</param>
public sealed record CalendarEntryView(
    CalendarEntryId Id,
    CalendarEntryKind Kind,
    string Title,
    DateOnly FirstDay,
    DateOnly LastDay,
    DateOnly? NoticeOn,
    string Source,
    string? SourceAddress,
    string RecordedBy,
    DateTimeOffset RecordedAt,
    DateTimeOffset? WithdrawnAt,
    string? WithdrawnBy,
    string? WithdrawalReason)
{
    internal static CalendarEntryView Of(CalendarEntry entry) => new(
        entry.Id, entry.Kind, entry.Title, entry.FirstDay, entry.LastDay, entry.NoticeOn, entry.Source, entry.SourceAddress,
        entry.RecordedBy, entry.RecordedAt, entry.WithdrawnAt, entry.WithdrawnBy, entry.WithdrawalReason);

    /// <summary>Such as <c>Saturday 19 December 2026 to Sunday 3 January 2027</c>.</summary>
    public string DaysInWords() => FirstDay == LastDay ? UkTime.Spell(FirstDay) : $"{UkTime.Spell(FirstDay)} to {UkTime.Spell(LastDay)}";
}

/// <summary>An entry that was recorded or withdrawn, and what that did.</summary>
/// <param name="Moved">Consultations whose recorded timetable differs now from what the calendar gives; nothing of it was changed.</param>
public sealed record CalendarChange(CalendarEntryView Entry, IReadOnlyList<MovedTimetable> Moved);
