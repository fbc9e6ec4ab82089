using System.Security.Cryptography;
using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;

namespace Engagement.ClosingTheLoop.Domain;

public enum QuotationStatus
{
    Candidate,
    Cleared,
    Withdrawn,
}

/// <summary>
/// A participant's own words that may be shown to the public: taken from one answer, word for word, with anything that would
/// give a person away left out. Shown only after a second person has cleared it.
/// </summary>
internal sealed class Quotation : AggregateRoot
{
    public const int TextLength = 2000;

    /// <summary>Stands for each passage left out.</summary>
    public const string Omission = "[…]";

    private Quotation()
    {
    }

    public QuotationId Id { get; private init; }

    public override Guid Identity => Id.Value;

    public ConsultationId ConsultationId { get; private init; }

    public ResponseId ResponseId { get; private init; }

    public string QuestionCode { get; private init; } = "";

    /// <summary>The participant's words as they would be shown.</summary>
    public string Text { get; private set; } = "";

    public QuotationStatus Status { get; private set; }

    /// <summary>Who chose the words, as in the history: none of them may clear it.</summary>
    public IReadOnlyList<string> Authors { get; private set; } = [];

    public static Quotation Of(ConsultationId consultationId, ResponseId responseId, string questionCode) => new()
    {
        Id = QuotationId.New(),
        ConsultationId = consultationId,
        ResponseId = responseId,
        QuestionCode = questionCode,
    };

    /// <summary>Chooses the words. An earlier clearance is void: it was of other words.</summary>
    /// <param name="answer">The whole answer as the participant wrote it.</param>
    /// <exception cref="RuleBrokenException"><c>not-the-participants-words</c>.</exception>
    public void Propose(string text, string answer, Actor author, DateTimeOffset now)
    {
        if (!IsTakenFrom(answer, text))
        {
            throw new RuleBrokenException(
                "not-the-participants-words",
                $"A quotation must be the participant's own words in their order. Copy them exactly and write {Omission} for each passage you leave out.");
        }

        Text = text;
        Status = QuotationStatus.Candidate;
        Authors = [.. Authors.Append(author.ToString()).Distinct(StringComparer.Ordinal)];
        Raise(new QuotationProposed(Id, ConsultationId, ResponseId, QuestionCode, Digest(text), now));
    }

    /// <param name="consentToPublish">Whether the participant agreed, with the response, that it may be published.</param>
    /// <exception cref="ForbiddenException"><c>second-approver-required</c>.</exception>
    /// <exception cref="RuleBrokenException"><c>no-consent-to-publish</c> or <c>quotation-withdrawn</c>.</exception>
    public void Clear(bool consentToPublish, Actor moderator, DateTimeOffset now)
    {
        moderator.MustDifferFrom(Authors, "this quotation");
        if (!consentToPublish)
        {
            throw new RuleBrokenException("no-consent-to-publish", "The participant did not agree that the response may be published, so nothing of it can be quoted.");
        }

        if (Status == QuotationStatus.Withdrawn)
        {
            throw new RuleBrokenException("quotation-withdrawn", "The quotation has been withdrawn. Propose it again before it can be cleared.");
        }

        if (Status == QuotationStatus.Cleared)
        {
            return;
        }

        Status = QuotationStatus.Cleared;
        Raise(new QuotationCleared(Id, ConsultationId, Digest(Text), now));
    }

    /// <summary>Takes the words back: they disappear from every page at once and are no longer kept here.</summary>
    public void Withdraw(string reason, DateTimeOffset now)
    {
        if (Status == QuotationStatus.Withdrawn)
        {
            return;
        }

        Status = QuotationStatus.Withdrawn;
        Text = "";
        Raise(new QuotationWithdrawn(Id, ConsultationId, reason, now));
    }

    /// <summary>True where the text is the answer's own words: each piece between two omissions occurs in it, one after the other.</summary>
    private static bool IsTakenFrom(string answer, string text)
    {
        var pieces = text.Split(Omission).Select(p => p.Trim()).Where(p => p.Length > 0).ToList();
        var from = 0;
        foreach (var piece in pieces)
        {
            var at = answer.IndexOf(piece, from, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            from = at + piece.Length;
        }

        return pieces.Count > 0;
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
