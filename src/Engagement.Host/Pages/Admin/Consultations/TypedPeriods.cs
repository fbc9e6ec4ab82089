using System.Globalization;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Runs of days as officers type them, one a line: <c>19 December 2026 to 3 January 2027</c>.</summary>
public static class TypedPeriods
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] Forms = ["d MMMM yyyy", "d MMM yyyy", "d M yyyy", "d/M/yyyy", "yyyy-MM-dd"];

    /// <param name="wrong">The first line that cannot be read; null where all can.</param>
    public static IReadOnlyList<DateOnly[]> Read(string? typed, out string? wrong)
    {
        List<DateOnly[]> periods = [];
        foreach (var line in (typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = line.Split(" to ", StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || !TryRead(ends[0], out var first) || !TryRead(ends[1], out var last) || last < first)
            {
                wrong = line;
                return periods;
            }

            periods.Add([first, last]);
        }

        wrong = null;
        return periods;
    }

    public static string Write(IEnumerable<DateOnly[]> periods) =>
        string.Join('\n', periods.Select(p => $"{p[0].ToString("d MMMM yyyy", English)} to {p[1].ToString("d MMMM yyyy", English)}"));

    private static bool TryRead(string text, out DateOnly date) => DateOnly.TryParseExact(text, Forms, English, DateTimeStyles.AllowInnerWhite, out date);
}
