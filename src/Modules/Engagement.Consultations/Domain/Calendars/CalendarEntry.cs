using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Calendars;

public enum CalendarEntryKind
{
    /// <summary>A bank holiday that was proclaimed after the program's own data was made.</summary>
    BankHoliday,

    /// <summary>A holiday of the council's schools.</summary>
    SchoolBreak,

    /// <summary>An election or referendum in the area.</summary>
    Poll,

    /// <summary>The council's offices are closed.</summary>
    Closure,
}

/// <summary>
/// Days that the council has recorded, with where it has them from. An entry is never changed and never deleted: what was wrong is
/// withdrawn with a reason, so that every timetable can be explained by what was known when it was made.
/// </summary>
internal sealed class CalendarEntry : AggregateRoot
{
    /// <summary>Longer than any school holiday.</summary>
    public const int MostDays = 92;

    private CalendarEntry()
    {
    }

    public CalendarEntryId Id { get; private init; }

    public override Guid Identity => Id.Value;

    public CalendarEntryKind Kind { get; private init; }

    public string Title { get; private init; } = "";

    public DateOnly FirstDay { get; private init; }

    /// <summary>Counted in; the first day itself for a bank holiday and a poll.</summary>
    public DateOnly LastDay { get; private init; }

    /// <summary>Of a poll, the day of the notice of election; null where it is counted back.</summary>
    public DateOnly? NoticeOn { get; private init; }

    /// <summary>Where it stands written, in words.</summary>
    public string Source { get; private init; } = "";

    /// <summary>Where it can be read; null where it is not on the web.</summary>
    public string? SourceAddress { get; private init; }

    /// <summary>As the history names actors.</summary>
    public string RecordedBy { get; private init; } = "";

    public DateTimeOffset RecordedAt { get; private init; }

    /// <summary>Which change of the calendar its recording was, counted from 1.</summary>
    public int RecordedAs { get; private init; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Which change of the calendar its withdrawal was.</summary>
    public int? WithdrawnAs { get; private set; }

    public string? WithdrawnBy { get; private set; }

    public string? WithdrawalReason { get; private set; }

    /// <param name="calendar">The bank holidays as they are known so far.</param>
    /// <param name="change">Which change of the calendar this is: changes are made one after the other.</param>
    /// <exception cref="RuleBrokenException">
    /// <c>already-a-bank-holiday</c>; <c>holidays-unknown</c> for a bank holiday in a year whose other bank holidays are not known.
    /// </exception>
    public static CalendarEntry Record(CalendarDays days, UkCalendar calendar, int change, Actor actor, DateTimeOffset now)
    {
        if (days.Kind == CalendarEntryKind.BankHoliday && calendar.BankHoliday(days.FirstDay) is { } known)
        {
            throw new RuleBrokenException("already-a-bank-holiday", $"{UkTime.Spell(days.FirstDay)} is a bank holiday already ({known}).");
        }

        var entry = new CalendarEntry
        {
            Id = CalendarEntryId.New(),
            Kind = days.Kind,
            Title = days.Title,
            FirstDay = days.FirstDay,
            LastDay = days.LastDay,
            NoticeOn = days.NoticeOn,
            Source = days.Source,
            SourceAddress = days.SourceAddress,
            RecordedBy = actor.ToString(),
            RecordedAt = now,
            RecordedAs = change,
        };
        entry.Raise(new CalendarEntryRecorded(entry.Id, days.Kind, days.Title, days.FirstDay, days.LastDay, days.NoticeOn, days.Source, days.SourceAddress, now));
        return entry;
    }

    /// <exception cref="RuleBrokenException"><c>already-withdrawn</c>.</exception>
    public void Withdraw(string reason, int change, Actor actor, DateTimeOffset now)
    {
        if (WithdrawnAt is not null)
        {
            throw new RuleBrokenException("already-withdrawn", "This entry has been withdrawn already. Record it anew if it holds after all.");
        }

        (WithdrawnAt, WithdrawnAs, WithdrawnBy, WithdrawalReason) = (now, change, actor.ToString(), reason);
        Raise(new CalendarEntryWithdrawn(Id, Title, reason, now));
    }

    /// <summary>Whether it counted when the calendar had been changed so many times.</summary>
    public bool HeldAfter(int changes) => RecordedAs <= changes && (WithdrawnAs is null || WithdrawnAs > changes);
}

/// <summary>What an entry says.</summary>
internal sealed record CalendarDays(
    CalendarEntryKind Kind, string Title, DateOnly FirstDay, DateOnly LastDay, DateOnly? NoticeOn, string Source, string? SourceAddress);

internal sealed record CalendarEntryRecorded(
    CalendarEntryId Id,
    CalendarEntryKind Kind,
    string Title,
    DateOnly FirstDay,
    DateOnly LastDay,
    DateOnly? NoticeOn,
    string Source,
    string? SourceAddress,
    DateTimeOffset At) : IDomainEvent;

internal sealed record CalendarEntryWithdrawn(CalendarEntryId Id, string Title, string Reason, DateTimeOffset At) : IDomainEvent;
