using System.Globalization;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.LocalRegimes;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.Consultations.Application;

/// <summary>What timetables rest on at one moment. It does not change, so that it can be kept and shared.</summary>
internal sealed class KnownTimescales
{
    private readonly BuiltInTimescales builtIn;
    private readonly RegimeCatalogue regimes;

    /// <param name="entries">All that were ever recorded, withdrawn ones too.</param>
    public KnownTimescales(BuiltInTimescales builtIn, IReadOnlyList<CalendarEntry> entries, IReadOnlyList<LocalRegime> localRegimes)
    {
        this.builtIn = builtIn;
        Entries = entries;
        LocalRegimes = localRegimes;
        regimes = localRegimes.Count == 0 ? builtIn.Regimes : new RegimeCatalogue([.. builtIn.Regimes.All, .. localRegimes.Select(r => r.Read())]);
        Stamp = StampOf(entries.Count + entries.Count(e => e.WithdrawnAt is not null), localRegimes.Sum(r => (long)r.Version));
        Calculator = Make(e => e.WithdrawnAt is null);
    }

    public IReadOnlyList<CalendarEntry> Entries { get; }

    public IReadOnlyList<LocalRegime> LocalRegimes { get; }

    /// <summary>Another one after every change: entries are only added and withdrawn once, and versions only rise.</summary>
    public string Stamp { get; }

    /// <summary>How many times the calendar has been changed.</summary>
    public int CalendarChanges => Entries.Count + Entries.Count(e => e.WithdrawnAt is not null);

    public TimetableCalculator Calculator { get; }

    public static string StampOf(long calendarChanges, long regimeVersions) => string.Create(CultureInfo.InvariantCulture, $"{calendarChanges}.{regimeVersions}");

    /// <summary>With the calendar as it was when it had been changed so many times.</summary>
    public TimetableCalculator After(int changes) => Make(e => e.HeldAfter(changes));

    private TimetableCalculator Make(Func<CalendarEntry, bool> holds)
    {
        var held = Entries.Where(holds).OrderBy(e => e.FirstDay).ToList();
        if (held.Count == 0 && LocalRegimes.Count == 0)
        {
            return builtIn.Calculator;
        }

        return new TimetableCalculator(
            regimes,
            builtIn.Calendar.With(held.Where(e => e.Kind == CalendarEntryKind.BankHoliday).Select(e => KeyValuePair.Create(e.FirstDay, e.Title))),
            new CouncilCalendar(
                DaysOf(CalendarEntryKind.SchoolBreak),
                [.. held.Where(e => e.Kind == CalendarEntryKind.Poll).Select(e => new RecordedPoll(e.Title, e.FirstDay, e.NoticeOn))],
                DaysOf(CalendarEntryKind.Closure)));

        IReadOnlyList<RecordedDays> DaysOf(CalendarEntryKind kind) =>
            [.. held.Where(e => e.Kind == kind).Select(e => new RecordedDays(e.Title, new DateRange(e.FirstDay, e.LastDay)))];
    }
}

/// <summary>The law and the bank holidays that the program carries, read and checked when it starts.</summary>
internal sealed class BuiltInTimescales
{
    public RegimeCatalogue Regimes => Calculator.Regimes;

    public UkCalendar Calendar => Calculator.Calendar;

    public TimetableCalculator Calculator { get; } = TimetableCalculator.Create();
}
