using Engagement.Engagements.Domain;
using Engagement.TestKit.Engagements;
using static Engagement.UnitTests.Engagements.Samples;

namespace Engagement.UnitTests.Engagements;

public sealed class ReadinessCheckTests
{
    private static readonly EngagementPlan Complete = SamplePlan.Complete;
    private static readonly InclusionPlan Inclusion = Complete.InclusionPlan!;
    private static readonly EqualityImpactAssessment Equality = Complete.EqualityImpactAssessment!;

    [Fact]
    public void A_complete_plan_fails_only_for_want_of_reviews() =>
        Planned().Readiness(Today).Where(c => c.Status == CheckStatus.Fail).Select(c => c.Key)
            .ShouldBe(["review-policy", "review-legal", "review-equalities", "review-communications"]);

    [Fact]
    public void A_complete_plan_to_inform_passes_without_a_decision() =>
        Planned(SamplePlan.InformOnly).Readiness(Today).Where(c => c.Status == CheckStatus.Fail).Select(c => c.Key)
            .ShouldBe(["review-policy", "review-equalities", "review-communications"]);

    [Fact]
    public void An_empty_idea_fails_every_check_it_can_fail_and_each_says_what_to_do()
    {
        var checks = Planned(new EngagementPlan { Title = "Idea", Summary = "An idea", Department = "Chief Executive's" }).Readiness(Today);

        checks.Where(c => c.Status == CheckStatus.Pass).Select(c => c.Key).ShouldBe(["equality-assessment", "challenge-group", "review-legal"]);
        checks.Where(c => c.Status == CheckStatus.Fail).ShouldAllBe(c => c.Remedy!.Length > 10 && c.Reason.Length > 10 && c.Demands.Length > 10);
        checks.Select(c => c.Key).ShouldBeUnique();
    }

    public static TheoryData<string, EngagementPlan, bool> BothSides => new()
    {
        { "lead-officer", Complete, true },
        { "lead-officer", Complete with { LeadOfficer = null }, false },
        { "level", Complete with { Level = null }, false },
        { "purpose", Complete with { Purpose = " " }, false },
        { "what-can-change", Complete with { WhatCanChange = null }, false },
        { "what-can-change", Complete with { WhatCannotChange = "" }, false },
        { "what-can-change", SamplePlan.InformOnly, true },
        { "areas", Complete with { Areas = [] }, false },
        { "areas", Complete with { Areas = [new Area { Name = "The county" }] }, true },
        { "target-groups", Complete with { TargetGroups = [] }, false },
        { "success-criteria", Complete with { SuccessCriteria = [] }, false },
        { "success-criteria", Complete with { SuccessCriteria = [Complete.SuccessCriteria[0]] }, false },
        { "success-criteria", Complete with { SuccessCriteria = [Complete.SuccessCriteria[1]] }, true },
        { "method-fits-level", Complete with { Methods = [] }, false },
        { "method-fits-level", Complete with { Methods = [Complete.Methods[0]] }, false },
        { "method-fits-level", Complete with { Methods = [Complete.Methods[1]] }, true },
        { "method-fits-level", Complete with { Level = null }, false },
        { "inclusion-plan", Complete with { InclusionPlan = null }, false },
        { "inclusion-plan", Complete with { InclusionPlan = Inclusion with { Formats = [MaterialFormat.Web, MaterialFormat.Email, MaterialFormat.Video] } }, false },
        { "inclusion-plan", Complete with { InclusionPlan = Inclusion with { Formats = [MaterialFormat.Print] } }, false },
        { "inclusion-plan", Complete with { InclusionPlan = Inclusion with { Formats = [MaterialFormat.Web, MaterialFormat.Telephone] } }, true },
        { "inclusion-plan", Complete with { InclusionPlan = Inclusion with { Languages = [] } }, false },
        { "inclusion-plan", Complete with { InclusionPlan = Inclusion with { Places = [] } }, false },
        { "inclusion-plan", Complete with { InclusionPlan = Inclusion with { DigitalNeeds = null } }, false },
        { "publicity-plan", Complete with { PublicityPlan = [Complete.PublicityPlan[0]] }, false },
        { "publicity-plan", Complete with { PublicityPlan = [Complete.PublicityPlan[0], Complete.PublicityPlan[0] with { Description = "At shops" }] }, false },
        { "publicity-plan", Complete, true },
        { "equality-screening", Complete with { EqualityImpactAssessment = null }, false },
        { "equality-screening", Complete with { EqualityImpactAssessment = Equality with { ScreeningOutcome = null } }, false },
        { "equality-screening", Complete with { EqualityImpactAssessment = Equality with { ScreenedOn = null } }, false },
        { "equality-screening", Complete with { EqualityImpactAssessment = Equality with { ScreenedOn = Today } }, true },
        { "equality-screening", Complete with { EqualityImpactAssessment = Equality with { ScreenedOn = Today.AddDays(1) } }, false },
        { "equality-assessment", Complete with { EqualityImpactAssessment = Equality with { FullAssessmentOn = null } }, false },
        { "equality-assessment", Complete with { EqualityImpactAssessment = Equality with { FullAssessmentOn = SamplePlan.DecisionOn } }, false },
        { "equality-assessment", Complete with { EqualityImpactAssessment = Equality with { FullAssessmentOn = SamplePlan.DecisionOn.AddDays(-1) } }, true },
        { "equality-assessment", Complete with { EqualityImpactAssessment = Equality with { ScreeningOutcome = ScreeningOutcome.NoFullAssessmentNeeded, FullAssessmentOn = null } }, true },
        { "challenge-group", Complete with { EqualityImpactAssessment = Equality with { ChallengeGroupReviewOn = null } }, false },
        { "challenge-group", Complete with { EqualityImpactAssessment = Equality with { ChallengeGroupReviewOn = SamplePlan.OpensOn } }, false },
        { "challenge-group", Complete with { EqualityImpactAssessment = Equality with { ChallengeGroupReviewOn = SamplePlan.OpensOn.AddDays(-1) } }, true },
        { "challenge-group", Complete with { ConsultationPeriod = null }, true },
        { "challenge-group", Complete with { EqualityImpactAssessment = Equality with { ScreeningOutcome = ScreeningOutcome.NoFullAssessmentNeeded, ChallengeGroupReviewOn = null } }, true },
        { "decision", Complete with { DecisionToInform = null }, false },
        { "decision", Complete with { GovernanceDates = [Complete.GovernanceDates[0], Complete.GovernanceDates[1]] }, false },
        { "decision", Complete with { GovernanceDates = [Complete.GovernanceDates[2] with { Date = SamplePlan.LastDay }] }, false },
        { "decision", Complete with { GovernanceDates = [Complete.GovernanceDates[2] with { Date = SamplePlan.LastDay.AddDays(1) }] }, true },
        { "decision", Complete with { ConsultationPeriod = null }, true },
        { "decision", SamplePlan.InformOnly, true },
        { "review-legal", Complete, false },
        { "review-legal", Complete with { Statutory = false }, true },
    };

    [Theory]
    [MemberData(nameof(BothSides))]
    internal void Each_check_passes_on_one_side_of_its_boundary_and_fails_on_the_other(string key, EngagementPlan plan, bool passes) =>
        Check(key, plan).Status.ShouldBe(passes ? CheckStatus.Pass : CheckStatus.Fail);

    [Fact]
    public void The_success_criteria_check_names_the_groups_that_are_left_out() =>
        Check("success-criteria", Complete with { SuccessCriteria = [Complete.SuccessCriteria[0]] }).Reason.ShouldBe("No success criterion is about: People over 75.");

    [Theory]
    [InlineData(MethodType.Information, ParticipationLevel.Inform)]
    [InlineData(MethodType.Survey, ParticipationLevel.Consult)]
    [InlineData(MethodType.FocusGroup, ParticipationLevel.Involve)]
    [InlineData(MethodType.Workshop, ParticipationLevel.Collaborate)]
    [InlineData(MethodType.DeliberativePanel, ParticipationLevel.Empower)]
    public void A_method_fits_its_highest_level_and_those_below(MethodType type, ParticipationLevel highest)
    {
        var method = new EngagementMethod { Type = type, Approach = MethodApproach.Qualitative };

        Enum.GetValues<ParticipationLevel>().Where(method.Fits).ShouldBe(Enum.GetValues<ParticipationLevel>().Where(l => l <= highest));
    }

    [Fact]
    public void Every_method_has_a_level() =>
        Enum.GetValues<MethodType>().Select(EngagementMethod.HighestLevel).Distinct().Count().ShouldBe(5);

    [Fact]
    public void The_decision_is_the_first_governance_date_marked_as_one()
    {
        Complete.DecisionOn().ShouldBe(SamplePlan.DecisionOn);
        (Complete with { GovernanceDates = [.. Complete.GovernanceDates, Complete.GovernanceDates[2] with { Date = new DateOnly(2027, 5, 1) }] }).DecisionOn().ShouldBe(new DateOnly(2027, 5, 1));
        (Complete with { GovernanceDates = [] }).DecisionOn().ShouldBeNull();
    }
}
