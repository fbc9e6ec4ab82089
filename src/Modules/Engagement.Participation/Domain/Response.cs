using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;

namespace Engagement.Participation.Domain;

public enum ResponseChannel
{
    /// <summary>The public pages; all that somebody without a client may say.</summary>
    Web,
    Kiosk,
    Import,
    Api,
    Paper,
    Email,
    Telephone,
    Event,
}

internal enum Ruling
{
    Admitted,
    Refused,
}

/// <summary>
/// What one participant said. It is no source of history events: its row is versioned, and the seal holds count and digest, so
/// that words can be erased while the record stays whole.
/// </summary>
internal sealed class Response
{
    private Response()
    {
    }

    public ResponseId Id { get; private init; }

    public ConsultationId ConsultationId { get; private init; }

    /// <summary>12 characters without hyphens; names the response, proves nothing.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>Who sent it and under which key, such as <c>public:anyone 6f1c…</c>: unique within the consultation, so that a repeat is no second response.</summary>
    public string IdempotencyKey { get; private init; } = "";

    /// <summary>A keyed hash of everything that was sent: the same key with other content is refused.</summary>
    public byte[] Fingerprint { get; private init; } = [];

    /// <summary>Counts changes by the participant, from 1.</summary>
    public int Version { get; private set; }

    public int QuestionnaireVersion { get; private init; }

    public ResponseChannel Channel { get; private init; }

    /// <summary>A BCP 47 tag.</summary>
    public string Language { get; private set; } = "";

    /// <summary>The organisation or person answered for; null for oneself.</summary>
    public string? OnBehalfOf { get; private set; }

    public bool ConsentToPublish { get; private set; }

    /// <summary>When the complete request had arrived; for what was logged by hand, when it was logged.</summary>
    public DateTimeOffset SubmittedAt { get; private init; }

    /// <summary>The UK day on which it reached the council.</summary>
    public DateOnly ReceivedOn { get; private init; }

    public bool IsLate { get; private init; }

    public bool EnteredAfterSeal { get; private init; }

    /// <summary>The actor who logged it; null where the participant sent it.</summary>
    public string? LoggedBy { get; private init; }

    /// <summary>Null where nothing speaks for a program, and of everything that came otherwise than by the public's pages.</summary>
    public AutomationSign? AutomationSign { get; private init; }

    public DateTimeOffset? ChangedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>On a late response: null until an officer has ruled.</summary>
    public Ruling? Ruling { get; private set; }

    public string? RuledBy { get; private set; }

    public DateTimeOffset? RuledAt { get; private set; }

    public string? RulingReason { get; private set; }

    /// <summary>See <see cref="StoredAnswers"/>.</summary>
    public string Answers { get; private set; } = "";

    public string[] Asked { get; private set; } = [];

    /// <summary>SHA-256 of the canonical JSON of <see cref="Answers"/>; the seal covers it.</summary>
    public byte[] AnswersDigest { get; private set; } = [];

    public bool IsWithdrawn => WithdrawnAt is not null;

    /// <summary>Late ones that were not admitted, and withdrawn ones, do not count.</summary>
    public bool IsCounted => !IsWithdrawn && (!IsLate || Ruling == Domain.Ruling.Admitted);

    public static Response Submit(SubmissionFacts facts, StoredAnswers answers)
    {
        var response = Of(facts, ResponseId.New(), ReceiptReference.New());
        (response.Version, response.Answers, response.Asked, response.AnswersDigest) = (1, answers.Json, [.. answers.Asked], answers.Digest());
        return response;
    }

    /// <summary>As it was stored, to be shown: without its digest, and without who ruled on it.</summary>
    public static Response Stored(
        SubmissionFacts facts, ResponseId id, string reference, int version, DateTimeOffset? changedAt, DateTimeOffset? withdrawnAt, Ruling? ruling, string answers, string[] asked)
    {
        var response = Of(facts, id, reference);
        (response.Version, response.ChangedAt, response.WithdrawnAt, response.Ruling, response.Answers, response.Asked) = (version, changedAt, withdrawnAt, ruling, answers, asked);
        return response;
    }

    private static Response Of(SubmissionFacts facts, ResponseId id, string reference) => new()
    {
        Id = id,
        ConsultationId = facts.ConsultationId,
        Reference = reference,
        IdempotencyKey = facts.IdempotencyKey,
        Fingerprint = facts.Fingerprint,
        QuestionnaireVersion = facts.QuestionnaireVersion,
        Channel = facts.Channel,
        Language = facts.Language,
        OnBehalfOf = facts.OnBehalfOf,
        ConsentToPublish = facts.ConsentToPublish,
        SubmittedAt = facts.ArrivedAt,
        ReceivedOn = facts.ReceivedOn ?? UkTime.DateOf(facts.ArrivedAt),
        IsLate = facts.Arrival == Arrival.Late,
        EnteredAfterSeal = facts.Arrival == Arrival.EnteredAfterSeal,
        LoggedBy = facts.LoggedBy,
        AutomationSign = facts.AutomationSign,
    };

    /// <summary>Another reference, where the first was taken already.</summary>
    public void TakeAnotherReference() => Reference = ReceiptReference.New();

    /// <exception cref="StaleVersionException">It has been changed since.</exception>
    public void MustBeAt(int expected)
    {
        if (expected != Version)
        {
            throw new StaleVersionException(expected, Version);
        }
    }

    /// <summary>The participant answers anew; the version before is kept.</summary>
    /// <exception cref="RuleBrokenException"><c>response-withdrawn</c>.</exception>
    /// <returns>The version that was replaced.</returns>
    public ResponseVersion Replace(StoredAnswers answers, string language, string? onBehalfOf, bool consentToPublish, DateTimeOffset now)
    {
        if (IsWithdrawn)
        {
            throw new RuleBrokenException("response-withdrawn", "This response has been withdrawn. Send a new one instead.");
        }

        var before = ResponseVersion.Of(this);
        Version++;
        (Language, OnBehalfOf, ConsentToPublish, ChangedAt) = (language, onBehalfOf, consentToPublish, now);
        (Answers, Asked, AnswersDigest) = (answers.Json, [.. answers.Asked], answers.Digest());
        return before;
    }

    /// <summary>The participant takes it back: it counts no more and is shown no more. Taking it back twice changes nothing.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        if (!IsWithdrawn)
        {
            Version++;
            WithdrawnAt = now;
        }
    }

    /// <summary>Rules a late response in or out. Nobody rules on what they logged themselves.</summary>
    /// <exception cref="RuleBrokenException"><c>not-late</c> or <c>already-admitted</c>.</exception>
    /// <exception cref="ForbiddenException"><c>second-approver-required</c>.</exception>
    public void Rule(bool admit, string reason, Actor by, DateTimeOffset now)
    {
        if (!IsLate)
        {
            throw new RuleBrokenException("not-late", "This response came in time, so there is nothing to rule on.");
        }

        if (Ruling == Domain.Ruling.Admitted)
        {
            throw new RuleBrokenException("already-admitted", "This response has been admitted and counts already; an admission is not taken back.");
        }

        by.MustDifferFrom(LoggedBy is null ? [] : [LoggedBy], "a late response");
        (Ruling, RuledBy, RuledAt, RulingReason) = (admit ? Domain.Ruling.Admitted : Domain.Ruling.Refused, by.ToString(), now, reason);
    }
}

/// <summary>What is known of a submission beside its answers.</summary>
internal sealed record SubmissionFacts(
    ConsultationId ConsultationId,
    string IdempotencyKey,
    byte[] Fingerprint,
    int QuestionnaireVersion,
    ResponseChannel Channel,
    string Language,
    string? OnBehalfOf,
    bool ConsentToPublish,
    DateTimeOffset ArrivedAt,
    DateOnly? ReceivedOn = null,
    Arrival Arrival = Arrival.InTime,
    string? LoggedBy = null,
    AutomationSign? AutomationSign = null);

/// <summary>What a response was before its participant changed it: stored once, then read only.</summary>
internal sealed class ResponseVersion
{
    private ResponseVersion()
    {
    }

    public ConsultationId ConsultationId { get; private init; }

    public ResponseId ResponseId { get; private init; }

    public int Version { get; private init; }

    public string Language { get; private init; } = "";

    public string? OnBehalfOf { get; private init; }

    public bool ConsentToPublish { get; private init; }

    public string Answers { get; private init; } = "";

    public DateTimeOffset SubmittedAt { get; private init; }

    public static ResponseVersion Of(Response response) => new()
    {
        ConsultationId = response.ConsultationId,
        ResponseId = response.Id,
        Version = response.Version,
        Language = response.Language,
        OnBehalfOf = response.OnBehalfOf,
        ConsentToPublish = response.ConsentToPublish,
        Answers = response.Answers,
        SubmittedAt = response.ChangedAt ?? response.SubmittedAt,
    };
}
