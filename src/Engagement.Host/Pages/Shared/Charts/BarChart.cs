namespace Engagement.Host.Pages.Shared.Charts;

/// <summary>
/// Horizontal bars that are a table at the same time: each row has its words, its bar and its figures, so that a chart and its table
/// cannot disagree and nothing has to be read off a picture. Shown by <c>_BarChart.cshtml</c>.
/// </summary>
/// <param name="Caption">Of the table; unique on its page.</param>
/// <param name="Summary">One sentence, made from the figures.</param>
/// <param name="LabelHeading">Heads the words, such as <c>Answer</c>.</param>
/// <param name="Base">What the shares are shares of, such as <c>204 of 230 responses answered</c>.</param>
/// <param name="HeadsTheCaption">Whether the caption is the visible heading of the chart; otherwise it is for screen readers only.</param>
public sealed record BarChart(string Caption, string Summary, string LabelHeading, string Base, IReadOnlyList<Bar> Bars, bool HeadsTheCaption = false)
{
    /// <summary>The width of the drawing, in its own units.</summary>
    public const int Width = 200;

    /// <summary>The longest bar fills the width; a bar of anything is seen.</summary>
    public int LengthOf(Bar bar)
    {
        var most = Bars.Max(b => b.Count);
        return bar.Count == 0 || most == 0 ? 0 : Math.Max(2, (int)Math.Round((decimal)bar.Count / most * Width));
    }
}

/// <param name="Share">In words, such as <c>47.1%</c>; null where the base is too small for one.</param>
/// <param name="Address">Where the row leads; null for nowhere.</param>
public sealed record Bar(string Label, int Count, string? Share, string? Address = null);
