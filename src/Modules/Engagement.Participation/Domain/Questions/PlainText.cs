using System.Text;

namespace Engagement.Participation.Domain.Questions;

/// <summary>Text from outside, as it is kept: NFC, line feeds alone, no control characters, no white space at the ends.</summary>
internal static class PlainText
{
    public static string Clean(string text)
    {
        var composed = text.ReplaceLineEndings("\n").Normalize(NormalizationForm.FormC);
        return composed.Any(IsUnwanted) ? string.Concat(composed.Where(c => !IsUnwanted(c))).Trim() : composed.Trim();
    }

    /// <summary>Control characters but tab and line feed, and the marks that turn the direction of what follows.</summary>
    private static bool IsUnwanted(char c) =>
        (char.IsControl(c) && c is not '\n' and not '\t') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
