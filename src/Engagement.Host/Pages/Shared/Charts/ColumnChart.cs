namespace Engagement.Host.Pages.Shared.Charts;

/// <summary>Upright columns over time or another order, with the same figures in a table below. Shown by <c>_ColumnChart.cshtml</c>.</summary>
/// <param name="Caption">Of the table and the drawing; unique on its page.</param>
/// <param name="Summary">One sentence, made from the figures: what the picture says to those who do not see it.</param>
/// <param name="LabelHeading">Heads the words in the table, such as <c>Day</c>.</param>
/// <param name="CountHeading">Heads the figures in the table, such as <c>Responses</c>.</param>
public sealed record ColumnChart(string Caption, string Summary, string LabelHeading, string CountHeading, IReadOnlyList<Column> Columns)
{
    public const int Width = 640;
    public const int Height = 200;
    private const int Gap = 2;

    /// <summary>The figure at the top of the drawing: the highest column, rounded up to one, two or five times a power of ten.</summary>
    public int Top
    {
        get
        {
            var most = Columns.Count == 0 ? 0 : Columns.Max(c => c.Count);
            var power = 1;
            while (power < int.MaxValue / 10 && most > power * 10L)
            {
                power *= 10;
            }

            return most <= 1 ? 1 : new[] { power, power * 2L, power * 5L, power * 10L }.Where(t => t >= most).Select(t => (int)Math.Min(t, int.MaxValue)).First();
        }
    }

    /// <summary>Where a column stands and how large it is, in the units of the drawing.</summary>
    public (decimal X, decimal Y, decimal Width, decimal Height) PlaceOf(int index)
    {
        var step = (decimal)Width / Columns.Count;
        var height = Columns[index].Count == 0 ? 0 : Math.Max(1, Math.Round((decimal)Columns[index].Count / Top * Height, 1));
        return (Math.Round((step * index) + (step > Gap * 2 ? Gap / 2m : 0), 2), Height - height, Math.Round(step > Gap * 2 ? step - Gap : step, 2), height);
    }
}

/// <param name="Label">As the table shows it, such as <c>4 June 2026</c>.</param>
public sealed record Column(string Label, int Count);
