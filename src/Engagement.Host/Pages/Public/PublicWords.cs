using System.Globalization;
using Engagement.Consultations.Domain;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Public;

/// <summary>Dates, counts and files in plain words.</summary>
internal static class PublicWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="lastDay">The last day is counted in: on it, it closes today.</param>
    public static string DaysLeft(DateOnly lastDay, DateOnly today) => (lastDay.DayNumber - today.DayNumber) switch
    {
        < 0 => "closed",
        0 => "closes today",
        1 => "1 day left",
        var days => string.Create(English, $"{days} days left"),
    };

    public static string Count(int number, string one, string several) => string.Create(English, $"{number:N0} {(number == 1 ? one : several)}");

    /// <summary>Of a base, as whole per cent; nothing where there is no base.</summary>
    public static string Share(int part, int of) => of == 0 ? "" : string.Create(English, $"{Math.Round(100m * part / of, MidpointRounding.AwayFromZero):0}%");

    public static string Day(DateOnly date) => date.ToString("d MMMM yyyy", English);

    public static string Day(DateTimeOffset instant) => Day(UkTime.DateOf(instant));

    public static string Time(TimeOnly time) => time switch
    {
        { Hour: 12, Minute: 0 } => "midday",
        { Minute: 0 } => time.ToString("%h", English) + Half(time),
        _ => time.ToString("h:mm", English) + Half(time),
    };

    /// <summary>When an event takes place: <c>Monday 30 November 2026, 4pm to 7:30pm</c>.</summary>
    public static string When(PublicEvent occasion)
    {
        var from = occasion.Starts.Time is { } start ? $"{UkTime.Spell(occasion.Starts.Date)}, {Time(start)}" : UkTime.Spell(occasion.Starts.Date);
        return occasion.Ends switch
        {
            null => from,
            { } end when end.Date == occasion.Starts.Date => end.Time is { } until ? $"{from} to {Time(until)}" : from,
            { } end => $"{from} to {UkTime.Spell(end.Date)}{(end.Time is { } until ? $", {Time(until)}" : "")}",
        };
    }

    /// <summary>The name of a paper without the ending that its type repeats.</summary>
    public static string FileName(string name) => Path.GetFileNameWithoutExtension(name);

    public static string FileType(string mediaType) => mediaType switch
    {
        "application/pdf" => "PDF",
        "text/csv" => "CSV",
        "text/plain" => "text",
        "image/png" or "image/jpeg" => "picture",
        _ when mediaType.Contains("wordprocessing", StringComparison.Ordinal) => "Word",
        _ when mediaType.Contains("spreadsheet", StringComparison.Ordinal) => "Excel",
        _ => mediaType,
    };

    public static string FileSize(long bytes) => bytes switch
    {
        < 1024 => string.Create(English, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(English, $"{Math.Ceiling(bytes / 1024m):0} KB"),
        _ => string.Create(English, $"{bytes / 1048576m:0.0} MB"),
    };

    /// <summary>The beginning, to the end of a word.</summary>
    public static string Beginning(string text, int length)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= length)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', length);
        return string.Concat(line.AsSpan(0, end > 0 ? end : length), "…");
    }

    public static string Status(PublicStatus status) => status switch
    {
        PublicStatus.Open => "Open",
        PublicStatus.Forthcoming => "Opens soon",
        PublicStatus.Closed => "Closed",
        _ => "Withdrawn",
    };

    /// <summary>Of the tag; the text carries the meaning.</summary>
    public static string? Colour(PublicStatus status) => status switch
    {
        PublicStatus.Open => "green",
        PublicStatus.Forthcoming => "teal",
        _ => "grey",
    };

    private static string Half(TimeOnly time) => time.Hour < 12 ? "am" : "pm";
}
