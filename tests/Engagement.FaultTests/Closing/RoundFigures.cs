using System.Globalization;
using Engagement.FaultTests.Rig;

namespace Engagement.FaultTests.Closing;

/// <summary>What happened in one round, in numbers.</summary>
/// <param name="ClosingAt">When the transaction that recorded the deadline was committed.</param>
/// <param name="ClosedAt">When the transaction that recorded the seal was committed.</param>
internal sealed record RoundFigures(
    RiggedConsultation Consultation, ClientHistory History, int Stored, DateTimeOffset KilledAt, DateTimeOffset BackAt, DateTimeOffset ClosingAt, DateTimeOffset ClosedAt)
{
    public TimeSpan ClosingLag => ClosingAt - Consultation.ClosesAt;

    public TimeSpan ClosedLag => ClosedAt - Consultation.ClosesAt;

    public int RefusedAsClosed => History.Attempts.Count(a => a.Is("consultation-closed"));

    public int AcknowledgedInTheLastSecond => History.Attempts.Count(a => a.IsAcknowledged && a.Started >= Consultation.ClosesAt.AddSeconds(-1));

    /// <summary>Whether anybody could be answered in the last second.</summary>
    public bool WasUpInTheLastSecond => KilledAt >= Consultation.ClosesAt || BackAt < Consultation.ClosesAt.AddSeconds(-1);

    public int AcknowledgedAfterTheRestart => History.Attempts.Count(a => a.IsAcknowledged && a.Started >= KilledAt && a.Ended < Consultation.ClosesAt);

    public override string ToString()
    {
        var attempts = History.Attempts;
        var acknowledged = attempts.Where(a => a.IsAcknowledged).ToList();
        var times = acknowledged.Select(a => (a.Ended - a.Started).TotalMilliseconds).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"""
            killed {(Consultation.ClosesAt - KilledAt).TotalSeconds:0.0} s before the deadline, back after {(BackAt - KilledAt).TotalSeconds:0.0} s
            posted {History.Responses.Count} responses in {attempts.Count} attempts, {attempts.Count(a => a.IsUnknown)} of them without an answer
            acknowledged {acknowledged.Select(a => a.Key).Distinct(StringComparer.Ordinal).Count()} ({acknowledged.Count(a => a.Replayed)} by a repeated attempt), {AcknowledgedInTheLastSecond} in the last second; stored {Stored}
            refused {attempts.Count(a => a.Is("consultation-not-open"))} as too early and {RefusedAsClosed} as too late
            median {Share(times, 0.5):0} ms, 95 of 100 within {Share(times, 0.95):0} ms
            Closing recorded {ClosingLag.TotalMilliseconds:0} ms after the instant, Closed {ClosedLag.TotalMilliseconds:0} ms after it
            """);
    }

    private static double Share(List<double> ordered, double share) => ordered.Count == 0 ? 0 : ordered[(int)((ordered.Count - 1) * share)];
}
