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

    protected static string Spell(DateOnly date) => UkTime.Spell(date);

    protected static string Plural(int number, string noun) => number == 1 ? $"{number} {noun}" : $"{number} {noun}s";
}
