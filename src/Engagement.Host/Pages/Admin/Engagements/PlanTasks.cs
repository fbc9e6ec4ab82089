using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;

namespace Engagement.Host.Pages.Admin.Engagements;

public enum PlanTaskStatus
{
    NotYetStarted,
    InProgress,
    Completed,
    CannotStartYet,
    Problem,
}

/// <param name="Key">The last part of the address of the page that does it.</param>
/// <param name="Hint">What to know before it is opened; null where the title says it all.</param>
public sealed record PlanTask(string Key, string Title, PlanTaskStatus Status, string? Hint = null);

public sealed record PlanTaskGroup(string Title, IReadOnlyList<PlanTask> Tasks);

/// <summary>How far each part of a plan is. It follows from the plan and from the checks of the gate, and is kept nowhere.</summary>
internal static class PlanTasks
{
    /// <summary>The checks that each part of the plan answers to.</summary>
    private static readonly Dictionary<string, string[]> ChecksOf = new(StringComparer.Ordinal)
    {
        ["about"] = ["purpose", "what-can-change"],
        ["level"] = ["level"],
        ["lead"] = ["lead-officer"],
        ["areas"] = ["areas"],
        ["groups"] = ["target-groups"],
        ["criteria"] = ["success-criteria"],
        ["methods"] = ["method-fits-level"],
        ["inclusion"] = ["inclusion-plan"],
        ["publicity"] = ["publicity-plan"],
        ["equality"] = ["equality-screening", "equality-assessment", "challenge-group"],
        ["period"] = [],
        ["governance"] = ["decision"],
    };

    /// <summary>The part of the plan that mends a check; null for a review, which nobody mends alone.</summary>
    public static string? PartOf(string check) => ChecksOf.FirstOrDefault(p => p.Value.Contains(check, StringComparer.Ordinal)).Key;

    public static IReadOnlyList<PlanTaskGroup> Of(EngagementView engagement, IReadOnlyList<CheckResult> checks)
    {
        var byKey = checks.ToDictionary(c => c.Key, StringComparer.Ordinal);
        return
        [
            new("What and why", [Part("about"), Part("level"), Part("lead")]),
            new("Who", [Part("areas"), Part("groups"), Part("criteria")]),
            new("How", [Part("methods"), Part("inclusion"), Part("publicity"), Part("equality")]),
            new("When", [Part("period"), Part("governance")]),
            new("Check and approve", [Submission(engagement), Reviews(engagement, byKey), Approval(engagement, checks)]),
        ];

        PlanTask Part(string key)
        {
            var waits = WaitsFor(key, engagement);
            var status = StatusOf(key, engagement, [.. ChecksOf[key].Select(c => byKey[c])], waits);
            return new PlanTask(key, PlanPart.Find(key)!.Title, status, status == PlanTaskStatus.CannotStartYet ? waits : null);
        }
    }

    private static PlanTaskStatus StatusOf(string part, EngagementPlan plan, IReadOnlyList<CheckResult> checks, string? waits)
    {
        var started = IsStarted(part, plan);
        if (waits is not null && !started)
        {
            return PlanTaskStatus.CannotStartYet;
        }

        var filled = IsFilled(part, plan);

        // No check asks for a period, and none of what the page is about asks for the decision.
        var complete = part is "about" or "period" ? filled : checks.Count > 0;
        return complete && checks.All(c => c.Status != CheckStatus.Fail) ? PlanTaskStatus.Completed
            : filled ? PlanTaskStatus.Problem
            : started ? PlanTaskStatus.InProgress
            : PlanTaskStatus.NotYetStarted;
    }

    /// <summary>What must be there first; null where nothing must.</summary>
    private static string? WaitsFor(string part, EngagementPlan plan) => part switch
    {
        "criteria" when plan.TargetGroups.Count == 0 => "Add a target group first",
        "methods" when plan.Level is null => "Choose the level of participation first",
        _ => null,
    };

    private static bool IsStarted(string part, EngagementPlan plan) => part switch
    {
        "about" => new[] { plan.Purpose, plan.DecisionToInform, plan.WhatCanChange, plan.WhatCannotChange }.Any(IsStated),
        "level" => plan.Level is not null,
        "lead" => plan.LeadOfficer is not null,
        "areas" => plan.Areas.Count > 0,
        "groups" => plan.TargetGroups.Count > 0,
        "criteria" => plan.SuccessCriteria.Count > 0,
        "methods" => plan.Methods.Count > 0,
        "inclusion" => plan.InclusionPlan is not null,
        "publicity" => plan.PublicityPlan.Count > 0,
        "equality" => plan.EqualityImpactAssessment is not null,
        "period" => plan.ConsultationPeriod is not null,
        _ => plan.GovernanceDates.Count > 0,
    };

    /// <summary>Everything is there that the part asks for: where a check fails all the same, something in it is wrong and not only missing.</summary>
    private static bool IsFilled(string part, EngagementPlan plan) => part switch
    {
        "about" => IsStated(plan.Purpose)
            && (plan.Level == ParticipationLevel.Inform || (IsStated(plan.DecisionToInform) && IsStated(plan.WhatCanChange) && IsStated(plan.WhatCannotChange))),
        "criteria" or "inclusion" or "publicity" => false,
        "methods" => plan.Methods.Count > 0 && plan.Level is not null,
        "equality" => plan.EqualityImpactAssessment is { ScreeningOutcome: { } outcome, ScreenedOn: not null } assessment
            && (outcome == ScreeningOutcome.NoFullAssessmentNeeded || assessment is { FullAssessmentOn: not null, ChallengeGroupReviewOn: not null }),
        "governance" => IsStated(plan.DecisionToInform) && plan.DecisionOn() is not null,
        _ => IsStarted(part, plan),
    };

    private static PlanTask Submission(EngagementView engagement) => engagement.State switch
    {
        EngagementState.Idea => new("readiness", "Check the plan and submit it", PlanTaskStatus.CannotStartYet, "Name a lead officer first"),
        EngagementState.Planning => new("readiness", "Check the plan and submit it", PlanTaskStatus.NotYetStarted),
        _ => new("readiness", "Check the plan and submit it", PlanTaskStatus.Completed),
    };

    private static PlanTask Reviews(EngagementView engagement, Dictionary<string, CheckResult> checks)
    {
        var reviews = checks.Where(c => c.Key.StartsWith("review-", StringComparison.Ordinal)).Select(c => c.Value).ToList();
        var given = engagement.Reviews.Where(r => r.PlanVersion == engagement.PlanVersion).ToList();
        var status = engagement.State is EngagementState.Idea or EngagementState.Planning ? PlanTaskStatus.CannotStartYet
            : reviews.All(r => r.Status != CheckStatus.Fail) ? PlanTaskStatus.Completed
            : given.GroupBy(r => r.Kind).Any(g => g.Last().Verdict == ReviewVerdict.ChangesNeeded) ? PlanTaskStatus.Problem
            : given.Count > 0 ? PlanTaskStatus.InProgress
            : PlanTaskStatus.NotYetStarted;
        return new PlanTask("review", "Reviews", status, status == PlanTaskStatus.CannotStartYet ? "Submit the plan first" : null);
    }

    private static PlanTask Approval(EngagementView engagement, IReadOnlyList<CheckResult> checks) =>
        engagement.Approval is not null ? new("approve", "Approval", PlanTaskStatus.Completed)
        : engagement.State != EngagementState.InReview ? new("approve", "Approval", PlanTaskStatus.CannotStartYet, "Submit the plan first")
        : checks.Any(c => c.Status == CheckStatus.Fail) ? new("approve", "Approval", PlanTaskStatus.CannotStartYet, "Some checks fail")
        : new("approve", "Approval", PlanTaskStatus.NotYetStarted);

    private static bool IsStated(string? text) => !string.IsNullOrWhiteSpace(text);
}
