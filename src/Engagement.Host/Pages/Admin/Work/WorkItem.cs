namespace Engagement.Host.Pages.Admin.Work;

/// <summary>One thing that waits for an officer.</summary>
/// <param name="What">What to do, such as <c>Review the plan</c>.</param>
/// <param name="Subject">What it is about, such as the engagement's title.</param>
/// <param name="Address">The page that resolves it.</param>
/// <param name="Due">The UK day by which it is needed; null where no day is set.</param>
/// <param name="Why">What else helps to decide what comes first; null where nothing does.</param>
public sealed record WorkItem(string What, string Subject, string Address, DateOnly? Due, string? Why = null);

public enum WorkUrgency
{
    Overdue,
    Today,

    /// <summary>In the seven days after today.</summary>
    ThisWeek,
    Later,

    /// <summary>No day is set; it waits all the same.</summary>
    AnyTime,
}

public sealed record WorkGroup(WorkUrgency Urgency, IReadOnlyList<WorkItem> Items)
{
    public string Title => Urgency switch
    {
        WorkUrgency.Overdue => "Overdue",
        WorkUrgency.Today => "Today",
        WorkUrgency.ThisWeek => "In the next 7 days",
        WorkUrgency.Later => "Later",
        _ => "No date",
    };
}
