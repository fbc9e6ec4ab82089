using System.Globalization;
using System.Text;
using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Domain;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Public.Find;

/// <summary>Openings, closing times and the days on which outcomes are due, as a calendar (RFC 5545).</summary>
internal static class CalendarFeed
{
    public const string MediaType = "text/calendar; charset=utf-8";

    /// <summary>Octets of a line, its end not counted (RFC 5545, 3.1).</summary>
    private const int LongestLine = 75;

    /// <param name="site">The public address of the site, without a slash at its end.</param>
    public static string Write(string title, string site, PublicFeed feed)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Engagement//Have your say//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "METHOD:PUBLISH");
        Line(text, $"NAME:{Escape(title)}");
        Line(text, $"X-WR-CALNAME:{Escape(title)}");
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        foreach (var item in feed.Items)
        {
            Add(text, site, item);
        }

        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static void Add(StringBuilder text, string site, PublicActivity item)
    {
        var withdrawn = item.Status == PublicStatus.Withdrawn;
        if (item.OpensAt is { } opens)
        {
            // A whole day where it opens with the day.
            if (UkTime.WallTimeOf(opens).TimeOfDay == TimeSpan.Zero)
            {
                Event(text, site, item, "opens", withdrawn, $"Opens: {item.Title}", OnDay(UkTime.DateOf(opens)));
            }
            else
            {
                Event(text, site, item, "opens", withdrawn, $"Opens: {item.Title}", [$"DTSTART:{Instant(opens)}"]);
            }
        }
        else if (item.BeginsOn is { } begins)
        {
            Event(text, site, item, "opens", withdrawn, $"Begins: {item.Title}", OnDay(begins));
        }

        if (item.ClosesAt is { } closes)
        {
            // The last minute in time, so that a close at the end of a day stands on that day.
            Event(text, site, item, "closes", withdrawn, $"Closes at {item.ClosesInWords}: {item.Title}", [$"DTSTART:{Instant(closes.AddMinutes(-1))}", $"DTEND:{Instant(closes)}"]);
        }
        else if (item.LastDay is { } last)
        {
            Event(text, site, item, "closes", withdrawn, $"Last day: {item.Title}", OnDay(last));
        }

        if (item is { OutcomeDueOn: { } due, AnsweredAt: null })
        {
            Event(text, site, item, "outcome-due", withdrawn, $"Outcome due: {item.Title}", OnDay(due));
        }
    }

    internal static string[] OnDay(DateOnly day) => [$"DTSTART;VALUE=DATE:{Day(day)}", $"DTEND;VALUE=DATE:{Day(day.AddDays(1))}"];

    private static void Event(StringBuilder text, string site, PublicActivity item, string occasion, bool withdrawn, string summary, string[] when)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{item.Id}-{occasion}@{new Uri(site).Host}");
        Line(text, $"DTSTAMP:{Instant(item.UpdatedAt)}");
        Line(text, $"LAST-MODIFIED:{Instant(item.UpdatedAt)}");
        foreach (var line in when)
        {
            Line(text, line);
        }

        Line(text, $"SUMMARY:{Escape(withdrawn ? $"Withdrawn: {item.Title}" : summary)}");
        Line(text, $"DESCRIPTION:{Escape(item.Summary)}");
        Line(text, $"URL:{site}{FindAddresses.Of(item)}");
        Line(text, $"STATUS:{(withdrawn ? "CANCELLED" : "CONFIRMED")}");
        Line(text, "TRANSP:TRANSPARENT");
        Line(text, "END:VEVENT");
    }

    internal static string Escape(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c)))
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Folded so that no line is longer than 75 octets and no character is cut.</summary>
    internal static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }

    internal static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
