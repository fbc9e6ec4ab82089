namespace Engagement.Consultations.Domain;

/// <summary>A second person's consent to one version of everything that people will see and answer.</summary>
/// <param name="By">The approver as the history names actors, such as <c>client:0190…</c>.</param>
/// <param name="Version">The version of the consultation that was approved.</param>
/// <param name="QuestionnaireDigest">SHA-256, lower-case hexadecimal.</param>
internal sealed record Approval(string By, DateTimeOffset At, int Version, int QuestionnaireVersion, string QuestionnaireDigest);

/// <summary>A later deadline that one person has proposed and nobody has confirmed yet: it moves nothing.</summary>
internal sealed record ProposedExtension(UkMoment Closes, DateTimeOffset ClosesAt, string PublicReason, string By, DateTimeOffset At);

/// <summary>A deadline that moved, as the public sees it.</summary>
internal sealed record Extension(DateTimeOffset PreviousClosesAt, DateTimeOffset ClosesAt, string PublicReason, DateTimeOffset At);

/// <summary>What the public sees: it follows from the instants, never from whether a job has run.</summary>
public enum PublicStatus
{
    Forthcoming,
    Open,
    Closed,
    Withdrawn,
}

/// <summary>Who decided what people were asked about, and when.</summary>
internal sealed record DecisionTaken(string Body, DateOnly DecidedOn);
