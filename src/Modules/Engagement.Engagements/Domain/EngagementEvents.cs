using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Engagements.Domain;

internal sealed record EngagementCreated(
    EngagementId Id, string Reference, EngagementState State, IReadOnlyList<PlanChange> Changes, DateTimeOffset At) : IDomainEvent;

/// <summary>It belongs to other teams than before.</summary>
internal sealed record EngagementGivenToTeams(EngagementId Id, IReadOnlyList<Guid> Before, IReadOnlyList<Guid> Teams, DateTimeOffset At) : IDomainEvent;

/// <param name="ApprovalVoided">True where the plan had been approved: what is not approved never opens.</param>
internal sealed record PlanEdited(
    EngagementId Id, int PlanVersion, EngagementState State, bool ApprovalVoided, IReadOnlyList<PlanChange> Changes, DateTimeOffset At) : IDomainEvent;

internal sealed record PlanSubmitted(EngagementId Id, int PlanVersion, DateTimeOffset At) : IDomainEvent;

internal sealed record PlanReviewed(
    EngagementId Id, int PlanVersion, ReviewKind Kind, ReviewVerdict Verdict, string? Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record CheckWaived(EngagementId Id, int PlanVersion, string Check, string Reason, DateTimeOffset At) : IDomainEvent;

/// <param name="Waived">Keys of the checks that were waived and not passed.</param>
internal sealed record EngagementApproved(
    EngagementId Id, string Reference, int PlanVersion, IReadOnlyList<string> Waived, DateTimeOffset At) : IDomainEvent;

internal sealed record EngagementCancelled(EngagementId Id, EngagementState From, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record ActivityRecorded(
    EngagementId Id, Guid ActivityId, string Title, PublicityMedium Medium, DateOnly HeldOn, int Reach, string ReachMeasure, DateTimeOffset At) : IDomainEvent;

/// <param name="Before">The value measured earlier; null at the first score.</param>
internal sealed record SuccessCriterionScored(
    EngagementId Id, string Criterion, decimal? Before, decimal After, bool Met, string? Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record EngagementEvaluated(EngagementId Id, string Lessons, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationProgressed(EngagementId Id, ConsultationId ConsultationId, ConsultationStage Stage, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsultationLeftOut(EngagementId Id, ConsultationId ConsultationId, string Reason, DateTimeOffset At) : IDomainEvent;

/// <summary>The state followed what happened to the consultations or activities of the engagement.</summary>
internal sealed record EngagementMoved(EngagementId Id, EngagementState From, EngagementState To, DateTimeOffset At) : IDomainEvent;
