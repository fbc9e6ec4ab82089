using Engagement.Engagements.Domain;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <param name="Part">The part of the plan that it stands in.</param>
/// <param name="Number">From 1, in the plan's order.</param>
internal sealed record PlanItem(string Text, string Part, int Number);

/// <summary>Changes to the lists of a plan, one item at a time.</summary>
internal static class PlanItems
{
    /// <summary>The list with the item in the place of the one with this index; at its end where there is none.</summary>
    public static IReadOnlyList<T> With<T>(this IReadOnlyList<T> list, int? index, T item) =>
        index is { } at ? [.. list.Select((old, i) => i == at ? item : old)] : [.. list, item];

    /// <summary>The plan without one item of a list. A target group leaves the criteria and methods that are for others too.</summary>
    public static EngagementPlan Without(EngagementPlan plan, string part, int index) => part switch
    {
        "areas" => plan with { Areas = Except(plan.Areas, index) },
        "groups" => WithoutGroup(plan, plan.TargetGroups[index].Key),
        "criteria" => plan with { SuccessCriteria = Except(plan.SuccessCriteria, index) },
        "methods" => plan with { Methods = Except(plan.Methods, index) },
        "publicity" => plan with { PublicityPlan = Except(plan.PublicityPlan, index) },
        "governance" => plan with { GovernanceDates = Except(plan.GovernanceDates, index) },
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "This part of the plan is no list."),
    };

    /// <summary>Criteria and methods for this target group and no other: without it a criterion would be for nobody, and a method for everybody.</summary>
    public static IReadOnlyList<PlanItem> ForGroupAlone(EngagementPlan plan, string key) =>
    [
        .. plan.SuccessCriteria.Select((c, i) => (c.TargetGroups, Item: new PlanItem($"Success criterion: {c.Outcome}", "criteria", i + 1)))
            .Concat(plan.Methods.Select((m, i) => (m.TargetGroups, Item: new PlanItem($"Method: {PlanWords.Of(m.Type)}", "methods", i + 1))))
            .Where(x => x.TargetGroups is [var only] && only == key)
            .Select(x => x.Item),
    ];

    private static EngagementPlan WithoutGroup(EngagementPlan plan, string key) => plan with
    {
        TargetGroups = [.. plan.TargetGroups.Where(g => g.Key != key)],
        SuccessCriteria = [.. plan.SuccessCriteria.Select(c => c with { TargetGroups = [.. c.TargetGroups.Where(k => k != key)] })],
        Methods = [.. plan.Methods.Select(m => m with { TargetGroups = [.. m.TargetGroups.Where(k => k != key)] })],
    };

    private static IReadOnlyList<T> Except<T>(IReadOnlyList<T> list, int index) => [.. list.Where((_, i) => i != index)];
}
