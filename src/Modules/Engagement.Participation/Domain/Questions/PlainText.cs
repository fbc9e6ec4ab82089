using System.Buffers;
using System.Text;

namespace Engagement.Participation.Domain.Questions;

/// <summary>Text from outside, as it is kept: NFC, line feeds alone, no control characters, no white space at the ends.</summary>
internal static class PlainText
{
    /// <summary>Control characters but tab and line feed, and the marks that turn the direction of what follows.</summary>
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c =>
            (char.IsControl(c) && c is not '\n' and not '\t') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))]);

    public static string Clean(string text)
    {
        var composed = text.ReplaceLineEndings("\n").Normalize(NormalizationForm.FormC);
        return composed.AsSpan().ContainsAny(Unwanted) ? string.Concat(composed.Where(c => !Unwanted.Contains(c))).Trim() : composed.Trim();
    }
}
