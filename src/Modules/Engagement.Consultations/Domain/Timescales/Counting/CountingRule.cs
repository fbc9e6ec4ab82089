using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales.Counting;

/// <summary>
/// How one form of legal words turns a date into another. The set is closed: regimes are data and name one of these. Dates of
/// the UK calendar are counted, never blocks of 24 hours, so a change of the clocks moves nothing; and no result rolls off a
/// weekend or bank holiday unless the rule says so.
/// </summary>
internal abstract record CountingRule
{
    /// <summary>The rule's name in the regime files.</summary>
    public abstract string Name { get; }

    /// <param name="start">The day from which the law counts, forwards or backwards; for a fixed date any day of the year.</param>
    /// <param name="days">Tells which days are working days, public holidays and school days.</param>
    /// <exception cref="RuleBrokenException"><c>holidays-unknown</c> when the rule needs the bank holidays of a year that has not been published.</exception>
    public abstract DateOnly Count(DateOnly start, CountedDays days);

    /// <summary>The count as a sentence that a person can check with a calendar.</summary>
    /// <param name="result">What <see cref="Count"/> gave for the same start and days.</param>
    public abstract string Explain(DateOnly start, DateOnly result, CountedDays days);

    /// <summary>The rule in plain words, before any date is known: "21 days beginning with the day of publication, which counts as day 1".</summary>
    /// <param name="from">What is counted from, in words that can follow "from" or "before".</param>
    public abstract string Describe(string from);

    /// <summary>The count as a table, one row for each day in the order in which the law walks them; the days that are counted are numbered from 1.</summary>
    /// <param name="result">What <see cref="Count"/> gave for the same start and days.</param>
    public abstract IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days);

    /// <summary>Every day from the start to the result, forwards or backwards.</summary>
    /// <param name="whyNot">Why a day is left out of the count; null where it counts.</param>
    /// <param name="startLeftOut">Why the start itself is not counted; null where it counts like any other day.</param>
    protected static IReadOnlyList<CountedDay> Walk(DateOnly start, DateOnly result, Func<DateOnly, string?> whyNot, string? startLeftOut)
    {
        List<CountedDay> rows = [];
        var direction = result < start ? -1 : 1;
        var number = 0;
        for (var date = start; rows.Count == 0 || rows[^1].Date != result; date = date.AddDays(direction))
        {
            var reason = date == start && startLeftOut is not null ? startLeftOut : whyNot(date);
            rows.Add(new CountedDay(date, reason is null ? ++number : null, reason));
        }

        return rows;
    }

    protected static string? Never(DateOnly date) => null;

    protected static string Spell(DateOnly date) => UkTime.Spell(date);

    protected static string Plural(int number, string noun) => number == 1 ? $"{number} {noun}" : $"{number} {noun}s";
}

/// <summary>One day of a count.</summary>
/// <param name="Number">Counted as this day, from 1; null where it is not counted.</param>
/// <param name="Why">Why it is not counted, or what else it is; null on an ordinary counted day.</param>
internal sealed record CountedDay(DateOnly Date, int? Number, string? Why);
