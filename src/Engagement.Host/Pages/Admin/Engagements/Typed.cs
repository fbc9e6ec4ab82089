using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Reads what people type into text fields.</summary>
internal static class Typed
{
    /// <summary>The lines that say something.</summary>
    public static IReadOnlyList<string> Lines(string? text) => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Says at once what is missing, beside what else is wrong with the form.</summary>
    public static void Require(string? text, ModelStateDictionary state, string key, string message)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            state.AddModelError(key, message);
        }
    }

    /// <summary>A number as people write it, such as <c>1,200</c> or <c>12.5</c>; null with the error in the model state where it is none, or where it is missing and required.</summary>
    /// <param name="what">The beginning of the sentence that says what is wrong, such as "The reach aimed at".</param>
    public static decimal? Number(string? text, ModelStateDictionary state, string key, string what, bool required)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required)
            {
                state.AddModelError(key, $"{what} is missing. Enter a number.");
            }

            return null;
        }

        if (TryRead(text, out var number))
        {
            return number;
        }

        state.AddModelError(key, $"{what} must be a number, such as 120 or 12.5.");
        return null;
    }

    /// <summary>A whole number that must be there, as <see cref="Number"/>.</summary>
    public static int? Whole(string? text, ModelStateDictionary state, string key, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (int?)Number(text, state, key, what, required: true);
        }

        if (TryRead(text, out var number) && number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue)
        {
            return (int)number;
        }

        state.AddModelError(key, $"{what} must be a whole number, such as 120.");
        return null;
    }

    private static bool TryRead(string text, out decimal number) => decimal.TryParse(
        text.Trim().Replace(",", "", StringComparison.Ordinal).TrimEnd('%'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    /// <summary>A number as a form shows it.</summary>
    public static string Write(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>A key of the plan for something that has a name, such as <c>people-over-75</c>, different from those that are taken.</summary>
    public static string KeyFor(string? name, IEnumerable<string> taken)
    {
        var words = new StringBuilder();
        foreach (var letter in (name ?? "").Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                words.Append(letter);
            }
            else if (words.Length > 0 && words[^1] != '-' && (char.IsWhiteSpace(letter) || letter == '-'))
            {
                words.Append('-');
            }
        }

        const int Longest = 36;
        var key = words.ToString()[..Math.Min(words.Length, Longest)].Trim('-');
        key = key.Length == 0 ? "item" : key;
        var used = taken.ToHashSet(StringComparer.Ordinal);
        return used.Contains(key)
            ? Enumerable.Range(2, used.Count + 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{key}-{n}")).First(k => !used.Contains(k))
            : key;
    }
}
