using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>What the officers' pages call the things of a notice.</summary>
public static class NoticeWords
{
    public static string Of(NoticeState state, DateOnly? due, DateOnly today) => state switch
    {
        NoticeState.ToDo => due < today ? "Overdue" : "To do",
        NoticeState.NotApplicable => "Not applicable",
        _ => state.ToString(),
    };

    /// <summary>The colour of its tag; the words carry the meaning.</summary>
    public static string? ColourOf(NoticeState state, DateOnly? due, DateOnly today) => state switch
    {
        NoticeState.ToDo => due < today ? "red" : "yellow",
        NoticeState.Published => "green",
        NoticeState.Corrected => "orange",
        _ => "grey",
    };

    public static string Of(ProofKind kind) => kind switch
    {
        ProofKind.Cutting => "Newspaper cutting",
        ProofKind.Photograph => "Photograph",
        ProofKind.WebPage => "Page on the web",
        _ => "Another file",
    };

    /// <summary>How far off its day is: <c>Monday 11 January 2027, in 3 days</c>.</summary>
    public static string Day(DateOnly day, DateOnly today) => $"{UkTime.Spell(day)}, {(day.DayNumber - today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        > 1 and var ahead => $"in {ConsultationWords.Count(ahead, "day")}",
        var ago => $"{ConsultationWords.Count(-ago, "day")} ago",
    }}";
}
