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

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number} {Unit.ToString().ToLowerInvariant()}{(Number == 1 ? "" : "s")}");

    private int Months => Unit == LengthUnit.Year ? Number * 12 : Number;
}
