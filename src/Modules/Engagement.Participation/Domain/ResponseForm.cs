using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;

namespace Engagement.Participation.Domain;

/// <summary>
/// Where the responses to one consultation come in. Its instants and the approved version are Participation's own copy of what
/// Consultations decided; the statement that stores a response checks them again.
/// </summary>
internal sealed class ResponseForm : AggregateRoot
{
    private ResponseForm()
    {
    }

    public ConsultationId ConsultationId { get; private init; }

    public override Guid Identity => ConsultationId.Value;

    public string Slug { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>The approved version, the only one that is answered; null while nothing is approved.</summary>
    public int? QuestionnaireVersion { get; private set; }

    /// <summary>The first instant at which a response is accepted.</summary>
    public DateTimeOffset OpensAt { get; private set; }

    /// <summary>The first instant that is too late.</summary>
    public DateTimeOffset ClosesAt { get; private set; }

    public bool IsWithdrawn { get; private set; }

    /// <summary>The end of the drain window; null until the deadline has been recorded as passed.</summary>
    public DateTimeOffset? SealAt { get; private set; }

    public DateTimeOffset? SealedAt { get; private set; }

    /// <summary>Responses in the sealed set: neither withdrawn nor late.</summary>
    public int? SealedCount { get; private set; }

    /// <summary>SHA-256 of the sealed set, lower-case hexadecimal.</summary>
    public string? SealedDigest { get; private set; }

    public bool IsSealed => SealedAt is not null;

    /// <summary>The last UK day on which paper counts as having come in time: the day of the last instant that is accepted.</summary>
    public DateOnly LastDay => UkTime.DateOf(ClosesAt.AddTicks(-1));

    public static ResponseForm For(ConsultationId consultationId) => new() { ConsultationId = consultationId };

    /// <summary>Takes over what Consultations says now. Nothing happens where it is known already.</summary>
    public void Follow(string slug, string title, int? questionnaireVersion, DateTimeOffset opensAt, DateTimeOffset closesAt, bool isWithdrawn, DateTimeOffset now)
    {
        // What is sealed stays as it was when it was sealed.
        if (IsSealed || (Slug, Title, QuestionnaireVersion, OpensAt, ClosesAt, IsWithdrawn) == (slug, title, questionnaireVersion, opensAt, closesAt, isWithdrawn))
        {
            return;
        }

        (Slug, Title, QuestionnaireVersion, OpensAt, ClosesAt, IsWithdrawn) = (slug, title, questionnaireVersion, opensAt, closesAt, isWithdrawn);
        Raise(new ResponseFormChanged(ConsultationId, questionnaireVersion, opensAt, closesAt, isWithdrawn, now));
    }

    /// <summary>The deadline has passed; the set is sealed at <paramref name="sealAt"/> or soon after.</summary>
    public void StartClosing(DateTimeOffset sealAt, DateTimeOffset now)
    {
        if (SealAt == sealAt || IsSealed)
        {
            return;
        }

        SealAt = sealAt;
        Raise(new ResponseFormClosing(ConsultationId, ClosesAt, sealAt, now));
    }

    /// <summary>Whether a response that arrived at this instant is taken.</summary>
    public bool Accepts(DateTimeOffset arrived) =>
        QuestionnaireVersion is not null && !IsWithdrawn && !IsSealed && arrived >= OpensAt && arrived < ClosesAt;

    /// <param name="lateComments">How to send comments that come late, in a sentence for people.</param>
    /// <exception cref="RuleBrokenException">
    /// <c>consultation-not-open</c>, <c>consultation-closed</c> or <c>consultation-withdrawn</c>, with both instants.
    /// </exception>
    public void MustAccept(DateTimeOffset arrived, string lateComments)
    {
        if (Accepts(arrived))
        {
            return;
        }

        MustNotBeWithdrawn();
        if (arrived >= ClosesAt || IsSealed)
        {
            throw new RuleBrokenException(
                "consultation-closed", $"This consultation closed at {UkTime.SpellDeadline(ClosesAt)}, so nothing was stored. {lateComments}", facts: Instants());
        }

        throw NotOpen();
    }

    /// <summary>Whether something that was logged by hand came in time, late, or in time but after the set was sealed.</summary>
    /// <param name="receivedOn">The UK day on which it reached the council.</param>
    /// <param name="receivedAt">The instant, where it is known: it decides. The day alone counts in the sender's favour.</param>
    /// <exception cref="RuleBrokenException"><c>consultation-not-open</c>: it came before the opening day; <c>consultation-withdrawn</c>.</exception>
    public Arrival JudgeArrival(DateOnly receivedOn, DateTimeOffset? receivedAt)
    {
        MustNotBeWithdrawn();
        if (QuestionnaireVersion is null || receivedOn < UkTime.DateOf(OpensAt))
        {
            throw NotOpen();
        }

        var inTime = receivedAt is { } instant ? instant < ClosesAt : receivedOn <= LastDay;
        return !inTime ? Arrival.Late : IsSealed ? Arrival.EnteredAfterSeal : Arrival.InTime;
    }

    /// <summary>Records the set of responses as it stands, for ever. Sealing what is sealed changes nothing.</summary>
    /// <exception cref="RuleBrokenException"><c>seal-not-due</c>.</exception>
    public void Seal(int count, string digest, DateTimeOffset now)
    {
        if (IsSealed)
        {
            return;
        }

        if (SealAt is null || now < SealAt)
        {
            throw new RuleBrokenException("seal-not-due", "Responses that arrived in time may still be on their way, so the set cannot be sealed yet.");
        }

        (SealedAt, SealedCount, SealedDigest) = (now, count, digest);
        Raise(new ResponsesSealed(ConsultationId, count, digest, now));
    }

    /// <summary>Puts on the record that a response counts, or waits for a ruling, although the set was sealed or the deadline had passed.</summary>
    /// <param name="evidence">What shows when it came, in an officer's words.</param>
    public void RecordEntry(ResponseId response, Arrival arrival, DateOnly receivedOn, string? evidence, DateTimeOffset now)
    {
        if (arrival == Arrival.EnteredAfterSeal)
        {
            Raise(new ResponseEnteredAfterSeal(ConsultationId, response, receivedOn, evidence, now));
        }
        else if (arrival == Arrival.Late)
        {
            Raise(new LateResponseLogged(ConsultationId, response, receivedOn, evidence, now));
        }
    }

    /// <summary>Puts an officer's ruling on a late response on the record.</summary>
    public void RecordRuling(ResponseId response, bool admitted, string reason, DateTimeOffset now) =>
        Raise(admitted ? new LateResponseAdmitted(ConsultationId, response, reason, now) : new LateResponseRefused(ConsultationId, response, reason, now));

    private RuleBrokenException NotOpen() => new(
        "consultation-not-open",
        QuestionnaireVersion is null
            ? "This consultation is not open: what is put to the public has not been approved yet. Come back when it opens."
            : $"This consultation is not open yet. You can answer from {UkTime.WallTimeOf(OpensAt).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)} on {UkTime.Spell(UkTime.DateOf(OpensAt))}.",
        facts: Instants());

    private void MustNotBeWithdrawn()
    {
        if (IsWithdrawn)
        {
            throw new RuleBrokenException("consultation-withdrawn", "This consultation has been withdrawn and takes no responses. Its page says why.", facts: Instants());
        }
    }

    private Dictionary<string, object> Instants() => new(StringComparer.Ordinal) { ["opensAt"] = OpensAt, ["closesAt"] = ClosesAt };
}

/// <summary>How a response that was logged by hand stands to the deadline and to the seal.</summary>
internal enum Arrival
{
    InTime,

    /// <summary>It came in time, but was entered after the set had been sealed: it counts, as a recorded late entry.</summary>
    EnteredAfterSeal,

    /// <summary>It came after the deadline: outside the count until an officer rules on it.</summary>
    Late,
}

internal sealed record ResponseFormChanged(
    ConsultationId ConsultationId, int? QuestionnaireVersion, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, bool IsWithdrawn, DateTimeOffset At) : IDomainEvent;

internal sealed record ResponseFormClosing(ConsultationId ConsultationId, DateTimeOffset ClosesAt, DateTimeOffset SealAt, DateTimeOffset At) : IDomainEvent;

internal sealed record ResponsesSealed(ConsultationId ConsultationId, int Count, string Digest, DateTimeOffset At) : IDomainEvent;

internal sealed record ResponseEnteredAfterSeal(ConsultationId ConsultationId, ResponseId ResponseId, DateOnly ReceivedOn, string? Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record LateResponseLogged(ConsultationId ConsultationId, ResponseId ResponseId, DateOnly ReceivedOn, string? Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record LateResponseAdmitted(ConsultationId ConsultationId, ResponseId ResponseId, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record LateResponseRefused(ConsultationId ConsultationId, ResponseId ResponseId, string Reason, DateTimeOffset At) : IDomainEvent;
