using Engagement.Consultations.Contracts;

namespace Engagement.Consultations.Application;

/// <summary>
/// The timetable as the law stood when somebody relied on it: at each submission and at each extension. Rows are only ever
/// added, so that the council can show later what it knew.
/// </summary>
internal sealed class RecordedTimetable
{
    public ConsultationId ConsultationId { get; init; }

    /// <summary>The version of the consultation that it belongs to.</summary>
    public int Version { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>How many times the council's calendar had been changed when it was counted.</summary>
    public required int CalendarChanges { get; init; }

    /// <summary>With the steps, the findings and the version of each law.</summary>
    public TimetableView Timetable { get; init; } = null!;

    /// <summary>Why good practice is departed from, by the finding's rule.</summary>
    public IReadOnlyDictionary<string, string> Reasons { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
