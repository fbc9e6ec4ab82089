using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Engagement.Kernel;

namespace Engagement.Host.Demo;

/// <summary>
/// The dates of the demonstration's files count from the UK day of loading, <c>D</c>: <c>D-12</c> is a date, <c>D-12 19:42</c> the
/// instant of that UK wall time, <c>D+28 Tue</c> the first Tuesday from that day on. Inside a text <c>{D+28 Tue}</c> is the date in words.
/// </summary>
internal sealed partial class RelativeDates(DateOnly loadedOn)
{
    /// <summary>The same JSON with every relative date replaced by the real one.</summary>
    public JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Resolve(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Resolve)]),
        JsonValue v when v.TryGetValue<string>(out var text) => Resolve(text),
        _ => node?.DeepClone(),
    };

    private string Resolve(string text)
    {
        var whole = Whole().Match(text);
        if (!whole.Success)
        {
            return Inside().Replace(text, m => UkTime.Spell(DateOf(m)));
        }

        var date = DateOf(whole);
        return whole.Groups["time"] is { Success: true } time
            ? UkTime.At(date, TimeOnly.ParseExact(time.Value, "HH:mm", CultureInfo.InvariantCulture)).ToString("O", CultureInfo.InvariantCulture)
            : date.ToString("O", CultureInfo.InvariantCulture);
    }

    private DateOnly DateOf(Match match)
    {
        var date = loadedOn.AddDays(int.Parse(match.Groups["days"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        if (match.Groups["weekday"] is { Success: true } weekday)
        {
            var wanted = Enum.GetValues<DayOfWeek>().Single(d => $"{d}".StartsWith(weekday.Value, StringComparison.Ordinal));
            date = date.AddDays(((int)wanted - (int)date.DayOfWeek + 7) % 7);
        }

        return date;
    }

    [GeneratedRegex(@"^D(?<days>[+-]\d{1,4})( (?<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun))?( (?<time>\d\d:\d\d))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\{D(?<days>[+-]\d{1,4})( (?<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Inside();
}
