using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Public;

internal static class PublicTimes
{
    /// <summary>The longest that a copy of what the public sees may be kept.</summary>
    private static readonly TimeSpan LongestCopy = TimeSpan.FromSeconds(10);

    /// <param name="next">When it changes by itself; null when it does not.</param>
    public static TimeSpan FreshFor(DateTimeOffset? next, DateTimeOffset now) => next is { } instant && instant - now < LongestCopy ? instant - now : LongestCopy;

    /// <summary>As long as a copy of a list may be kept: until something opens or closes.</summary>
    public static async Task<TimeSpan> FreshFor(IConsultationsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = await db.Consultations
            .Where(c => c.Status == ConsultationStatus.Scheduled || c.Status == ConsultationStatus.Open)
            .Where(c => c.Period.ClosesAt > now)
            .Select(c => c.Period.OpensAt > now ? c.Period.OpensAt : c.Period.ClosesAt)
            .MinAsync(instant => (DateTimeOffset?)instant, cancellationToken);
        return FreshFor(next, now);
    }

    /// <summary>UK wall time, to the minute.</summary>
    public static string Local(DateTimeOffset instant) => UkTime.WallTimeOf(instant).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The day; with the time of day where it does not open with the day.</summary>
    public static string SpellOpening(ConsultationPeriod period) => SpellOpening(period.OpensOn, period.OpensTime, period.OpensAt);

    public static string SpellOpening(DateOnly opensOn, TimeOnly? opensTime, DateTimeOffset opensAt) => opensTime is null || opensTime == TimeOnly.MinValue
        ? UkTime.Spell(opensOn)
        : UkTime.SpellDeadline(opensAt.AddMinutes(1));
}
