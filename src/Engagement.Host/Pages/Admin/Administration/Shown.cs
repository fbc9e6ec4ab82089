using System.Globalization;
using System.Text.Json;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Notifications;

namespace Engagement.Host.Pages.Admin.Administration;

/// <summary>How the pages of operations spell instants, lengths, names and states.</summary>
internal static class Shown
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    private static readonly ActorNames WithoutLookup = new(new Dictionary<Access.Contracts.OfficerId, Access.Contracts.OfficerFacts>());

    /// <summary>Such as <c>25 Nov 2026, 2:05:09pm</c>, UK time.</summary>
    public static string Instant(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        return $"{wall.ToString("d MMM yyyy, h:mm:ss", English)}{(wall.Hour < 12 ? "am" : "pm")}";
    }

    public static string Instant(DateTimeOffset? instant, string otherwise) => instant is { } known ? Instant(known) : otherwise;

    /// <summary>Such as <c>second</c>, <c>2 seconds</c>, <c>10 minutes</c>.</summary>
    public static string Every(TimeSpan every) =>
        every.TotalHours >= 1 ? Times(every.TotalHours, "hour") : every.TotalMinutes >= 1 ? Times(every.TotalMinutes, "minute") : Times(every.TotalSeconds, "second");

    public static string Duration(TimeSpan duration) =>
        duration.TotalSeconds < 1 ? $"{duration.TotalMilliseconds.ToString("0", English)} ms" : $"{duration.TotalSeconds.ToString("0.0", English)} s";

    public static string Number(long number) => number.ToString("N0", English);

    /// <summary>Such as <c>1 thing</c>, <c>2,000 things</c>.</summary>
    public static string Count(long count, string one, string? many = null) => $"{Number(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>From <c>close-due-consultations</c> to <c>Close due consultations</c>.</summary>
    public static string Name(string code) => code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ').Replace('_', ' ');

    public static string Size(long bytes) =>
        bytes < 1000 ? Count(bytes, "byte") : bytes < 1_000_000 ? $"{(bytes / 1000d).ToString("0", English)} kB" : $"{(bytes / 1_000_000d).ToString("0.0", English)} MB";

    public static string Actor(FoundEntry entry) => entry.ActorName ?? WithoutLookup.Of(entry.Actor);

    public static string Sentence(string name, JsonElement data) => EventSentences.Of(name, data) is var sentence && sentence.Length > 0 ? char.ToUpperInvariant(sentence[0]) + sentence[1..] : name;

    public static string Colour(NotificationState state) => state switch
    {
        NotificationState.Sent => "green",
        NotificationState.Failed => "red",
        NotificationState.Waiting => "yellow",
        _ => "grey",
    };

    private static string Times(double count, string unit) => count is 1 ? unit : $"{count.ToString("0.#", English)} {unit}s";
}
