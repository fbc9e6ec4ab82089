using Engagement.Consultations.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.TestKit.Engagements;
using static Engagement.UnitTests.Engagements.Samples;

namespace Engagement.UnitTests.Engagements;

public sealed class RunningEngagementTests
{
    private static readonly ConsultationId First = ConsultationId.New();
    private static readonly ConsultationId Second = ConsultationId.New();

    [Theory]
    [InlineData(ConsultationStage.Scheduled, EngagementState.Approved)]
    [InlineData(ConsultationStage.Open, EngagementState.Live)]
    [InlineData(ConsultationStage.Closed, EngagementState.Analysing)]
    [InlineData(ConsultationStage.Coded, EngagementState.AwaitingDecision)]
    [InlineData(ConsultationStage.OutcomePublished, EngagementState.FedBack)]
    public void It_follows_its_only_consultation(ConsultationStage stage, EngagementState state) => Running(stage).State.ShouldBe(state);

    [Fact]
    public void It_goes_by_the_slowest_of_several_consultations()
    {
        var engagement = Approved();
        engagement.Note(First, ConsultationStage.Scheduled, Now);
        engagement.Note(Second, ConsultationStage.Scheduled, Now);

        engagement.Note(First, ConsultationStage.Closed, Now);
        engagement.State.ShouldBe(EngagementState.Live);

        engagement.Note(Second, ConsultationStage.Closed, Now);
        engagement.State.ShouldBe(EngagementState.Analysing);

        engagement.Note(Second, ConsultationStage.OutcomePublished, Now);
        engagement.State.ShouldBe(EngagementState.Analysing);

        engagement.Note(First, ConsultationStage.OutcomePublished, Now);
        engagement.State.ShouldBe(EngagementState.FedBack);
    }

    [Fact]
    public void A_repeat_or_an_older_event_changes_nothing()
    {
        var engagement = Running(ConsultationStage.Closed);
        var events = engagement.DomainEvents.Count;

        engagement.Note(First, ConsultationStage.Closed, Now);
        engagement.Note(First, ConsultationStage.Open, Now);
        engagement.Note(First, ConsultationStage.Scheduled, Now);

        engagement.State.ShouldBe(EngagementState.Analysing);
        engagement.DomainEvents.Count.ShouldBe(events);
    }

    [Fact]
    public void A_withdrawn_consultation_is_left_out_once()
    {
        var engagement = Running(ConsultationStage.Closed);
        engagement.Note(Second, ConsultationStage.Open, Now);
        engagement.State.ShouldBe(EngagementState.Live);

        engagement.LeaveOut(Second, "Restarted", Now);
        engagement.State.ShouldBe(EngagementState.Analysing);

        var events = engagement.DomainEvents.Count;
        engagement.LeaveOut(Second, "Restarted", Now);
        engagement.DomainEvents.Count.ShouldBe(events);
    }

    [Fact]
    public void A_withdrawal_that_arrives_before_the_rest_holds()
    {
        var engagement = Approved();

        engagement.LeaveOut(First, "Restarted", Now);
        engagement.Note(First, ConsultationStage.Open, Now);

        engagement.State.ShouldBe(EngagementState.Approved);
    }

    [Fact]
    public void With_its_last_consultation_withdrawn_the_plan_may_be_changed_again()
    {
        var engagement = Running(ConsultationStage.Open);
        engagement.Score("heard", 12, null, Today, Author, Now);

        engagement.LeaveOut(First, "The map was wrong", Now);
        engagement.State.ShouldBe(EngagementState.Approved);
        engagement.IsApproved.ShouldBeTrue();

        engagement.Edit(engagement.Plan with { Title = "Again" }, Author, Now);
        engagement.State.ShouldBe(EngagementState.Planning);
        engagement.IsApproved.ShouldBeFalse();
        engagement.Scores.ShouldBeEmpty();
    }

    [Fact]
    public void A_consultation_that_opens_while_an_edit_waits_makes_it_live_at_the_next_approval()
    {
        var engagement = Approved();
        engagement.Edit(engagement.Plan with { Title = "Corrected" }, Author, Now);

        engagement.Note(First, ConsultationStage.Open, Now);
        engagement.State.ShouldBe(EngagementState.Planning);

        engagement.Submit(Now);
        foreach (var kind in Enum.GetValues<ReviewKind>())
        {
            engagement.Review(kind, ReviewVerdict.Approve, null, 2, Reviewer, Now);
        }

        engagement.Approve(2, Approver, Now);
        engagement.State.ShouldBe(EngagementState.Live);
    }

    [Fact]
    public void A_cancelled_engagement_stays_cancelled()
    {
        var engagement = Running(ConsultationStage.Open);
        engagement.Cancel("No funding", Now);

        engagement.LeaveOut(First, "No funding", Now);

        engagement.State.ShouldBe(EngagementState.Cancelled);
    }

    [Fact]
    public void While_it_runs_what_people_were_told_is_fixed()
    {
        var engagement = Running(ConsultationStage.Open);

        var refusal = Refused(
            () => engagement.Edit(engagement.Plan with { WhatCanChange = "Nothing", Title = "Another", GovernanceDates = [] }, Author, Now), "fixed-while-running");

        refusal.Breaches.Select(b => b.Subject).ShouldBe(["title", "whatCanChange"]);
    }

    [Theory]
    [InlineData(ConsultationStage.Open)]
    [InlineData(ConsultationStage.Closed)]
    [InlineData(ConsultationStage.Coded)]
    public void While_it_runs_what_serves_people_may_change_and_the_approval_stands(ConsultationStage stage)
    {
        var engagement = Running(stage);
        var plan = engagement.Plan;

        engagement.Edit(
            plan with
            {
                LeadOfficer = new LeadOfficer { Name = "Somebody Else", Email = "else@council.example" },
                GovernanceDates = [.. plan.GovernanceDates.Select(d => d with { Date = d.Date.AddDays(7) })],
                InclusionPlan = plan.InclusionPlan! with { Languages = ["English", "Gujarati"] },
                PublicityPlan = [.. plan.PublicityPlan, new PublicityItem { Medium = PublicityMedium.Radio, Description = "An interview" }],
                EqualityImpactAssessment = plan.EqualityImpactAssessment! with { FullAssessmentLink = "https://council.example/eia" },
            },
            Colleague,
            Now);

        engagement.IsApproved.ShouldBeTrue();
        engagement.PlanVersion.ShouldBe(1);
        engagement.Plan.DecisionOn().ShouldBe(SamplePlan.DecisionOn.AddDays(7));
        engagement.Authors.ShouldContain("client:colleague");
        engagement.DomainEvents.OfType<PlanEdited>().Single().ApprovalVoided.ShouldBeFalse();
    }

    [Fact]
    public void While_it_runs_an_edit_may_not_undo_what_the_gate_ensured()
    {
        var engagement = Running(ConsultationStage.Open);
        var plan = engagement.Plan;

        Refused(() => engagement.Edit(plan with { LeadOfficer = null }, Author, Now), "edit-breaks-the-gate").Breaches.Single().Rule.ShouldBe("lead-officer");
        Refused(() => engagement.Edit(plan with { GovernanceDates = [plan.GovernanceDates[2] with { Date = SamplePlan.LastDay }] }, Author, Now), "edit-breaks-the-gate")
            .Breaches.Select(b => b.Rule).ShouldBe(["equality-assessment", "decision"]);
    }

    [Fact]
    public void What_was_waived_may_stay_as_it_is_while_it_runs()
    {
        var engagement = Reviewed(SamplePlan.Complete with { PublicityPlan = [] });
        engagement.Waive("publicity-plan", "By letter", 1, Approver, Now);
        engagement.Approve(1, Approver, Now);
        engagement.Note(First, ConsultationStage.Open, Now);

        engagement.Edit(engagement.Plan with { PublicityPlan = [SamplePlan.Complete.PublicityPlan[0]] }, Author, Now);

        engagement.Plan.PublicityPlan.Count.ShouldBe(1);
    }

    [Fact]
    public void With_the_loop_closed_the_plan_is_closed()
    {
        var engagement = Running(ConsultationStage.OutcomePublished);

        Refused(() => engagement.Edit(engagement.Plan with { InclusionPlan = null }, Author, Now), "plan-is-closed");
    }

    [Fact]
    public void An_inform_only_engagement_goes_live_with_its_first_activity_and_is_evaluated_without_a_consultation()
    {
        var engagement = Approved(SamplePlan.InformOnly);
        Refused(() => engagement.Evaluate("Lessons", Author, Now), "loop-not-closed");

        engagement.Record(Activity(Today), Now);
        engagement.State.ShouldBe(EngagementState.Live);
        Refused(() => engagement.Evaluate("Lessons", Author, Now), "criteria-not-scored").Breaches.Select(b => b.Subject).ShouldBe(["heard", "no-help-refused"]);

        engagement.Score("heard", 400, null, Today, Author, Now);
        engagement.Score("no-help-refused", 6, "Two at Oadby", Today, Author, Now);
        engagement.Evaluate("Print earlier.", Author, Now);

        engagement.State.ShouldBe(EngagementState.Evaluated);
        engagement.Evaluation!.Lessons.ShouldBe("Print earlier.");
        engagement.Scores.Select(s => s.Met).ShouldBe([true, false]);
    }

    [Fact]
    public void An_inform_only_engagement_with_a_consultation_after_all_waits_for_its_outcome()
    {
        var engagement = Approved(SamplePlan.InformOnly);
        engagement.Record(Activity(Today), Now);
        engagement.Note(First, ConsultationStage.Scheduled, Now);
        Score(engagement);

        engagement.State.ShouldBe(EngagementState.Live);
        Refused(() => engagement.Evaluate("Lessons", Author, Now), "loop-not-closed");
    }

    [Fact]
    public void Above_inform_an_activity_is_recorded_and_moves_nothing()
    {
        var engagement = Approved();

        engagement.Record(Activity(Today), Now);

        engagement.State.ShouldBe(EngagementState.Approved);
        engagement.Activities.Single().Reach.ShouldBe(1200);
    }

    [Fact]
    public void An_activity_is_recorded_from_its_day_on_and_for_groups_of_the_plan()
    {
        var engagement = Approved(SamplePlan.InformOnly);

        Refused(() => engagement.Record(Activity(Today.AddDays(1)), Now), "activity-still-to-come");
        Refused(() => engagement.Record(Activity(Today) with { TargetGroups = ["nobody"] }, Now), "no-such-target-group");
        engagement.Record(Activity(Today), Now);
    }

    [Fact]
    public void Nothing_is_recorded_without_an_approval_or_after_the_end()
    {
        Refused(() => InReview(SamplePlan.InformOnly).Record(Activity(Today), Now), "activity-needs-approval");
        Refused(() => Running(ConsultationStage.OutcomePublished).Record(Activity(Today), Now), "activity-needs-approval");
    }

    [Fact]
    public void A_criterion_is_scored_from_live_until_it_is_evaluated_and_the_last_score_counts()
    {
        Refused(() => Approved().Score("heard", 1, null, Today, Author, Now), "nothing-to-score-yet");
        var engagement = Running(ConsultationStage.Open);
        engagement.Score("heard", 399, null, Today, Author, Now);
        engagement.Scores.Single().Met.ShouldBeFalse();

        engagement.Note(First, ConsultationStage.OutcomePublished, Now);
        Score(engagement);
        engagement.Scores.Count.ShouldBe(2);
        engagement.DomainEvents.OfType<SuccessCriterionScored>().Select(e => e.Before).ShouldBe([null, 399m, null]);

        engagement.Evaluate("Start earlier.", Author, Now);
        Refused(() => engagement.Score("heard", 1, null, Today, Author, Now), "already-evaluated");
        Refused(() => engagement.Evaluate("Again", Author, Now), "already-evaluated");
    }

    [Fact]
    public void A_score_is_for_a_criterion_of_the_plan_measured_no_later_than_today()
    {
        var engagement = Running(ConsultationStage.Open);

        Should.Throw<NotFoundException>(() => engagement.Score("unknown", 1, null, Today, Author, Now)).What.ShouldBe("success criterion");
        Refused(() => engagement.Score("heard", 1, null, Today.AddDays(1), Author, Now), "measurement-still-to-come");
        engagement.Score("heard", 1, null, Today, Author, Now);
    }

    [Theory]
    [InlineData(TargetDirection.AtLeast, 400, true)]
    [InlineData(TargetDirection.AtLeast, 399, false)]
    [InlineData(TargetDirection.AtMost, 400, true)]
    [InlineData(TargetDirection.AtMost, 401, false)]
    public void A_criterion_is_met_at_its_target(TargetDirection direction, int measured, bool met) =>
        (SamplePlan.Complete.SuccessCriteria[0] with { Direction = direction }).IsMetBy(measured).ShouldBe(met);

    [Fact]
    public void Before_every_outcome_is_published_nothing_is_evaluated()
    {
        var engagement = Running(ConsultationStage.Coded);
        Score(engagement);

        Refused(() => engagement.Evaluate("Lessons", Author, Now), "loop-not-closed");

        engagement.Note(First, ConsultationStage.OutcomePublished, Now);
        engagement.Evaluate("Lessons", Author, Now);
        engagement.State.ShouldBe(EngagementState.Evaluated);
    }

    private static EngagementActivity Running(ConsultationStage stage)
    {
        var engagement = Approved();
        engagement.Note(First, stage, Now);
        return engagement;
    }

    private static void Score(EngagementActivity engagement)
    {
        engagement.Score("heard", 400, null, Today, Author, Now);
        engagement.Score("no-help-refused", 5, null, Today, Author, Now);
    }

    private static RecordedActivity Activity(DateOnly heldOn) => new(
        Guid.CreateVersion7(), "Leaflet to every household", PublicityMedium.Leaflet, heldOn, 1200, "Leaflets delivered, one a household", ["users"], "client:author", Now);
}
