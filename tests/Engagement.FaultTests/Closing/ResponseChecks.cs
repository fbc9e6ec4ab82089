using Engagement.FaultTests.Rig;

namespace Engagement.FaultTests.Closing;

/// <summary>
/// Holds what the participants saw against what the database keeps. Participants, program and database read one machine's clock,
/// so instants are compared as they are: an answer that had come before an instant was decided before it, and a request that was
/// begun at or after an instant arrived after it. Only the microsecond that the database cuts off is allowed for.
/// </summary>
/// <param name="clockError">By how much a process may be off that knows the time from the database alone: what its question to it took.</param>
internal sealed class ResponseChecks(RiggedConsultation consultation, ClientHistory history, IReadOnlyList<StoredResponse> stored, TimeSpan clockError = default)
{
    private const string Closed = "consultation-closed";
    private const string NotOpen = "consultation-not-open";

    public void CheckAll()
    {
        EveryRequestWasAnsweredInTheEnd();
        NothingButTakenOrRefusedWasAnswered();
        WhoeverCouldNotBeAnsweredWasToldWhenToComeAgain();
        EveryAcknowledgedResponseIsStoredOnceAndNothingElseIs();
        EveryReceiptIsForWhatIsStored();
        EveryStoredResponseArrivedWhileItWasSentAndInTime();
        NothingSentAtTheInstantOrLaterWasTaken();
        NothingAnsweredBeforeTheInstantWasRefusedForIt();
    }

    private void EveryRequestWasAnsweredInTheEnd() =>
        history.Responses.Where(r => r.Last().IsUnknown).ShouldBeEmpty("each was sent again until it was answered");

    private void NothingButTakenOrRefusedWasAnswered() =>
        history.Attempts.Where(a => !a.IsUnknown && !a.IsAcknowledged && !a.Is(Closed) && !a.Is(NotOpen)).ShouldBeEmpty();

    private void WhoeverCouldNotBeAnsweredWasToldWhenToComeAgain() => history.Attempts.Where(a => a.Status == 503 && !a.SaysWhen).ShouldBeEmpty();

    private void EveryAcknowledgedResponseIsStoredOnceAndNothingElseIs()
    {
        var acknowledged = history.Responses.Where(r => r.Any(a => a.IsAcknowledged)).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var keys = stored.Select(s => s.Key).ToList();
        keys.ShouldBeUnique();
        acknowledged.Except(keys, StringComparer.Ordinal).ShouldBeEmpty("these were acknowledged and are lost");

        // What was stored before its connection broke was acknowledged when it was sent again; so nothing else can be there.
        keys.Except(acknowledged, StringComparer.Ordinal).ShouldBeEmpty("these are stored, and were refused or never sent");
    }

    private void EveryReceiptIsForWhatIsStored()
    {
        var byKey = stored.ToDictionary(s => s.Key, StringComparer.Ordinal);
        history.Attempts.Where(a => a.IsAcknowledged && (byKey[a.Key].Reference != a.Reference || byKey[a.Key].Text != a.Text)).ShouldBeEmpty();
    }

    private void EveryStoredResponseArrivedWhileItWasSentAndInTime()
    {
        var byKey = history.Responses.ToDictionary(r => r.Key, StringComparer.Ordinal);
        stored.Where(s => s.SubmittedAt < consultation.OpensAt || s.SubmittedAt >= consultation.ClosesAt).ShouldBeEmpty("these arrived outside the period");
        stored.Where(s => !byKey[s.Key].Any(a => a.Started.AddMicroseconds(-1) - clockError < s.SubmittedAt && s.SubmittedAt <= a.Ended + clockError)).ShouldBeEmpty("these arrived when nobody sent them");
    }

    private void NothingSentAtTheInstantOrLaterWasTaken() =>
        history.Attempts.Where(a => a.IsAcknowledged && !a.Replayed && a.Started >= consultation.ClosesAt + clockError).ShouldBeEmpty();

    private void NothingAnsweredBeforeTheInstantWasRefusedForIt()
    {
        history.Attempts.Where(a => a.Is(Closed) && a.Ended < consultation.ClosesAt - clockError).ShouldBeEmpty();
        history.Attempts.Where(a => a.Is(NotOpen) && a.Started >= consultation.OpensAt + clockError).ShouldBeEmpty();
    }
}
