using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.Host.Pages;

/// <summary>A date as somebody typed it, kept word for word, so that a page can show it again when it is refused.</summary>
public sealed record DateInput
{
    private static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    public string? Day { get; init; }

    public string? Month { get; init; }

    public string? Year { get; init; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    public static DateInput From(DateOnly? date) => date is not { } day
        ? new DateInput()
        : new DateInput
        {
            Day = day.Day.ToString(CultureInfo.InvariantCulture),
            Month = day.Month.ToString(CultureInfo.InvariantCulture),
            Year = day.Year.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>The date, where what was typed is one: the month as a number or a name ("3", "03", "Mar", "March"), the year in four digits.</summary>
    public bool TryGetDate(out DateOnly date)
    {
        date = default;
        if (Number(Day, 2) is not { } day || MonthNumber() is not { } month || Number(Year, 4) is not (>= 1000 and { } year))
        {
            return false;
        }

        if (month > 12 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>
    /// The date, or null with the error in the model state, at the part that is missing or at the whole. Nothing typed is null too,
    /// and an error only when the date is required.
    /// </summary>
    /// <param name="key">The name of the property, such as <c>OpensOn</c>.</param>
    /// <param name="what">The beginning of the sentence that says what is wrong, such as "The opening day".</param>
    public DateOnly? Read(ModelStateDictionary state, string key, string what, bool required = false)
    {
        if (TryGetDate(out var date))
        {
            return date;
        }

        string[] missing =
        [
            .. new (string Name, string? Text)[] { (nameof(Day), Day), (nameof(Month), Month), (nameof(Year), Year) }
                .Where(p => string.IsNullOrWhiteSpace(p.Text)).Select(p => p.Name),
        ];
        if (IsEmpty)
        {
            if (required)
            {
                state.AddModelError(key, $"{what} is missing. Enter a day, month and year.");
            }
        }
        else if (missing.Length > 0)
        {
            var parts = string.Join(" and ", missing.Select(p => "a " + p.ToLowerInvariant()));
            state.AddModelError($"{key}.{missing[0]}", $"{what} must include {parts}.");
        }
        else if (Number(Year, 4) is not >= 1000)
        {
            state.AddModelError($"{key}.{nameof(Year)}", $"{what} must have a year of 4 digits, such as 2027.");
        }
        else
        {
            state.AddModelError(key, $"{what} must be a real date, such as 27 3 2027.");
        }

        return null;
    }

    private int? MonthNumber()
    {
        if (Number(Month, 2) is { } number)
        {
            return number;
        }

        var typed = Month?.Trim().TrimEnd('.').ToLowerInvariant();
        var index = typed is { Length: >= 3 } ? Array.FindIndex(Months, m => m.StartsWith(typed, StringComparison.Ordinal)) : -1;
        return typed == "sept" ? 9 : index < 0 ? null : index + 1;
    }

    /// <summary>A whole number from 1 in at most so many digits.</summary>
    private static int? Number(string? text, int digits) =>
        text?.Trim() is { } typed && typed.Length <= digits
        && int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
