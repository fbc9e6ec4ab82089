using System.Globalization;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>What the officers' pages call the things of a consultation.</summary>
public static class ConsultationWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string Of(ConsultationStatus status) => status switch
    {
        ConsultationStatus.AwaitingApproval => "Waiting for approval",
        ConsultationStatus.UnderConsideration => "Being considered",
        _ => status.ToString(),
    };

    /// <summary>The colour of its tag; the words carry the meaning.</summary>
    public static string? ColourOf(ConsultationStatus status) => status switch
    {
        ConsultationStatus.Draft or ConsultationStatus.Withdrawn => "grey",
        ConsultationStatus.AwaitingApproval => "yellow",
        ConsultationStatus.Open => "green",
        ConsultationStatus.Closing or ConsultationStatus.Closed => "purple",
        ConsultationStatus.UnderConsideration => "orange",
        ConsultationStatus.Decided => "teal",
        _ => null,
    };

    public static string Of(EqualityAnswers answers) => answers == EqualityAnswers.Linked
        ? "Kept with the response, for analysis by group"
        : "Kept separately: nobody can link them to a response";

    /// <summary>Of the regimes' kinds as they travel.</summary>
    public static string KindOfRegime(string kind) => kind switch
    {
        "statutory" => "Statute",
        "statutory-no-fixed-period" => "Statute without a fixed period",
        "statutory-guidance" => "Statutory guidance",
        "good-practice" => "Good practice",
        "common-law" => "Common law",
        _ => kind,
    };

    /// <summary>How sure the product is of a rule.</summary>
    public static string Confidence(string confidence) => confidence switch
    {
        "verified" => "Checked at its source",
        "high" => "Well established",
        _ => "To be checked by a lawyer: it warns and never blocks",
    };

    /// <summary>What a finding is called, by its grade as it travels.</summary>
    public static string Grade(string grade) => grade switch
    {
        "breach" => "Breach",
        "risk" => "Risk",
        _ => "Advice",
    };

    /// <summary>The colour of a finding's tag; red only for what blocks.</summary>
    public static string ColourOfGrade(string grade) => grade switch
    {
        "breach" => "red",
        "risk" => "orange",
        _ => "grey",
    };

    /// <summary>An instant in words: <c>9am on Monday 11 January 2027</c>, and for the first of a day <c>the start of Monday 11 January 2027</c>.</summary>
    public static string At(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        var day = UkTime.Spell(DateOnly.FromDateTime(wall));
        return TimeOnly.FromDateTime(wall) == TimeOnly.MinValue ? $"the start of {day}" : $"{Time(instant)} on {day}";
    }

    /// <summary>The wall time of an instant: <c>5pm</c>, <c>5:30pm</c>, <c>midday</c>.</summary>
    public static string Time(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        return wall is { Hour: 12, Minute: 0 } ? "midday" : $"{wall.ToString(wall.Minute == 0 ? "%h" : "h:mm", English)}{(wall.Hour < 12 ? "am" : "pm")}";
    }

    public static string Short(DateOnly date) => date.ToString("d MMMM yyyy", English);

    /// <summary>How far off an instant is, by days of the UK calendar: <c>in 3 days</c>, <c>tomorrow</c>, <c>in 2 hours</c>, <c>4 days ago</c>.</summary>
    public static string Countdown(DateTimeOffset now, DateTimeOffset instant)
    {
        var days = UkTime.DateOf(instant).DayNumber - UkTime.DateOf(now).DayNumber;
        return (days, instant >= now) switch
        {
            (0, true) => instant - now >= TimeSpan.FromMinutes(90) ? $"in {Count((int)Math.Round((instant - now).TotalHours), "hour")}"
                : instant - now >= TimeSpan.FromMinutes(1) ? $"in {Count((int)(instant - now).TotalMinutes, "minute")}"
                : "in less than a minute",
            (0, false) => "earlier today",
            (1, _) => "tomorrow",
            (-1, _) => "yesterday",
            ( > 0, _) => $"in {Count(days, "day")}",
            _ => $"{Count(-days, "day")} ago",
        };
    }

    /// <summary>The last minute in time, to count down to: a deadline of midnight belongs to the day before it.</summary>
    public static DateTimeOffset LastMinute(DateTimeOffset closesAt) => closesAt.AddMinutes(-1);

    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number.ToString("N0", English)} {noun}s";

    /// <summary>Bytes as people read them.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => Count((int)bytes, "byte"),
        < 1024 * 1024 => $"{(bytes / 1024.0).ToString("N0", English)} KB",
        _ => $"{(bytes / 1024.0 / 1024.0).ToString("N1", English)} MB",
    };
}
