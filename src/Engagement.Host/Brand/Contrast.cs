using System.Globalization;

namespace Engagement.Host.Brand;

/// <summary>The contrast of two colours by WCAG 2.2 (success criteria 1.4.3 and 1.4.11): from 1 to 21.</summary>
internal static class Contrast
{
    /// <param name="one">As <c>#rrggbb</c>.</param>
    /// <param name="other">As <c>#rrggbb</c>.</param>
    /// <exception cref="FormatException">One of them is no colour of that form.</exception>
    public static double Of(string one, string other)
    {
        var (a, b) = (LuminanceOf(one), LuminanceOf(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double LuminanceOf(string colour)
    {
        if (colour.Length != 7 || colour[0] != '#' || !int.TryParse(colour.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            throw new FormatException($"'{colour}' is no colour of the form #rrggbb.");
        }

        return (0.2126 * Linear((rgb >> 16) & 255)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));
    }

    private static double Linear(int channel) => channel / 255.0 is var c && c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
}
