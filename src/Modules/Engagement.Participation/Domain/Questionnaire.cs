using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain.Questions;

namespace Engagement.Participation.Domain;

/// <summary>
/// The questions of one consultation. Every change is a new version; a version is never changed, so what somebody approved,
/// and what somebody answered, stays as it was.
/// </summary>
internal sealed class Questionnaire : AggregateRoot
{
    private Questionnaire()
    {
    }

    public Guid Id { get; private init; }

    public override Guid Identity => Id;

    public ConsultationId ConsultationId { get; private init; }

    /// <summary>The number of the newest version, from 1.</summary>
    public int LatestVersion { get; private set; }

    /// <summary>The digest of the newest version.</summary>
    public string LatestDigest { get; private set; } = "";

    public static Questionnaire For(ConsultationId consultationId) => new() { Id = Guid.CreateVersion7(), ConsultationId = consultationId };

    /// <summary>Whether the content differs from the newest version.</summary>
    public bool IsChangedBy(QuestionnaireVersion version) => !string.Equals(LatestDigest, version.Digest, StringComparison.Ordinal);

    /// <summary>Takes a new version in, as the newest.</summary>
    public void Take(QuestionnaireVersion version)
    {
        LatestVersion = version.Number;
        LatestDigest = version.Digest;
        Raise(new QuestionnaireRevised(ConsultationId, version.Number, version.Digest, version.Content().Questions.Count(), version.CreatedAt));
    }

    public QuestionnaireVersion NextVersion(QuestionnaireContent content, DateTimeOffset now) =>
        QuestionnaireVersion.Of(ConsultationId, LatestVersion + 1, content, now);
}

/// <summary>One version: stored once, then read only.</summary>
internal sealed class QuestionnaireVersion
{
    private QuestionnaireVersion()
    {
    }

    public ConsultationId ConsultationId { get; private init; }

    public int Number { get; private init; }

    /// <summary>Canonical JSON.</summary>
    public string ContentJson { get; private init; } = "";

    /// <summary>SHA-256 of <see cref="ContentJson"/>, lower-case hexadecimal.</summary>
    public string Digest { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public static QuestionnaireVersion Of(ConsultationId consultationId, int number, QuestionnaireContent content, DateTimeOffset now)
    {
        var json = content.ToCanonicalJson();
        return new QuestionnaireVersion
        {
            ConsultationId = consultationId,
            Number = number,
            ContentJson = json,
            Digest = QuestionnaireContent.DigestOf(json),
            CreatedAt = now,
        };
    }

    public QuestionnaireContent Content() => QuestionnaireContent.FromJson(ContentJson);
}

/// <param name="Questions">How many the version has.</param>
internal sealed record QuestionnaireRevised(ConsultationId ConsultationId, int Number, string Digest, int Questions, DateTimeOffset At) : IDomainEvent;
