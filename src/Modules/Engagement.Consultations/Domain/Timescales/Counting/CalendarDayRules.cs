using System.Globalization;

namespace Engagement.Consultations.Domain.Timescales.Counting;

/// <summary>
/// "A period of n days beginning with the date", "starting on": the start is day 1. Hare v Gocher [1962] 2 QB 641; Trow v Ind
/// Coope [1967] 2 QB 899. In months it ends on the day before the corresponding date, or on the last day of a month that has none.
/// </summary>
internal sealed record BeginningWith(Length Length) : CountingRule
{
    public override string Name => "bw";

    public override string Describe(string from) => $"{Length} beginning with {from}, which counts as day 1";

    public override DateOnly Count(DateOnly start, CountedDays days)
    {
        var corresponding = Length.After(start);
        return HasCorrespondingDate(start, corresponding) ? corresponding.AddDays(-1) : corresponding;
    }

    public override string Explain(DateOnly start, DateOnly result, CountedDays days)
    {
        var opening = $"{Length} beginning with {Spell(start)}, which counts as day 1";
        if (Length.IsOfWholeDays)
        {
            return $"{opening}: the last day is {Spell(result)}.";
        }

        return HasCorrespondingDate(start, Length.After(start))
            ? $"{opening}: the last day is {Spell(result)}, the day before the corresponding date."
            : $"{opening}: the last day is {Spell(result)}, the last of a month without a {Ordinal(start.Day)}.";
    }

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Length.IsOfWholeDays ? Walk(start, result, Never, startLeftOut: null) : Length.MonthByMonth(start, result, forwards: true, "the period begins with it");

    internal static string Ordinal(int day) => day.ToString(CultureInfo.InvariantCulture) + (day == 31 ? "st" : "th");

    private bool HasCorrespondingDate(DateOnly start, DateOnly corresponding) => Length.IsOfWholeDays || corresponding.Day == start.Day;
}

/// <summary>
/// "N days from", "after", "within n days of", "not less than n days from": the start is left out. Lester v Garland (1808) 15
/// Ves 248; Stewart v Chapman [1951] 2 KB 792; Marren v Dawson Bentley [1961] 2 QB 135. A length of nothing is the day itself: it
/// takes the latest of several dates.
/// </summary>
internal sealed record FromOrAfter(Length Length) : CountingRule
{
    public override string Name => "after";

    public override string Describe(string from) => Length.Number == 0 ? $"on {from}" : $"{Length} from {from}, which is not counted";

    public override DateOnly Count(DateOnly start, CountedDays days) => Length.After(start);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days)
    {
        if (Length.Number == 0)
        {
            return $"{Spell(result)}, the day itself.";
        }

        var opening = $"{Length} from {Spell(start)}, which is not counted";
        if (Length.IsOfWholeDays)
        {
            return $"{opening}: day {Length.Days.ToString(CultureInfo.InvariantCulture)} is {Spell(result)}.";
        }

        return result.Day == start.Day
            ? $"{opening}: the corresponding date is {Spell(result)}."
            : $"{opening}: {Spell(result)}, the last of a month without a {BeginningWith.Ordinal(start.Day)}.";
    }

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Length.Number == 0 ? [new CountedDay(start, null, "the day itself")]
        : Length.IsOfWholeDays ? Walk(start, result, Never, "not counted: the law counts from it")
        : Length.MonthByMonth(start, result, forwards: true, "not counted: the law counts from it");
}

/// <summary>
/// "Not less than n days before": counted back from the event, which is left out. "At least" may mean clear days (Re Hector
/// Whaling [1936] Ch 208), so a careful council takes one day more than this gives.
/// </summary>
internal sealed record Before(Length Length) : CountingRule
{
    public override string Name => "before";

    public override string Describe(string from) => $"{Length} before {from}, which is not counted";

    public override DateOnly Count(DateOnly start, CountedDays days) => Length.Before(start);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days)
    {
        var opening = $"{Length} before {Spell(start)}, which is not counted";
        return Length.IsOfWholeDays || result.Day == start.Day
            ? $"{opening}: {Spell(result)}."
            : $"{opening}: {Spell(result)}, the last of a month without a {BeginningWith.Ordinal(start.Day)}.";
    }

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Length.IsOfWholeDays
            ? Walk(start, result, Never, "not counted: the law counts back from it")
            : Length.MonthByMonth(start, result, forwards: false, "not counted: the law counts back from it");
}

/// <summary>
/// "N clear days before": neither the day of the notice nor the day of the event counts. R v Turner [1910] 1 KB 346; Re Hector
/// Whaling [1936] Ch 208.
/// </summary>
internal sealed record ClearDaysBefore(int Days) : CountingRule
{
    public override string Name => "clear_before";

    public override string Describe(string from) => $"{Plural(Days, "clear day")} before {from}: neither end counts";

    public override DateOnly Count(DateOnly start, CountedDays days) => start.AddDays(-Days - 1);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days) =>
        $"{Plural(Days, "clear day")} before {Spell(start)}: {Spell(result.AddDays(1))} to {Spell(start.AddDays(-1))} lie between, so {Spell(result)} is the latest day.";

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Walk(start, result, d => d == result ? "not counted: the clear days lie after it" : null, "not counted: the clear days lie before it");
}

/// <summary>"N clear days after": neither end counts, so the result is the first free day. R v Turner [1910] 1 KB 346.</summary>
internal sealed record ClearDaysAfter(int Days) : CountingRule
{
    public override string Name => "clear_after";

    public override string Describe(string from) => $"{Plural(Days, "clear day")} after {from}: neither end counts";

    public override DateOnly Count(DateOnly start, CountedDays days) => start.AddDays(Days + 1);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days) =>
        $"{Plural(Days, "clear day")} after {Spell(start)}: {Spell(start.AddDays(1))} to {Spell(result.AddDays(-1))} lie between, so {Spell(result)} is the first free day.";

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Walk(start, result, d => d == result ? "not counted: the first day after the clear days" : null, "not counted: the clear days lie after it");
}

/// <summary>
/// "By 28 February each year": a date that the law itself names. Day 29 of February means the last day of the month ("before
/// 1 March" in Local Government Finance Act 1992 s.40(5)).
/// </summary>
/// <param name="YearOffset">Years added to the year given.</param>
internal sealed record FixedDate(int YearOffset, int Month, int Day) : CountingRule
{
    public override string Name => "fixed";

    public override string Describe(string from) => $"{Day.ToString(CultureInfo.InvariantCulture)} {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(Month)} {YearOffset switch
    {
        0 => "of",
        < 0 => $"{Plural(-YearOffset, "year")} before",
        _ => $"{Plural(YearOffset, "year")} after",
    }} {from}";

    public override DateOnly Count(DateOnly start, CountedDays days)
    {
        var year = start.Year + YearOffset;
        return new DateOnly(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
    }

    public override string Explain(DateOnly start, DateOnly result, CountedDays days)
    {
        var year = start.Year.ToString(CultureInfo.InvariantCulture);
        return YearOffset switch
        {
            0 => $"{Spell(result)}: a fixed date in {year}.",
            < 0 => $"{Spell(result)}: a fixed date, {Plural(-YearOffset, "year")} before {year}.",
            _ => $"{Spell(result)}: a fixed date, {Plural(YearOffset, "year")} after {year}.",
        };
    }

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) => [new CountedDay(result, null, "the law names this day")];
}

/// <summary>"After the end of the period": parts of a day do not count (Lester v Garland (1808) 15 Ves 248), so it is the next day.</summary>
internal sealed record DayAfter : CountingRule
{
    public override string Name => "day_after";

    public override string Describe(string from) => $"the day after {from}";

    public override DateOnly Count(DateOnly start, CountedDays days) => start.AddDays(1);

    public override string Explain(DateOnly start, DateOnly result, CountedDays days) =>
        $"{Spell(start)} runs to midnight, so the next day, {Spell(result)}, is the first.";

    public override IReadOnlyList<CountedDay> DayByDay(DateOnly start, DateOnly result, CountedDays days) =>
        Walk(start, result, Never, "not counted: it runs to midnight");
}
