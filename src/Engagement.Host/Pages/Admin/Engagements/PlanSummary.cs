using System.Globalization;
using Engagement.Engagements.Domain;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <param name="Lines">What it says; empty where nothing is said.</param>
public sealed record SummaryRow(string Label, IReadOnlyList<string> Lines);

/// <summary>One part of a plan: a page edits it, and the readiness list leads to it.</summary>
/// <param name="Key">The last part of the page's address.</param>
/// <param name="Fields">Members of the plan, as the API names them.</param>
/// <param name="Items">What one of its items is called, such as <c>target group</c>; null where it is no list.</param>
internal sealed record PlanPart(string Key, string Title, IReadOnlyList<string> Fields, string? Items = null)
{
    public static readonly IReadOnlyList<PlanPart> All =
    [
        new("about", "What it is about", ["title", "summary", "purpose", "decisionToInform", "whatCanChange", "whatCannotChange", "department", "origin"]),
        new("level", "Level of participation", ["level", "statutory"]),
        new("lead", "Lead officer", ["leadOfficer"]),
        new("areas", "Areas", ["areas"], "area"),
        new("groups", "Target groups", ["targetGroups"], "target group"),
        new("criteria", "Success criteria", ["successCriteria"], "success criterion"),
        new("methods", "Methods", ["methods"], "method"),
        new("inclusion", "Inclusion plan", ["inclusionPlan"]),
        new("publicity", "Publicity plan", ["publicityPlan"], "piece of publicity"),
        new("equality", "Equality impact assessment", ["equalityImpactAssessment"]),
        new("period", "Planned period", ["consultationPeriod"]),
        new("governance", "Governance dates", ["governanceDates"], "governance date"),
    ];

    public static PlanPart? Find(string key) => All.FirstOrDefault(p => p.Key == key);

    /// <param name="changeable">As the engagement says: null where everything may change.</param>
    public bool MayChange(IReadOnlyList<string>? changeable) => changeable is null || Fields.All(f => changeable.Contains(f, StringComparer.Ordinal));
}

/// <summary>A plan in words, part by part.</summary>
internal static class PlanSummary
{
    public static IReadOnlyList<SummaryRow> Of(EngagementPlan plan, string part) => part switch
    {
        "about" =>
        [
            Row("Title", plan.Title),
            Row("Summary", plan.Summary),
            Row("Department", plan.Department),
            Row("Where the idea came from", PlanWords.Of(plan.Origin)),
            Row("Purpose", plan.Purpose),
            Row("Decision that it informs", plan.DecisionToInform),
            Row("What people can influence", plan.WhatCanChange),
            Row("What is settled, and why", plan.WhatCannotChange),
        ],
        "level" =>
        [
            Row("Level of participation", plan.Level is { } level ? PlanWords.Of(level) : null),
            Row("Required by law", plan.Statutory ? "Yes" : "No"),
        ],
        "lead" => [Row("Name", plan.LeadOfficer?.Name), Row("E-mail address", plan.LeadOfficer?.Email)],
        "inclusion" =>
        [
            Rows("Formats", plan.InclusionPlan?.Formats.Select(f => PlanWords.Of(f))),
            Rows("Languages", plan.InclusionPlan?.Languages),
            Rows("Places", plan.InclusionPlan?.Places),
            Row("What is known of digital needs", plan.InclusionPlan?.DigitalNeeds),
        ],
        "equality" =>
        [
            Row("Outcome of the screening", plan.EqualityImpactAssessment?.ScreeningOutcome is { } outcome ? PlanWords.Of(outcome) : null),
            Row("Screened on", Day(plan.EqualityImpactAssessment?.ScreenedOn)),
            Row("Screened by", plan.EqualityImpactAssessment?.ScreenedBy),
            Row("Full assessment on", Day(plan.EqualityImpactAssessment?.FullAssessmentOn)),
            Row("Address of the full assessment", plan.EqualityImpactAssessment?.FullAssessmentLink),
            Row("Review by the challenge group on", Day(plan.EqualityImpactAssessment?.ChallengeGroupReviewOn)),
        ],
        "period" => [Row("Opens on", Day(plan.ConsultationPeriod?.OpensOn)), Row("Last day", Day(plan.ConsultationPeriod?.LastDay))],
        _ => Items(plan, part),
    };

    /// <summary>The items of a part that is a list, in the plan's order: what each is called, and what else is said of it.</summary>
    public static IReadOnlyList<SummaryRow> Items(EngagementPlan plan, string part) => part switch
    {
        "areas" => [.. plan.Areas.Select(a => Row(a.Name, a.Code))],
        "groups" =>
        [
            .. plan.TargetGroups.Select(g => Rows(g.Name,
            [
                PlanWords.Of(g.Audience),
                string.Create(CultureInfo.InvariantCulture, $"Aim: reach {g.ReachAimedAt:N0} people"),
                .. g.PopulationSharePercent is { } share ? [string.Create(CultureInfo.InvariantCulture, $"{share:0.##} per cent of the population concerned")] : Array.Empty<string>(),
            ])),
        ],
        "criteria" =>
        [
            .. plan.SuccessCriteria.Select(c => Rows(c.Outcome, [$"{c.Measure}: {Target(c)}", $"For: {PlanWords.GroupNames(plan, c.TargetGroups)}"])),
        ],
        "methods" =>
        [
            .. plan.Methods.Select(m => Rows(PlanWords.Of(m.Type),
            [
                PlanWords.Of(m.Approach).Split(':')[0],
                m.TargetGroups.Count == 0 ? "For all target groups" : $"For: {PlanWords.GroupNames(plan, m.TargetGroups)}",
                .. m.Description is null ? Array.Empty<string>() : [m.Description],
            ])),
        ],
        "publicity" =>
        [
            .. plan.PublicityPlan.Select(p => Rows(PlanWords.Of(p.Medium), [p.Description, p.From is { } from ? $"From {UkTime.Spell(from)}" : "No date yet"])),
        ],
        "governance" =>
        [
            .. plan.GovernanceDates.Select(d => Rows($"{PlanWords.Of(d.Body)}, {UkTime.Spell(d.Date)}", [d.Purpose, .. d.IsDecision ? ["The decision is taken on this day"] : Array.Empty<string>()])),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "The plan has no such part."),
    };

    /// <summary>Such as <c>at least 400 responses</c>.</summary>
    public static string Target(SuccessCriterion criterion) =>
        $"{(criterion.Direction == TargetDirection.AtLeast ? "at least" : "at most")} {criterion.TargetValue.ToString("#,0.##########", CultureInfo.InvariantCulture)} {criterion.Unit}";

    private static SummaryRow Row(string label, string? text) => new(label, string.IsNullOrWhiteSpace(text) ? [] : [text]);

    private static SummaryRow Rows(string label, IEnumerable<string>? lines) => new(label, lines is null ? [] : [.. lines]);

    private static string? Day(DateOnly? date) => date is { } day ? UkTime.Spell(day) : null;
}
