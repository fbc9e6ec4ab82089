using Engagement.Consultations.Domain.Timescales.Counting;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>What the council has recorded about its own days, oldest first. Timetables take it where whoever asks gives nothing else.</summary>
internal sealed record CouncilCalendar(
    IReadOnlyList<RecordedDays> SchoolBreaks, IReadOnlyList<RecordedPoll> Polls, IReadOnlyList<RecordedDays> Closures)
{
    public static readonly CouncilCalendar Empty = new([], [], []);
}

/// <summary>Days of one occasion, such as a school holiday or the closing of the offices.</summary>
internal sealed record RecordedDays(string Title, DateRange Days);

/// <param name="NoticeOn">The day of the notice of election; null where it is counted back from the poll.</param>
internal sealed record RecordedPoll(string Title, DateOnly On, DateOnly? NoticeOn);
