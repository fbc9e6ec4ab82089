using System.Globalization;
using System.Runtime.InteropServices;

namespace Engagement.Consultations.Domain.Timescales.Counting;

internal enum LengthUnit
{
    Day,
    Week,
    Month,
    Year,
}

/// <summary>
/// A number of days, weeks, months or years. Months are calendar months (Interpretation Act 1978 s.5 and Sch 1) and are counted
/// by the corresponding date (Dodds v Walker [1981] 1 WLR 1027): a month that has no such date gives its last day. Years are
/// twelve months each. No month is ever taken for 30 days.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Length(int Number, LengthUnit Unit)
{
    public bool IsOfWholeDays => Unit is LengthUnit.Day or LengthUnit.Week;

    /// <summary>The length in days; only for days and weeks, since a month has no fixed number of them.</summary>
    public int Days => Unit switch
    {
        LengthUnit.Day => Number,
        LengthUnit.Week => Number * 7,
        _ => throw new InvalidOperationException($"{this} is not a fixed number of days."),
    };

    /// <summary>The same number of days later, or the corresponding date.</summary>
    public DateOnly After(DateOnly date) => IsOfWholeDays ? date.AddDays(Days) : date.AddMonths(Months);

    /// <summary>The same number of days earlier, or the corresponding date.</summary>
    public DateOnly Before(DateOnly date) => IsOfWholeDays ? date.AddDays(-Days) : date.AddMonths(-Months);

    /// <summary>
    /// A count of months or years as a table: the start, the corresponding date of each month, and the result. Days are not numbered,
    /// because months are counted and not days.
    /// </summary>
    public IReadOnlyList<CountedDay> MonthByMonth(DateOnly start, DateOnly result, bool forwards, string startIs)
    {
        List<CountedDay> rows = [new(start, null, startIs)];
        for (var month = 1; month <= Months; month++)
        {
            var date = start.AddMonths(forwards ? month : -month);
            rows.Add(new CountedDay(
                date,
                month,
                date.Day == start.Day
                    ? $"the corresponding date, {(month == 1 ? "1 month" : string.Create(CultureInfo.InvariantCulture, $"{month} months"))} {(forwards ? "on" : "back")}"
                    : $"the last day of a month without a {start.Day.ToString(CultureInfo.InvariantCulture)}{(start.Day == 31 ? "st" : "th")}"));
        }

        if (rows[^1].Date != result)
        {
            rows.Add(new CountedDay(result, null, "the last day, the one before the corresponding date"));
        }

        return rows;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number} {Unit.ToString().ToLowerInvariant()}{(Number == 1 ? "" : "s")}");

    private int Months => Unit == LengthUnit.Year ? Number * 12 : Number;
}
