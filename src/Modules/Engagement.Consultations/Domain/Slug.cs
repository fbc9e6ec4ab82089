using System.Globalization;
using System.Text;

namespace Engagement.Consultations.Domain;

/// <summary>The last part of a consultation's public address: lower-case letters, digits and hyphens.</summary>
internal static class Slug
{
    /// <summary>Without the number that tells namesakes apart.</summary>
    public const int MaximumLength = 80;

    /// <summary>From <c>Closure of Café Street – phase 2</c> to <c>closure-of-cafe-street-phase-2</c>.</summary>
    public static string From(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in title.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        if (text.Length > MaximumLength)
        {
            // Cut between words where there is a place to.
            var end = text[MaximumLength] == '-' ? MaximumLength : text.LastIndexOf('-', MaximumLength - 1);
            text = text[..(end > 0 ? end : MaximumLength)];
        }

        return text.Length == 0 ? "consultation" : text;
    }

    /// <summary>The first of <c>slug</c>, <c>slug-2</c>, <c>slug-3</c> … that nobody has.</summary>
    public static string FirstFree(string slug, IReadOnlySet<string> taken)
    {
        var candidate = slug;
        for (var number = 2; taken.Contains(candidate); number++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
        }

        return candidate;
    }
}
