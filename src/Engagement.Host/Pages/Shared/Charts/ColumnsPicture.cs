using System.Globalization;

namespace Engagement.Host.Pages.Shared.Charts;

/// <summary>One day of a chart of columns.</summary>
/// <param name="Lower">Drawn solid, from the ground up.</param>
/// <param name="Upper">Drawn hatched, on top of it.</param>
public sealed record DayColumn(DateOnly Day, int Lower, int Upper)
{
    public int Total => Lower + Upper;
}

/// <summary>Columns, one a day, with a place for each. Pure arithmetic; <c>_ColumnsPicture.cshtml</c> draws what stands here.</summary>
public sealed record ColumnsPicture(IReadOnlyList<PlacedDay> Columns, IReadOnlyList<Level> Levels, IReadOnlyList<Tick> Days, string Title, string Description)
{
    public const double Width = 760;
    public const double Height = 280;
    public const double Ground = Height - 32;
    private const double Top = 12;
    private const double Left = 52;
    private const double Right = Width - 8;

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="first">The first day shown; days without a response have a column of nothing.</param>
    /// <param name="last">The last day shown, counted in.</param>
    public static ColumnsPicture Of(string title, DateOnly first, DateOnly last, IReadOnlyDictionary<DateOnly, DayColumn> byDay)
    {
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Select(d => byDay.GetValueOrDefault(d) ?? new DayColumn(d, 0, 0)).ToList();
        var top = NiceTop(days.Max(d => d.Total));
        var step = (Right - Left) / days.Count;
        var gap = step > 6 ? 2 : step > 3 ? 1 : 0;
        return new ColumnsPicture(
            [.. days.Select((d, i) =>
            {
                var lower = d.Lower * (Ground - Top) / top;
                var upper = d.Upper * (Ground - Top) / top;
                return new PlacedDay(Round(Left + (i * step) + (gap / 2.0)), Round(step - gap), Round(Ground - lower), Round(lower), Round(Ground - lower - upper), Round(upper));
            })],
            [.. Enumerable.Range(0, 5).Select(i => new Level(Round(Ground - (i * (Ground - Top) / 4)), (top * i / 4).ToString("N0", English)))],
            TicksOf(days, step),
            title,
            Describe(days));
    }

    /// <summary>The end of the scale: four equal whole steps that hold the highest column.</summary>
    internal static int NiceTop(int highest)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var factor in new[] { 4L, 8, 12, 20, 28 })
            {
                if (factor * power >= highest)
                {
                    return (int)Math.Min(factor * power, int.MaxValue);
                }
            }
        }
    }

    private static List<Tick> TicksOf(List<DayColumn> days, double step)
    {
        var every = (int)Math.Max(1, Math.Ceiling(58 / step));
        if (every > 1)
        {
            every = (every + 6) / 7 * 7;
        }

        return [.. days.Select((d, i) => (d, i)).Where(x => x.i % every == 0).Select(x => new Tick(Round(Left + (x.i * step) + (step / 2)), x.d.Day.ToString("d MMM", English)))];
    }

    private static string Describe(List<DayColumn> days)
    {
        var total = days.Sum(d => d.Total);
        if (total == 0)
        {
            return "No responses yet.";
        }

        var most = days.MaxBy(d => d.Total)!;
        return $"{total.ToString("N0", English)} {(total == 1 ? "response" : "responses")} from {days[0].Day.ToString("d MMMM yyyy", English)} to {days[^1].Day.ToString("d MMMM yyyy", English)}. "
            + $"Most came on {UkTimeText(most.Day)}: {most.Total.ToString("N0", English)}. The table holds the same numbers.";
    }

    private static string UkTimeText(DateOnly day) => day.ToString("dddd d MMMM yyyy", English);

    private static double Round(double number) => Math.Round(number, 2);
}

public sealed record PlacedDay(double X, double Width, double LowerTop, double LowerHeight, double UpperTop, double UpperHeight);

public sealed record Level(double Y, string Label);
