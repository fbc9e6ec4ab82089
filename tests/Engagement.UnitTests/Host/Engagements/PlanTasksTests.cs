using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Engagements;
using Engagement.Kernel;
using Engagement.TestKit.Engagements;

namespace Engagement.UnitTests.Host.Engagements;

public sealed class PlanTasksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Author = new(ActorKind.Officer, "author");
    private static readonly Actor Reviewer = new(ActorKind.Officer, "reviewer");

    private static readonly EngagementPlan Bare = new() { Title = "Parks", Summary = "About parks", Department = "Environment" };

    [Fact]
    public void Nothing_is_started_of_an_idea_and_what_needs_something_else_first_cannot_start()
    {
        var tasks = TasksOf(Bare);

        tasks["about"].ShouldBe(PlanTaskStatus.NotYetStarted);
        tasks["level"].ShouldBe(PlanTaskStatus.NotYetStarted);
        tasks["groups"].ShouldBe(PlanTaskStatus.NotYetStarted);
        tasks["criteria"].ShouldBe(PlanTaskStatus.CannotStartYet);
        tasks["methods"].ShouldBe(PlanTaskStatus.CannotStartYet);
        tasks["period"].ShouldBe(PlanTaskStatus.NotYetStarted);
        tasks["readiness"].ShouldBe(PlanTaskStatus.CannotStartYet);
        tasks["approve"].ShouldBe(PlanTaskStatus.CannotStartYet);
    }

    [Fact]
    public void A_complete_plan_has_every_part_completed_and_waits_to_be_submitted()
    {
        var tasks = TasksOf(SamplePlan.Complete);

        PlanPart.All.ShouldAllBe(p => tasks[p.Key] == PlanTaskStatus.Completed);
        tasks["readiness"].ShouldBe(PlanTaskStatus.NotYetStarted);
        tasks["review"].ShouldBe(PlanTaskStatus.CannotStartYet);
    }

    [Fact]
    public void A_part_that_is_begun_and_lacks_something_is_in_progress()
    {
        TasksOf(SamplePlan.Complete with { WhatCannotChange = null })["about"].ShouldBe(PlanTaskStatus.InProgress);
        TasksOf(SamplePlan.Complete with { DecisionToInform = null })["about"].ShouldBe(PlanTaskStatus.InProgress);
        TasksOf(SamplePlan.Complete with { DecisionToInform = null })["governance"].ShouldBe(PlanTaskStatus.InProgress);
        TasksOf(SamplePlan.Complete with { SuccessCriteria = [SamplePlan.Complete.SuccessCriteria[0]] })["criteria"].ShouldBe(PlanTaskStatus.InProgress);
        TasksOf(SamplePlan.Complete with { PublicityPlan = [SamplePlan.Complete.PublicityPlan[0]] })["publicity"].ShouldBe(PlanTaskStatus.InProgress);
        TasksOf(SamplePlan.Complete with { InclusionPlan = new InclusionPlan() })["inclusion"].ShouldBe(PlanTaskStatus.InProgress);
        TasksOf(SamplePlan.Complete with { EqualityImpactAssessment = new EqualityImpactAssessment { ScreenedBy = "Marta Quill" } })["equality"].ShouldBe(PlanTaskStatus.InProgress);
    }

    [Fact]
    public void A_part_that_is_all_there_and_wrong_has_a_problem()
    {
        var survey = new EngagementMethod { Type = MethodType.Survey, Approach = MethodApproach.Quantitative };
        TasksOf(SamplePlan.Complete with { Methods = [survey] })["methods"].ShouldBe(PlanTaskStatus.Problem);
        TasksOf(SamplePlan.Complete with { Methods = [survey], Level = ParticipationLevel.Consult })["methods"].ShouldBe(PlanTaskStatus.Completed);

        var decidedOnTheLastDay = new GovernanceDate { Body = GovernanceBody.Cabinet, Date = SamplePlan.LastDay, Purpose = "Decide", IsDecision = true };
        TasksOf(SamplePlan.Complete with { GovernanceDates = [decidedOnTheLastDay] })["governance"].ShouldBe(PlanTaskStatus.Problem);
        TasksOf(SamplePlan.Complete with { GovernanceDates = [decidedOnTheLastDay with { Date = SamplePlan.LastDay.AddDays(1) }] })["governance"].ShouldBe(PlanTaskStatus.Completed);

        var screenedTomorrow = new EqualityImpactAssessment { ScreeningOutcome = ScreeningOutcome.NoFullAssessmentNeeded, ScreenedOn = UkTime.DateOf(Now).AddDays(1) };
        TasksOf(SamplePlan.Complete with { EqualityImpactAssessment = screenedTomorrow })["equality"].ShouldBe(PlanTaskStatus.Problem);
        TasksOf(SamplePlan.Complete with { EqualityImpactAssessment = screenedTomorrow with { ScreenedOn = UkTime.DateOf(Now) } })["equality"].ShouldBe(PlanTaskStatus.Completed);
    }

    [Fact]
    public void Reviews_go_from_waiting_over_begun_and_refused_to_completed_and_then_the_approval_may_start()
    {
        var engagement = Engagement(SamplePlan.Complete);
        engagement.Submit(Now);
        TasksOf(engagement)["review"].ShouldBe(PlanTaskStatus.NotYetStarted);
        TasksOf(engagement)["readiness"].ShouldBe(PlanTaskStatus.Completed);

        engagement.Review(ReviewKind.Policy, ReviewVerdict.Approve, null, 1, Reviewer, Now);
        TasksOf(engagement)["review"].ShouldBe(PlanTaskStatus.InProgress);

        engagement.Review(ReviewKind.Legal, ReviewVerdict.ChangesNeeded, "Name the power", 1, Reviewer, Now);
        TasksOf(engagement)["review"].ShouldBe(PlanTaskStatus.Problem);
        TasksOf(engagement)["approve"].ShouldBe(PlanTaskStatus.CannotStartYet);

        foreach (var kind in Enum.GetValues<ReviewKind>())
        {
            engagement.Review(kind, ReviewVerdict.Approve, null, 1, Reviewer, Now);
        }

        TasksOf(engagement)["review"].ShouldBe(PlanTaskStatus.Completed);
        TasksOf(engagement)["approve"].ShouldBe(PlanTaskStatus.NotYetStarted);
        engagement.Approve(1, Reviewer, Now);
        TasksOf(engagement)["approve"].ShouldBe(PlanTaskStatus.Completed);
    }

    [Fact]
    public void A_waived_check_leaves_its_part_completed()
    {
        var engagement = Engagement(SamplePlan.Complete with { Areas = [] });
        TasksOf(engagement)["areas"].ShouldBe(PlanTaskStatus.NotYetStarted);

        engagement.Waive("areas", "It concerns staff only", 1, Reviewer, Now);

        TasksOf(engagement)["areas"].ShouldBe(PlanTaskStatus.Completed);
    }

    [Fact]
    public void Every_check_but_the_reviews_leads_to_the_part_of_the_plan_that_mends_it()
    {
        var parts = ReadinessChecks.All.Select(c => c.Key).Where(k => !k.StartsWith("review-", StringComparison.Ordinal)).Select(PlanTasks.PartOf).ToList();

        parts.Count.ShouldBe(14);
        parts.ShouldAllBe(p => p != null && PlanPart.Find(p) != null);
        PlanTasks.PartOf("review-legal").ShouldBeNull();
    }

    /// <summary>Fails when the plan gets a member that no page edits.</summary>
    [Fact]
    public void Every_member_of_a_plan_belongs_to_one_part_and_every_part_can_be_put_into_words()
    {
        var members = typeof(EngagementPlan).GetProperties().Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).Order(StringComparer.Ordinal);

        PlanPart.All.SelectMany(p => p.Fields).Order(StringComparer.Ordinal).ShouldBe(members);
        foreach (var part in PlanPart.All)
        {
            PlanSummary.Of(SamplePlan.Complete, part.Key).ShouldNotBeEmpty(part.Key);
            PlanSummary.Of(Bare, part.Key).ShouldNotBeNull();
        }
    }

    private static EngagementActivity Engagement(EngagementPlan plan) => EngagementActivity.Create(EngagementId.New(), 1, plan, Author, Now);

    private static Dictionary<string, PlanTaskStatus> TasksOf(EngagementPlan plan) => TasksOf(Engagement(plan));

    private static Dictionary<string, PlanTaskStatus> TasksOf(EngagementActivity engagement) =>
        PlanTasks.Of(new EngagementView(engagement), engagement.Readiness(UkTime.DateOf(Now))).SelectMany(g => g.Tasks).ToDictionary(t => t.Key, t => t.Status, StringComparer.Ordinal);
}
