namespace Engagement.Host.Pages.Public;

/// <param name="Number">Of the page shown, from 1.</param>
/// <param name="Address">Of each page, by its number.</param>
public sealed record NumberedPages(int Number, int Last, Func<int, string> Address)
{
    /// <summary>The first, the last, and those around this one; null where some are left out.</summary>
    public IEnumerable<int?> Shown
    {
        get
        {
            var before = 0;
            foreach (var number in Enumerable.Range(1, Last).Where(n => n == 1 || n == Last || Math.Abs(n - Number) <= 1))
            {
                if (number > before + 1)
                {
                    yield return null;
                }

                yield return number;
                before = number;
            }
        }
    }
}
