using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Calendars;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>What a calendar that has changed since means for a consultation that is published.</summary>
internal sealed partial class Consultation
{
    /// <summary>Takes over the dates as they are counted now. Opening and close stay what was announced.</summary>
    /// <exception cref="RuleBrokenException"><c>cannot-take-over</c>, or <c>timetable-unlawful</c> where opening and close would not be lawful by them.</exception>
    public void TakeOverTimetable(Timetable timetable, DateTimeOffset now)
    {
        Require(
            Status is ConsultationStatus.Scheduled or ConsultationStatus.Open,
            "cannot-take-over",
            "Only the dates of what is scheduled or open are taken over. Put forward what is not yet approved once more: its dates are counted anew then.");
        if (Readiness.OfDates(timetable) is { Count: > 0 } breaches)
        {
            throw new RuleBrokenException(
                "timetable-unlawful",
                "By the calendar as it is known now these dates are unlawful, so they cannot be taken over. Extend the consultation, or change its dates while it has not opened.",
                breaches);
        }

        Raise(new TimetableTakenOver(Id, timetable.Steps.ToDictionary(s => $"{s.Regime.Id}/{s.Key}", s => s.Date, StringComparer.Ordinal), now));
    }
}
