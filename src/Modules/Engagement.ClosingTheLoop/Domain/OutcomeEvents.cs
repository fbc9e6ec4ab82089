using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>A consultation closed, and the council owes those who answered an outcome.</summary>
internal sealed record OutcomePromised(
    ConsultationId ConsultationId, EngagementId EngagementId, DateTimeOffset ClosedAt, int Responses, string ResponseDigest, DateOnly DueOn, DateTimeOffset At) : IDomainEvent;

internal sealed record OutcomeDueDateMoved(ConsultationId ConsultationId, DateOnly From, DateOnly To, string? Reason, DateTimeOffset At) : IDomainEvent;

/// <param name="Week">Weeks since the due date that have begun, from 1.</param>
internal sealed record OwnerReminded(ConsultationId ConsultationId, DateOnly DueOn, int Week, DateTimeOffset At) : IDomainEvent;

internal sealed record DecisionRecorded(ConsultationId ConsultationId, Decision Decision, DateTimeOffset At) : IDomainEvent;

internal sealed record DecisionCorrected(ConsultationId ConsultationId, Decision Decision, string? Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record OutcomeDrafted(ConsultationId ConsultationId, OutcomeDraft Draft, IReadOnlyList<CommitmentText> Commitments, DateTimeOffset At) : IDomainEvent;

/// <param name="Content">The council's own words and figures; quotations stand in it by id only.</param>
/// <param name="ClosesTheLoop">False where it only says what happens next.</param>
internal sealed record OutcomePublished(
    ConsultationId ConsultationId, string Slug, string Title, int OutcomeVersion, PublishedContent Content, bool ClosesTheLoop, string? Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record CommitmentProgressed(
    ConsultationId ConsultationId, CommitmentId CommitmentId, CommitmentStatus Status, string Note, DateTimeOffset At) : IDomainEvent;
