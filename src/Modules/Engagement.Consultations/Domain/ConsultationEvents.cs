using System.Text.Json;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>One member of <see cref="ConsultationDetails"/> before and after an edit, as JSON.</summary>
internal sealed record FieldChange(JsonElement Before, JsonElement After);

internal sealed record ConsultationDrafted(
    ConsultationId Id, EngagementId EngagementId, string Slug, ConsultationDetails Details, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationEdited(ConsultationId Id, IReadOnlyDictionary<string, FieldChange> Changes, DateTimeOffset At) : IDomainEvent;

/// <summary>Something that belongs to the consultation and lies elsewhere changed, such as the questionnaire.</summary>
internal sealed record ConsultationContentChanged(ConsultationId Id, string Changed, DateTimeOffset At) : IDomainEvent;

internal sealed record DocumentAdded(
    ConsultationId Id, DocumentId DocumentId, string Name, int DocumentVersion, string MediaType, long Size, string Sha256, DateTimeOffset At) : IDomainEvent;

/// <summary>A paper was added or corrected while people were answering.</summary>
/// <param name="DaysLeft">Whole days that were left to read it.</param>
/// <param name="Reason">For the public.</param>
internal sealed record DocumentAddedLate(
    ConsultationId Id, DocumentId DocumentId, string Name, int DocumentVersion, string MediaType, long Size, string Sha256, int DaysLeft, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record DocumentRemoved(ConsultationId Id, string Name, DateTimeOffset At) : IDomainEvent;

/// <param name="Dates">What the law asked for on that day, by regime and step, such as <c>tro-permanent/min_close</c>.</param>
/// <param name="Reasons">Why good practice is departed from, by the finding's rule.</param>
internal sealed record ConsultationSubmitted(
    ConsultationId Id,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    IReadOnlyDictionary<string, DateOnly> Dates,
    IReadOnlyDictionary<string, string> Reasons,
    DateTimeOffset At) : IDomainEvent;

/// <param name="ApprovedVersion">The version of the consultation that the approver read.</param>
internal sealed record ConsultationApproved(
    ConsultationId Id,
    EngagementId EngagementId,
    string Slug,
    string Title,
    int ApprovedVersion,
    int QuestionnaireVersion,
    string QuestionnaireDigest,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationApprovalLapsed(ConsultationId Id, string Changed, DateTimeOffset At) : IDomainEvent
{
    public string Reason => $"The {Changed} changed after the approval.";
}

internal sealed record ConsultationOpened(
    ConsultationId Id, EngagementId EngagementId, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, DateTimeOffset At) : IDomainEvent;

internal sealed record ExtensionProposed(ConsultationId Id, DateTimeOffset ClosesAt, DateTimeOffset NewClosesAt, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationExtended(
    ConsultationId Id, DateTimeOffset PreviousClosesAt, DateTimeOffset ClosesAt, string ProposedBy, string Reason, DateTimeOffset At) : IDomainEvent;

/// <param name="SealAt">When the drain window ends.</param>
internal sealed record ConsultationClosing(ConsultationId Id, DateTimeOffset ClosesAt, DateTimeOffset SealAt, DateTimeOffset At) : IDomainEvent;

/// <param name="ClosedAt">The deadline itself; <paramref name="At"/> is when the closing was recorded.</param>
internal sealed record ConsultationClosed(
    ConsultationId Id,
    EngagementId EngagementId,
    string Slug,
    string Title,
    DateTimeOffset ClosedAt,
    int ResponseCount,
    string ResponseDigest,
    DateOnly OutcomeDueOn,
    AnswerThreshold Threshold,
    DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationTakenUpForConsideration(ConsultationId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationDecided(ConsultationId Id, string Body, DateOnly DecidedOn, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationAnswered(ConsultationId Id, int OutcomeVersion, DateTimeOffset At) : IDomainEvent;

/// <summary>Said of the round that is repeated.</summary>
internal sealed record NextRoundDrafted(ConsultationId Id, ConsultationId NextId, int Round, DateTimeOffset At) : IDomainEvent;

/// <summary>Said of the new round.</summary>
/// <param name="Reason">What changed, in words for the public.</param>
internal sealed record ConsultationRestarted(ConsultationId Id, ConsultationId PreviousId, int Round, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationWithdrawn(ConsultationId Id, EngagementId EngagementId, string Reason, DateTimeOffset At) : IDomainEvent;

/// <summary>A bundle for a court was made. It holds the record up to the entry before this one.</summary>
/// <param name="ManifestDigest">SHA-256 of its manifest, lower-case hexadecimal: it tells a changed bundle from the one that was made.</param>
/// <param name="AsAt">The instant of the snapshot that it shows.</param>
internal sealed record BundleRecorded(ConsultationId Id, string ManifestDigest, int Files, bool InFull, DateTimeOffset AsAt, DateTimeOffset At) : IDomainEvent;
