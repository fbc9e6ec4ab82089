using System.Globalization;
using Engagement.Kernel;
using Engagement.Participation.Domain;

namespace Engagement.Host.Pages.Admin.Responses;

/// <summary>What the officers' pages call the things of a response.</summary>
public static class ResponseWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>In the order in which they are offered.</summary>
    public static readonly IReadOnlyList<(string Value, string Words)> Channels =
    [
        ("web", "Website"), ("paper", "Paper"), ("email", "E-mail"), ("telephone", "Telephone"), ("event", "Event"), ("kiosk", "Kiosk"), ("import", "Import"), ("api", "API"),
    ];

    public static readonly IReadOnlyList<(string Value, string Words)> Standings =
    [
        ("in-time", "In time"),
        ("entered-after-seal", "In time, entered later"),
        ("late", "Late, waiting for a ruling"),
        ("late-admitted", "Late, counts"),
        ("late-refused", "Late, does not count"),
    ];

    public static string Channel(string value) => Words(Channels, value);

    public static string Channel(ResponseChannel channel) => Channel(channel.ToString().ToLowerInvariant());

    public static string Standing(string value) => Words(Standings, value);

    /// <summary>The colour of its tag; the words carry the meaning.</summary>
    public static string ColourOf(string standing) => standing switch
    {
        "in-time" => "green",
        "late" => "yellow",
        "late-refused" => "grey",
        _ => "teal",
    };

    /// <summary>Why it may have been sent by a program.</summary>
    public static string AutomationSign(AutomationSign sign) => sign switch
    {
        Engagement.Participation.Domain.AutomationSign.Trap => "a field was filled in that nobody sees",
        Engagement.Participation.Domain.AutomationSign.Pace => "its pages were sent faster than anybody reads",
        _ => "one of very many from one connection within an hour, perhaps of people who share it",
    };

    /// <inheritdoc cref="AutomationSign(Engagement.Participation.Domain.AutomationSign)"/>
    public static string AutomationSign(string sign) => AutomationSign(Enum.Parse<AutomationSign>(sign, ignoreCase: true));

    public static string Day(DateOnly date) => date.ToString("d MMMM yyyy", English);

    /// <summary>An instant in words: <c>9:05am on 11 January 2027</c>.</summary>
    public static string At(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        return $"{wall.ToString("h:mm", English)}{(wall.Hour < 12 ? "am" : "pm")} on {Day(DateOnly.FromDateTime(wall))}";
    }

    private static string Words(IReadOnlyList<(string Value, string Words)> all, string value) => all.FirstOrDefault(a => a.Value == value).Words ?? value;
}
