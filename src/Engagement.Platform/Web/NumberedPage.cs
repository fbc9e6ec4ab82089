namespace Engagement.Platform.Web;

/// <summary>One page of a list for people, who go to a page by its number.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Total">Rows on all pages together.</param>
public sealed record NumberedPage<T>(IReadOnlyList<T> Items, int Number, int Size, int Total)
{
    /// <summary>At least 1: an empty list has one page without rows.</summary>
    public int Count => Math.Max(1, (Total + Size - 1) / Size);
}
