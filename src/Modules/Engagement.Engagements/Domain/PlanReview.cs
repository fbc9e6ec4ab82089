namespace Engagement.Engagements.Domain;

/// <summary>What one of the support teams said of one version of the plan. The newest of its kind for the current version counts.</summary>
/// <param name="PlanVersion">The version that was read; an edit afterwards leaves the review without effect.</param>
/// <param name="By">The reviewer as <c>kind:id</c>.</param>
public sealed record PlanReview(ReviewKind Kind, ReviewVerdict Verdict, string? Comment, int PlanVersion, string By, DateTimeOffset At);

public enum ReviewKind
{
    Policy,
    Legal,
    Equalities,
    Communications,
}

public enum ReviewVerdict
{
    Approve,
    ChangesNeeded,
}

/// <summary>An approver let a check go for one version of the plan.</summary>
/// <param name="PlanVersion">An edit afterwards leaves the waiver without effect.</param>
public sealed record CheckWaiver(string Check, string Reason, int PlanVersion, string By, DateTimeOffset At);

/// <param name="PlanVersion">The version that the approver named.</param>
/// <param name="By">Never one of the authors.</param>
public sealed record PlanApproval(int PlanVersion, string By, DateTimeOffset At);
