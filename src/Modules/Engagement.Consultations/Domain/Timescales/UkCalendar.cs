using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>
/// Bank holidays of England and Wales (Banking and Financial Dealings Act 1971 s.1 and Sch 1, royal proclamations, and
/// Christmas Day and Good Friday by common law), as data with a source and a date. It knows only the years that have been
/// published and refuses to guess any other.
/// </summary>
internal sealed class UkCalendar
{
    public const string HolidaysUnknown = "holidays-unknown";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly FrozenDictionary<DateOnly, string> titles;
    private readonly FrozenDictionary<int, DateOnly> goodFridays;

    private UkCalendar(CalendarFile file)
    {
        Source = file.Source;
        Licence = file.Licence;
        AsOf = file.AsOf;
        FirstYear = file.FirstYear;
        LastYear = file.LastYear;
        titles = file.Days.ToFrozenDictionary(d => d.Date, d => d.Title);
        goodFridays = file.Days.Where(d => d.Title == "Good Friday").ToFrozenDictionary(d => d.Date.Year, d => d.Date);
        var empty = Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Where(year => !goodFridays.ContainsKey(year)).ToList();
        if (empty.Count > 0 || titles.Keys.Any(d => d.Year < FirstYear || d.Year > LastYear))
        {
            throw new InvalidDataException($"The bank holidays do not match the years they claim to cover ({FirstYear} to {LastYear}).");
        }
    }

    private UkCalendar(UkCalendar published, IEnumerable<KeyValuePair<DateOnly, string>> additions)
    {
        Source = published.Source;
        Licence = published.Licence;
        AsOf = published.AsOf;
        FirstYear = published.FirstYear;
        LastYear = published.LastYear;
        goodFridays = published.goodFridays;

        // What has been published since goes before what was recorded by hand.
        Dictionary<DateOnly, string> all = new(published.titles);
        foreach (var (date, title) in additions)
        {
            all.TryAdd(date, title);
        }

        titles = all.ToFrozenDictionary();
    }

    /// <summary>Where the days come from, for people who want to check.</summary>
    public string Source { get; }

    public string Licence { get; }

    /// <summary>The day of the last change to the source.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The first year whose bank holidays are complete.</summary>
    public int FirstYear { get; }

    /// <summary>The last year whose bank holidays are complete.</summary>
    public int LastYear { get; }

    /// <summary>Reads the days that the program carries.</summary>
    public static UkCalendar Load() =>
        new(JsonSerializer.Deserialize<CalendarFile>(EmbeddedFile.Read("calendars.bank-holidays-england-and-wales.json"), Json)!);

    /// <summary>The same with bank holidays that were proclaimed after the data was made. They complete no year: one that is not known stays so.</summary>
    public UkCalendar With(IEnumerable<KeyValuePair<DateOnly, string>> additions) => new(this, additions);

    public bool Knows(int year) => year >= FirstYear && year <= LastYear;

    /// <summary>The bank holiday's name, such as <c>Good Friday</c>; null on any other day.</summary>
    /// <exception cref="RuleBrokenException"><c>holidays-unknown</c>.</exception>
    public string? BankHoliday(DateOnly date)
    {
        if (!Knows(date.Year))
        {
            throw new RuleBrokenException(
                HolidaysUnknown,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The bank holidays of {date.Year} are not known, so days that leave them out cannot be counted. They are known from {FirstYear} to {LastYear}: choose dates within those years, or count by hand once the holidays have been published."));
        }

        return titles.GetValueOrDefault(date);
    }

    /// <summary>Every bank holiday that is known, with its name, in order.</summary>
    public IEnumerable<KeyValuePair<DateOnly, string>> Days => titles.OrderBy(d => d.Key);

    /// <summary>Null in a year that is not known.</summary>
    public DateOnly? GoodFriday(int year) => goodFridays.TryGetValue(year, out var date) ? date : null;

    /// <summary>Monday to Friday and no bank holiday.</summary>
    /// <exception cref="RuleBrokenException"><c>holidays-unknown</c>.</exception>
    public bool IsWorkingDay(DateOnly date) =>
        BankHoliday(date) is null && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>
    /// A public holiday of the planning orders (SI 2018/119): Christmas Day, Good Friday or a bank holiday in England. Christmas
    /// Day counts on its own date beside its substitute day, and 26 December is itself a bank holiday unless it is a Sunday
    /// (Banking and Financial Dealings Act 1971 Sch 1 para 1): of December 2026 both Saturday 26 and Monday 28 are left out.
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>holidays-unknown</c>.</exception>
    public bool IsPublicHoliday(DateOnly date) =>
        BankHoliday(date) is not null
        || date is { Month: 12, Day: 25 }
        || (date is { Month: 12, Day: 26 } && date.DayOfWeek != DayOfWeek.Sunday);

    private sealed record CalendarFile(
        string Division, string Source, string Licence, DateOnly AsOf, int FirstYear, int LastYear, IReadOnlyList<CalendarDay> Days);

    private sealed record CalendarDay(DateOnly Date, string Title, string? Note = null);
}
