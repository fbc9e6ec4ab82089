using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.TestKit.Engagements;

namespace Engagement.UnitTests.Engagements;

public sealed class PlanValidatorTests
{
    private static readonly EngagementPlan Complete = SamplePlan.Complete;

    [Fact]
    public void A_complete_plan_is_well_formed() => Errors(Complete).ShouldBeEmpty();

    [Fact]
    public void An_idea_needs_a_title_a_summary_and_a_department_only()
    {
        Errors(new EngagementPlan { Title = "Idea", Summary = "An idea", Department = "Corporate" }).ShouldBeEmpty();
        Errors(new EngagementPlan()).ShouldBe(["Title: Enter a title", "Summary: Enter a summary in plain language", "Department: Enter the department"]);
    }

    public static TheoryData<EngagementPlan, string> Refusals => new()
    {
        { Complete with { Title = new string('x', 201) }, "Title: The title must be 200 characters or fewer" },
        { Complete with { Title = "Nul\0" }, "Title: The title contains control characters: remove them" },
        { Complete with { Summary = new string('x', 2001) }, "Summary: The summary must be 2000 characters or fewer" },
        { Complete with { Purpose = new string('x', 4001) }, "Purpose: The purpose must be 4000 characters or fewer" },
        { Complete with { Department = new string('x', 101) }, "Department: The department must be 100 characters or fewer" },
        { Complete with { LeadOfficer = new LeadOfficer { Name = "", Email = "a@b.example" } }, "LeadOfficer.Name: Enter the lead officer's name" },
        { Complete with { LeadOfficer = new LeadOfficer { Name = "A", Email = "nobody" } }, "LeadOfficer.Email: Enter an e-mail address in the form name@council.gov.uk" },
        { Complete with { LeadOfficer = new LeadOfficer { Name = "A", Email = "a@b.example\nBcc: c@d.example" } }, "LeadOfficer.Email: Enter an e-mail address in the form name@council.gov.uk" },
        { Complete with { Areas = [new Area { Name = "Oadby", Code = "Oadby" }] }, "Areas[0].Code: The area's code must be a letter and 8 digits, such as E07000132" },
        { Complete with { TargetGroups = [Complete.TargetGroups[0], Complete.TargetGroups[1], Complete.TargetGroups[1]] }, "TargetGroups: Give each target group a key of its own" },
        { WithGroup(g => g with { Name = " " }), "TargetGroups[0].Name: Enter the target group's name" },
        { WithGroup(g => g with { PopulationSharePercent = 0 }), "TargetGroups[0].PopulationSharePercent: The population share must be more than 0 and at most 100 per cent" },
        { WithGroup(g => g with { PopulationSharePercent = 100.1m }), "TargetGroups[0].PopulationSharePercent: The population share must be more than 0 and at most 100 per cent" },
        { WithGroup(g => g with { ReachAimedAt = 0 }), "TargetGroups[0].ReachAimedAt: The reach aimed at must be from 1 to 10,000,000 people" },
        { WithCriterion(c => c with { TargetGroups = ["strangers"] }), "SuccessCriteria[0]: Name target groups by the keys they have in this plan" },
        { WithCriterion(c => c with { TargetGroups = [] }), "SuccessCriteria[0].TargetGroups: Name at least one target group by its key" },
        { WithCriterion(c => c with { TargetGroups = ["users", "users"] }), "SuccessCriteria[0].TargetGroups: Name each key once" },
        { WithCriterion(c => c with { Key = "Not A Key" }), "SuccessCriteria[0].Key: The key must be lower-case letters, digits and single hyphens, such as young-parents" },
        { WithCriterion(c => c with { Unit = "" }), "SuccessCriteria[0].Unit: Enter the unit of the measure, such as responses" },
        { WithCriterion(c => c with { TargetValue = 1_000_000_000_001m }), "SuccessCriteria[0].TargetValue: The target value is too large" },
        { Complete with { SuccessCriteria = [Complete.SuccessCriteria[0], Complete.SuccessCriteria[0]] }, "SuccessCriteria: Give each success criterion a key of its own" },
        { Complete with { Methods = [Complete.Methods[0] with { TargetGroups = ["strangers"] }] }, "Methods[0]: Name target groups by the keys they have in this plan" },
        { Complete with { Methods = [.. Enumerable.Repeat(Complete.Methods[0], 51)] }, "Methods: Give 50 methods or fewer" },
        { Complete with { InclusionPlan = new InclusionPlan { Languages = [""] } }, "InclusionPlan.Languages[0]: Enter the language" },
        { Complete with { PublicityPlan = [Complete.PublicityPlan[0] with { Description = "" }] }, "PublicityPlan[0].Description: Enter what is published, and where" },
        { Complete with { EqualityImpactAssessment = new EqualityImpactAssessment { FullAssessmentLink = "javascript:alert(1)" } }, "EqualityImpactAssessment.FullAssessmentLink: Enter the whole address of the full assessment, beginning with https://" },
        { Complete with { GovernanceDates = [Complete.GovernanceDates[1] with { IsDecision = true }] }, "GovernanceDates[0].IsDecision: Scrutiny advises and does not decide: mark the date of the body that takes the decision" },
        { Complete with { GovernanceDates = [Complete.GovernanceDates[1] with { Purpose = "" }] }, "GovernanceDates[0].Purpose: Enter what the body is asked to do" },
        { Complete with { ConsultationPeriod = new PlannedPeriod { OpensOn = SamplePlan.OpensOn, LastDay = SamplePlan.OpensOn.AddDays(-1) } }, "ConsultationPeriod: The last day must be on or after the opening day" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    internal void Each_fault_has_its_sentence_at_its_field(EngagementPlan plan, string error) => Errors(plan).ShouldBe([error]);

    public static TheoryData<EngagementPlan> AtTheBoundary => new()
    {
        Complete with { Title = new string('x', 200), Summary = new string('x', 2000), Purpose = new string('x', 4000), Department = new string('x', 100) },
        Complete with { Summary = "Two lines\r\nand a\ttab" },
        WithGroup(g => g with { PopulationSharePercent = 100, ReachAimedAt = 1 }),
        WithGroup(g => g with { ReachAimedAt = 10_000_000 }),
        WithCriterion(c => c with { TargetValue = 1_000_000_000_000m }),
        Complete with { Methods = [.. Enumerable.Repeat(Complete.Methods[0], 50)] },
        Complete with { ConsultationPeriod = new PlannedPeriod { OpensOn = SamplePlan.OpensOn, LastDay = SamplePlan.OpensOn } },
        Complete with { EqualityImpactAssessment = new EqualityImpactAssessment { FullAssessmentLink = "https://council.example/eia.pdf" } },
    };

    [Theory]
    [MemberData(nameof(AtTheBoundary))]
    internal void What_is_just_within_the_limits_is_well_formed(EngagementPlan plan) => Errors(plan).ShouldBeEmpty();

    [Fact]
    public void A_review_that_asks_for_changes_says_which()
    {
        Validate(new ReviewPlanValidator(), new ReviewPlan(EngagementId.New(), ReviewKind.Policy, ReviewVerdict.ChangesNeeded, " ", 1)).ShouldBe(["Comment: Enter which changes are needed"]);
        Validate(new ReviewPlanValidator(), new ReviewPlan(EngagementId.New(), ReviewKind.Policy, ReviewVerdict.Approve, null, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_waiver_names_a_check_and_a_reason()
    {
        Validate(new WaiveCheckValidator(), new WaiveCheck(EngagementId.New(), "unknown", "", 1))
            .ShouldBe(["Check: Name a check by its key from the readiness list", "Reason: Enter why the check may be waived"]);
        Validate(new WaiveCheckValidator(), new WaiveCheck(EngagementId.New(), "publicity-plan", "By letter", 1)).ShouldBeEmpty();
    }

    [Fact]
    public void An_activity_says_how_its_reach_was_counted()
    {
        var activity = new RecordActivity(EngagementId.New(), "Leaflet", PublicityMedium.Leaflet, new DateOnly(2026, 11, 1), 0, "Counted", []);

        Validate(new RecordActivityValidator(), activity).ShouldBeEmpty();
        Validate(new RecordActivityValidator(), activity with { Reach = -1, ReachMeasure = "" })
            .ShouldBe(["Reach: The reach must be from 0 to 10,000,000 people", "ReachMeasure: Enter how the reach was counted"]);
    }

    private static EngagementPlan WithGroup(Func<TargetGroup, TargetGroup> change) =>
        Complete with { TargetGroups = [change(Complete.TargetGroups[0]), Complete.TargetGroups[1]] };

    private static EngagementPlan WithCriterion(Func<SuccessCriterion, SuccessCriterion> change) =>
        Complete with { SuccessCriteria = [change(Complete.SuccessCriteria[0])] };

    private static List<string> Errors(EngagementPlan plan) => Validate(new CreateEngagementValidator(), new CreateEngagement(plan));

    private static List<string> Validate<T>(FluentValidation.IValidator<T> validator, T request) =>
        [.. validator.Validate(request).Errors.Select(e => $"{e.PropertyName}: {e.ErrorMessage}")];
}
