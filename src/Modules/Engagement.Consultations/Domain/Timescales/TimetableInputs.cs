using System.Globalization;
using System.Text.Json;
using Engagement.Consultations.Domain.Timescales.Counting;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>What is known about a consultation: dates and years by name, school holidays, the time of day at which it closes.</summary>
internal sealed record TimetableInputs
{
    public const string Opens = "opens";
    public const string Closes = "closes";

    /// <summary>The day on which the decision is to be taken.</summary>
    public const string Decision = "decision";

    /// <summary>Polling day of an election in the area.</summary>
    public const string Poll = "poll";

    /// <summary>The day on which the notice of that election was, or is to be, published.</summary>
    public const string NoticeOfElection = "notice_of_election";

    public const string SchoolBreaksName = "school_breaks";

    /// <summary>Inputs that every regime takes, because they serve the warnings that are no regime's own.</summary>
    public static readonly IReadOnlyDictionary<string, InputKind> General = new Dictionary<string, InputKind>(StringComparer.Ordinal)
    {
        [Opens] = InputKind.Date,
        [Closes] = InputKind.Date,
        [Decision] = InputKind.Date,
        [Poll] = InputKind.Date,
        [NoticeOfElection] = InputKind.Date,
        [SchoolBreaksName] = InputKind.Breaks,
    };

    /// <summary>No date before it or after <see cref="LastDate"/> is taken: it would be a slip, and no count from within leaves the calendar.</summary>
    public static readonly DateOnly FirstDate = new(1900, 1, 1);

    public static readonly DateOnly LastDate = new(2199, 12, 31);

    private const string DateFormat = "yyyy-MM-dd";

    public IReadOnlyDictionary<string, DateOnly> Dates { get; init; } = new Dictionary<string, DateOnly>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Years { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Null when nobody said; an empty list says that there are none.</summary>
    public IReadOnlyList<DateRange>? SchoolBreaks { get; init; }

    /// <summary>UK wall time on the closing day; null is the end of the day.</summary>
    public TimeOnly? ClosingTime { get; init; }

    public DateOnly? Date(string name) => Dates.TryGetValue(name, out var date) ? date : null;

    public TimetableInputs With(string name, DateOnly date) =>
        this with { Dates = new Dictionary<string, DateOnly>(Dates, StringComparer.Ordinal) { [name] = date } };

    public TimetableInputs Without(string name) =>
        this with { Dates = Dates.Where(d => d.Key != name).ToDictionary(StringComparer.Ordinal) };

    /// <summary>The names that were given.</summary>
    public IEnumerable<(string Name, InputKind Kind)> Given()
    {
        foreach (var name in Dates.Keys)
        {
            yield return (name, InputKind.Date);
        }

        foreach (var name in Years.Keys)
        {
            yield return (name, InputKind.Year);
        }

        if (SchoolBreaks is not null)
        {
            yield return (SchoolBreaksName, InputKind.Breaks);
        }
    }

    /// <summary>
    /// Reads inputs from JSON: a date is text such as <c>2025-09-17</c>, a year a number, school holidays a list of first and
    /// last days. Which names there may be is the calculator's business.
    /// </summary>
    /// <param name="refuse">Told the name of each input that cannot be read, and why; such an input is left out.</param>
    public static TimetableInputs Read(IEnumerable<KeyValuePair<string, JsonElement>> given, Action<string, string> refuse)
    {
        Dictionary<string, DateOnly> dates = new(StringComparer.Ordinal);
        Dictionary<string, int> years = new(StringComparer.Ordinal);
        List<DateRange>? breaks = null;
        foreach (var (name, value) in given)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    if (ReadDate(value, out var date) is { } refusal)
                    {
                        refuse(name, refusal);
                    }
                    else
                    {
                        dates[name] = date;
                    }

                    break;
                case JsonValueKind.Number when value.TryGetInt32(out var year) && year >= FirstDate.Year && year <= LastDate.Year:
                    years[name] = year;
                    break;
                case JsonValueKind.Number:
                    refuse(name, $"A year is a whole number from {FirstDate.Year} to {LastDate.Year}, not {value.GetRawText()}.");
                    break;
                case JsonValueKind.Array when name == SchoolBreaksName:
                    breaks = ReadBreaks(value, reason => refuse(name, reason));
                    break;
                default:
                    refuse(name, "Give a date as text such as \"2025-09-17\", a year as a number, or school_breaks as a list of [first day, last day].");
                    break;
            }
        }

        return new TimetableInputs { Dates = dates, Years = years, SchoolBreaks = breaks };
    }

    /// <summary>Refuses dates that nobody can mean, whoever made these inputs.</summary>
    /// <exception cref="RuleBrokenException"><c>date-out-of-range</c>.</exception>
    public void CheckRange()
    {
        foreach (var (name, date) in Dates)
        {
            if (date < FirstDate || date > LastDate)
            {
                throw new RuleBrokenException("date-out-of-range", $"'{name}' is {date.ToString(DateFormat, CultureInfo.InvariantCulture)}: dates from {FirstDate.Year} to {LastDate.Year} can be counted from.");
            }
        }

        foreach (var (name, year) in Years)
        {
            if (year < FirstDate.Year || year > LastDate.Year)
            {
                throw new RuleBrokenException("date-out-of-range", $"'{name}' is {year.ToString(CultureInfo.InvariantCulture)}: years from {FirstDate.Year} to {LastDate.Year} can be counted from.");
            }
        }
    }

    private static List<DateRange>? ReadBreaks(JsonElement list, Action<string> refuse)
    {
        List<DateRange> breaks = [];
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 2)
            {
                refuse("Each school holiday is a list of two dates: its first and its last day.");
                return null;
            }

            var refusal = ReadDate(item[0], out var first);
            refusal = ReadDate(item[1], out var last) ?? refusal;
            if (refusal is null && last < first)
            {
                refusal = $"A school holiday ends ({item[1].GetString()}) before it begins ({item[0].GetString()}).";
            }

            if (refusal is not null)
            {
                refuse(refusal);
                return null;
            }

            breaks.Add(new DateRange(first, last));
        }

        return breaks;
    }

    /// <returns>Null, or why it is no date.</returns>
    private static string? ReadDate(JsonElement value, out DateOnly date)
    {
        date = default;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        if (value.ValueKind != JsonValueKind.String || !DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
        {
            return $"'{text}' is not a real date written as year-month-day, such as 2025-09-17.";
        }

        return date < FirstDate || date > LastDate ? $"'{text}' is out of range: dates from {FirstDate.Year} to {LastDate.Year} can be counted from." : null;
    }
}
