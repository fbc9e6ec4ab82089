using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>A time of day as officers type it: <c>9am</c>, <c>5:30pm</c>, <c>17:00</c>, <c>midday</c>.</summary>
public static partial class TypedTime
{
    /// <returns>Null where nothing was typed, or where it cannot be read: then the model state holds the error.</returns>
    public static TimeOnly? Read(string? typed, ModelStateDictionary state, string key)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (Parse(typed) is { } time)
        {
            return time;
        }

        state.AddModelError(key, "Enter a time such as 9am, 5:30pm or 17:00, or leave it empty for the whole day");
        return null;
    }

    public static string? Write(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    internal static TimeOnly? Parse(string typed)
    {
        var text = typed.Trim().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal).Replace(".", ":", StringComparison.Ordinal);
        if (text is "midday" or "noon")
        {
            return new TimeOnly(12, 0);
        }

        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var hour = int.Parse(match.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].Value, CultureInfo.InvariantCulture) : 0;
        var half = match.Groups["half"].Value;
        return half.Length == 0
            ? match.Groups["minute"].Success && hour < 24 && minute < 60 ? new TimeOnly(hour, minute) : null
            : hour is >= 1 and <= 12 && minute < 60 ? new TimeOnly((hour % 12) + (half == "pm" ? 12 : 0), minute) : null;
    }

    [GeneratedRegex("^(?<hour>[0-9]{1,2})(:(?<minute>[0-9]{2}))?(?<half>am|pm)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
