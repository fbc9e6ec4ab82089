using System.Globalization;
using Engagement.Kernel;

namespace Engagement.Engagements.Domain;

/// <summary>The gate before approval: every check, in the order in which a plan is written.</summary>
internal static class ReadinessChecks
{
    public const string LeadOfficer = "lead-officer";
    public const string Level = "level";
    public const string Purpose = "purpose";
    public const string WhatCanChange = "what-can-change";
    public const string Areas = "areas";
    public const string TargetGroups = "target-groups";
    public const string SuccessCriteria = "success-criteria";
    public const string MethodFitsLevel = "method-fits-level";
    public const string InclusionPlan = "inclusion-plan";
    public const string PublicityPlan = "publicity-plan";
    public const string EqualityScreening = "equality-screening";
    public const string EqualityAssessment = "equality-assessment";
    public const string ChallengeGroup = "challenge-group";
    public const string Decision = "decision";

    public static readonly IReadOnlyList<ReadinessCheck> All =
    [
        new(LeadOfficer, "A lead officer answers for the engagement and can be reached.", Waivable: false, ExamineLeadOfficer),
        new(Level, "The level of participation is chosen.", Waivable: false, ExamineLevel),
        new(Purpose, "The purpose is stated.", Waivable: true, u => Stated(u.Plan.Purpose, "The purpose")),
        new(WhatCanChange, "What people can influence and what they cannot are stated, because people are asked for a reason.", Waivable: true, ExamineWhatCanChange),
        new(Areas, "At least one area is named.", Waivable: true, ExamineAreas),
        new(TargetGroups, "At least one target group is named.", Waivable: true, ExamineTargetGroups),
        new(SuccessCriteria, "Each target group has a success criterion.", Waivable: true, ExamineSuccessCriteria),
        new(MethodFitsLevel, "At least one method gives people as much say as the level promises.", Waivable: true, ExamineMethods),
        new(InclusionPlan, "The inclusion plan offers digital and other formats, languages, places, and says what is known of digital needs.", Waivable: true, ExamineInclusion),
        new(PublicityPlan, "The publicity plan uses at least two media.", Waivable: true, ExaminePublicity),
        new(EqualityScreening, "The equality impact screening has an outcome and a date (Equality Act 2010 s.149).", Waivable: true, ExamineScreening),
        new(EqualityAssessment, "Where the screening asks for a full equality impact assessment, it is dated before the decision.", Waivable: true, ExamineFullAssessment),
        new(ChallengeGroup, "Where a full equality impact assessment is needed, the challenge group reviews it before the launch.", Waivable: true, ExamineChallengeGroup),
        new(Decision, "The decision to inform is stated, with a governance date for it after the planned period.", Waivable: true, ExamineDecision),
        Review(ReviewKind.Policy),
        Review(ReviewKind.Legal),
        Review(ReviewKind.Equalities),
        Review(ReviewKind.Communications),
    ];

    public static ReadinessCheck? Find(string key) => All.FirstOrDefault(c => c.Key == key);

    public static string ReviewKey(ReviewKind kind) => $"review-{Word(kind)}";

    private static ReadinessCheck Review(ReviewKind kind) => new(
        ReviewKey(kind),
        kind == ReviewKind.Legal ? "For a statutory exercise legal approves this version of the plan." : $"{Title(kind)} approves this version of the plan.",
        Waivable: true,
        u => ExamineReview(kind, u));

    private static CheckFinding ExamineReview(ReviewKind kind, PlanUnderReview under)
    {
        if (kind == ReviewKind.Legal && !under.Plan.Statutory)
        {
            return CheckFinding.Pass("Not needed: no law requires this exercise.");
        }

        if (!under.Reviews.TryGetValue(kind, out var review))
        {
            return CheckFinding.Fail($"{Title(kind)} has not reviewed this version of the plan.", $"Submit the plan and ask {Word(kind)} for a review.");
        }

        return review.Verdict == ReviewVerdict.Approve
            ? CheckFinding.Pass($"{Title(kind)} approved this version.")
            : CheckFinding.Fail($"{Title(kind)} asks for changes: {review.Comment}", $"Change the plan, submit it again and ask {Word(kind)} for another review.");
    }

    private static CheckFinding ExamineLeadOfficer(PlanUnderReview under) => under.Plan.LeadOfficer is null
        ? CheckFinding.Fail("Nobody is named.", "Enter the name and e-mail address of the lead officer.")
        : CheckFinding.Pass("A lead officer is named.");

    private static CheckFinding ExamineLevel(PlanUnderReview under) => under.Plan.Level is { } level
        ? CheckFinding.Pass($"The level is {Word(level)}.")
        : CheckFinding.Fail("No level is chosen.", "Choose inform, consult, involve, collaborate or empower.");

    private static CheckFinding ExamineWhatCanChange(PlanUnderReview under)
    {
        if (under.Plan.Level == ParticipationLevel.Inform)
        {
            return CheckFinding.Pass("Not needed: people are informed, not asked.");
        }

        var can = Stated(under.Plan.WhatCanChange, "What can change");
        return can.Passes ? Stated(under.Plan.WhatCannotChange, "What cannot change") : can;
    }

    private static CheckFinding ExamineAreas(PlanUnderReview under) => under.Plan.Areas.Count > 0
        ? CheckFinding.Pass($"{Count(under.Plan.Areas.Count, "area")} named.")
        : CheckFinding.Fail("No area is named.", "Name each area that is affected; the whole county is an area too.");

    private static CheckFinding ExamineTargetGroups(PlanUnderReview under) => under.Plan.TargetGroups.Count > 0
        ? CheckFinding.Pass($"{Count(under.Plan.TargetGroups.Count, "target group")} named.")
        : CheckFinding.Fail("No target group is named.", "Name the people with a stake, and how many of them you aim to reach.");

    private static CheckFinding ExamineSuccessCriteria(PlanUnderReview under)
    {
        if (under.Plan.SuccessCriteria.Count == 0)
        {
            return CheckFinding.Fail("There is no success criterion.", "Add a measurable success criterion for each target group.");
        }

        var covered = under.Plan.SuccessCriteria.SelectMany(c => c.TargetGroups).ToHashSet(StringComparer.Ordinal);
        var missing = under.Plan.TargetGroups.Where(g => !covered.Contains(g.Key)).Select(g => g.Name).ToList();
        return missing.Count == 0
            ? CheckFinding.Pass("Each target group has a success criterion.")
            : CheckFinding.Fail($"No success criterion is about: {string.Join(", ", missing)}.", "Add a measurable success criterion for each of them.");
    }

    private static CheckFinding ExamineMethods(PlanUnderReview under)
    {
        if (under.Plan.Level is not { } level)
        {
            return CheckFinding.Fail("No level is chosen, so no method can fit it.", "Choose the level of participation first.");
        }

        return under.Plan.Methods.Any(m => m.Fits(level))
            ? CheckFinding.Pass($"A method fits the level {Word(level)}.")
            : CheckFinding.Fail(
                $"No method lets people take part at the level {Word(level)}.",
                $"Add one of: {string.Join(", ", Enum.GetValues<MethodType>().Where(t => EngagementMethod.HighestLevel(t) >= level).Select(t => Word(t)))}; or choose a lower level.");
    }

    private static CheckFinding ExamineInclusion(PlanUnderReview under)
    {
        var plan = under.Plan.InclusionPlan ?? new InclusionPlan();
        List<string> missing = [];
        AddIf(!plan.OffersDigital, "a digital format");
        AddIf(!plan.OffersOffline, "a format that needs no device, such as print");
        AddIf(plan.Languages.Count == 0, "the languages");
        AddIf(plan.Places.Count == 0, "a place where people can take part in person");
        AddIf(string.IsNullOrWhiteSpace(plan.DigitalNeeds), "what is known of people's digital needs");
        return missing.Count == 0
            ? CheckFinding.Pass("Formats, languages, places and digital needs are planned.")
            : CheckFinding.Fail($"The inclusion plan lacks: {string.Join("; ", missing)}.", "Complete the inclusion plan.");

        void AddIf(bool lacks, string what)
        {
            if (lacks)
            {
                missing.Add(what);
            }
        }
    }

    private static CheckFinding ExaminePublicity(PlanUnderReview under)
    {
        var media = under.Plan.PublicityPlan.Select(p => p.Medium).Distinct().Count();
        return media >= 2
            ? CheckFinding.Pass($"{media} media are planned.")
            : CheckFinding.Fail(media == 0 ? "No publicity is planned." : "Only one medium is planned, which leaves out who does not see it.", "Plan publicity by at least two media that your target groups use.");
    }

    private static CheckFinding ExamineScreening(PlanUnderReview under) => under.Plan.EqualityImpactAssessment switch
    {
        { ScreeningOutcome: not null, ScreenedOn: { } on } when on <= under.Today => CheckFinding.Pass($"Screened on {Day(on)}."),
        { ScreeningOutcome: not null, ScreenedOn: { } on } => CheckFinding.Fail($"The screening is dated {Day(on)}, which is still to come.", "Screen it first, then enter the date."),
        _ => CheckFinding.Fail("The screening has no outcome or no date.", "Screen the equality impact and enter the outcome, the date and who did it."),
    };

    private static CheckFinding ExamineFullAssessment(PlanUnderReview under)
    {
        if (NoFullAssessmentNeeded(under))
        {
            return CheckFinding.Pass("Not needed: the screening does not ask for a full assessment.");
        }

        if (under.Plan.EqualityImpactAssessment?.FullAssessmentOn is not { } on)
        {
            return CheckFinding.Fail("The full equality impact assessment has no date.", "Enter the date by which it is done, before the decision.");
        }

        return under.Plan.DecisionOn() is { } decision && on >= decision
            ? CheckFinding.Fail($"The full assessment is dated {Day(on)}, not before the decision on {Day(decision)}.", "Whoever decides must have read it: move one of the two dates.")
            : CheckFinding.Pass($"The full assessment is dated {Day(on)}.");
    }

    private static CheckFinding ExamineChallengeGroup(PlanUnderReview under)
    {
        if (NoFullAssessmentNeeded(under))
        {
            return CheckFinding.Pass("Not needed: the screening does not ask for a full assessment.");
        }

        if (under.Plan.EqualityImpactAssessment?.ChallengeGroupReviewOn is not { } on)
        {
            return CheckFinding.Fail("The review by the equalities challenge group has no date.", "Agree a date with the challenge group, before the launch.");
        }

        return under.Plan.ConsultationPeriod is { } period && on >= period.OpensOn
            ? CheckFinding.Fail($"The challenge group reviews it on {Day(on)}, not before the launch on {Day(period.OpensOn)}.", "Move one of the two dates.")
            : CheckFinding.Pass($"The challenge group's review is dated {Day(on)}.");
    }

    private static CheckFinding ExamineDecision(PlanUnderReview under)
    {
        if (under.Plan.Level == ParticipationLevel.Inform)
        {
            return CheckFinding.Pass("Not needed: people are informed, not asked.");
        }

        if (string.IsNullOrWhiteSpace(under.Plan.DecisionToInform))
        {
            return CheckFinding.Fail("The decision that this informs is not stated.", "Say which decision is to be taken.");
        }

        if (under.Plan.DecisionOn() is not { } decision)
        {
            return CheckFinding.Fail("No governance date is marked as the day of the decision.", "Add the date of the Cabinet or other body that decides, and mark it as the decision.");
        }

        return under.Plan.ConsultationPeriod is { } period && decision <= period.LastDay
            ? CheckFinding.Fail(
                $"The decision on {Day(decision)} is not after the last day of the planned period, {Day(period.LastDay)}.",
                "Decide after people have been heard: move the decision later or the period earlier.")
            : CheckFinding.Pass($"The decision is planned for {Day(decision)}.");
    }

    /// <summary>While nothing is screened nothing asks for a full assessment; the screening check says what is missing.</summary>
    private static bool NoFullAssessmentNeeded(PlanUnderReview under) =>
        under.Plan.EqualityImpactAssessment?.ScreeningOutcome is not ScreeningOutcome.FullAssessmentNeeded;

    private static CheckFinding Stated(string? text, string subject) => string.IsNullOrWhiteSpace(text)
        ? CheckFinding.Fail($"{subject} is not stated.", "State it in plain words.")
        : CheckFinding.Pass($"{subject} is stated.");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? " is" : "s are")}");

    private static string Day(DateOnly date) => UkTime.Spell(date);

    private static string Title(ReviewKind kind) => kind.ToString();

    /// <summary>As the API spells it.</summary>
    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
