using Engagement.Consultations.Contracts;

namespace Engagement.Engagements.Domain;

/// <summary>Something that was done to tell people, with the number it reached.</summary>
/// <param name="HeldOn">The UK date; for something that ran for days, its last.</param>
/// <param name="Reach">People, counted as <paramref name="ReachMeasure"/> says.</param>
/// <param name="ReachMeasure">How the number was come by, such as <c>leaflets delivered, one a household</c>: a figure without its method says nothing.</param>
/// <param name="TargetGroups">Keys of the groups it was for; empty where it was for all of them.</param>
public sealed record RecordedActivity(
    Guid Id,
    string Title,
    PublicityMedium Medium,
    DateOnly HeldOn,
    int Reach,
    string ReachMeasure,
    IReadOnlyList<string> TargetGroups,
    string RecordedBy,
    DateTimeOffset RecordedAt);

/// <param name="Criterion">The criterion's key.</param>
/// <param name="MeasuredOn">The UK date of the measurement.</param>
public sealed record CriterionScore(
    string Criterion, decimal MeasuredValue, bool Met, string? Note, DateOnly MeasuredOn, string ScoredBy, DateTimeOffset ScoredAt);

/// <param name="Lessons">What to do again and what to do differently.</param>
public sealed record EngagementEvaluation(string Lessons, string By, DateTimeOffset At);

/// <summary>How far a consultation has come, as far as its engagement cares.</summary>
public enum ConsultationStage
{
    Scheduled,
    Open,
    Closed,
    Coded,
    OutcomePublished,
}

/// <summary>A consultation of the engagement. Its stage only goes forward: events of one consultation may arrive in any order.</summary>
internal sealed class FollowedConsultation
{
    private FollowedConsultation()
    {
    }

    public ConsultationId ConsultationId { get; private init; }

    public ConsultationStage Stage { get; private set; }

    public bool IsWithdrawn { get; private set; }

    internal static FollowedConsultation Of(ConsultationId id, ConsultationStage stage) => new() { ConsultationId = id, Stage = stage };

    /// <returns>False where it had come that far already.</returns>
    internal bool Reach(ConsultationStage stage)
    {
        if (stage <= Stage)
        {
            return false;
        }

        Stage = stage;
        return true;
    }

    /// <returns>False where it was withdrawn already.</returns>
    internal bool Withdraw()
    {
        var changed = !IsWithdrawn;
        IsWithdrawn = true;
        return changed;
    }
}
