namespace Engagement.Engagements.Domain;

/// <summary>One condition of the gate before approval.</summary>
/// <param name="Key">Stable, for machines; a waiver names it.</param>
/// <param name="Demands">What must be true, as a sentence.</param>
/// <param name="Waivable">False where the rest of the product cannot work without it.</param>
internal sealed record ReadinessCheck(string Key, string Demands, bool Waivable, Func<PlanUnderReview, CheckFinding> Examine);

/// <param name="Reviews">The newest of each kind for the current version of the plan.</param>
/// <param name="Today">The UK date of the examination.</param>
internal sealed record PlanUnderReview(EngagementPlan Plan, IReadOnlyDictionary<ReviewKind, PlanReview> Reviews, DateOnly Today);

/// <param name="Remedy">What to do; null where the check passes.</param>
internal sealed record CheckFinding(string Reason, string? Remedy)
{
    public bool Passes => Remedy is null;

    public static CheckFinding Pass(string reason) => new(reason, null);

    public static CheckFinding Fail(string reason, string remedy) => new(reason, remedy);
}

/// <param name="Reason">Why it passes or fails; for a waived check the reason given for the waiver.</param>
/// <param name="Remedy">What to do; null unless it fails.</param>
/// <param name="WaivedBy">Who waived it, as <c>kind:id</c>; null unless it is waived.</param>
public sealed record CheckResult(string Key, string Demands, CheckStatus Status, string Reason, string? Remedy, bool Waivable, string? WaivedBy);

public enum CheckStatus
{
    Pass,
    Fail,
    Waived,
}
