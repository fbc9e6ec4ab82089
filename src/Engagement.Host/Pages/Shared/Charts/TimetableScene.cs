namespace Engagement.Host.Pages.Shared.Charts;

/// <summary>How firmly a date is asked for.</summary>
public enum Obligation
{
    /// <summary>The council's own date: nobody asks for it.</summary>
    Own,
    Must,
    Should,
    Information,
}

/// <summary>What is wrong with a date; the worst finding decides.</summary>
public enum Concern
{
    None,
    Advice,
    Risk,
    Breach,
}

/// <summary>What the picture of a timetable shows, before anything has a place on it.</summary>
/// <param name="Opens">The first day for responses.</param>
/// <param name="Closes">The last day for responses, counted in.</param>
/// <param name="EarliestClose">The earliest lawful last day; null where no law fixes one.</param>
/// <param name="Decision">The planned decision; null where none is planned.</param>
/// <param name="OutcomeDue">By when the outcome is promised; null where no consultation promises one.</param>
public sealed record TimetableScene(
    DateOnly Opens,
    DateOnly Closes,
    DateOnly? EarliestClose,
    DateOnly? Decision,
    DateOnly? OutcomeDue,
    DateOnly Today,
    IReadOnlyList<SceneDate> Dates,
    IReadOnlyList<DateOnly> BankHolidays,
    Stretch? PreElection)
{
    /// <summary>Days by which the close is too early; 0 when it is not.</summary>
    public int ShortBy => EarliestClose is { } earliest && earliest > Closes ? earliest.DayNumber - Closes.DayNumber : 0;
}

/// <param name="Number">Beside it in the picture and in the table; null for what the table does not hold.</param>
/// <param name="Counted">The days that were counted to get there, both ends counted in; null where none were.</param>
public sealed record SceneDate(int? Number, string Label, DateOnly Date, Stretch? Counted, Obligation Obligation, Concern Concern);

/// <summary>A run of days, both ends counted in.</summary>
public sealed record Stretch(DateOnly First, DateOnly Last)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The days that a counting rule counts between the date it starts from and its result; null where it names a day and counts none.</summary>
    /// <param name="rule">The counting rule's name in the timetable, such as <c>bw</c>.</param>
    public static Stretch? CountedBy(string rule, DateOnly from, DateOnly date)
    {
        var (first, last) = rule switch
        {
            "bw" or "bw_ph" or "term_working_days" => (from, date),
            "after" or "wd_after" => (from.AddDays(1), date),
            "clear_after" => (from.AddDays(1), date.AddDays(-1)),
            "before" or "wd_before" => (date, from.AddDays(-1)),
            "clear_before" or "clear_wd_before" => (date.AddDays(1), from.AddDays(-1)),
            _ => (date, date.AddDays(-1)),
        };
        return last >= first ? new Stretch(first, last) : null;
    }
}
