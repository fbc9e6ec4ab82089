using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.TestKit.Engagements;
using static Engagement.UnitTests.Engagements.Samples;

namespace Engagement.UnitTests.Engagements;

public sealed class PlanGateTests
{
    [Fact]
    public void The_reference_names_the_uk_year_and_the_number_in_it()
    {
        Planned().Reference.ShouldBe("ENG-2026-0042");

        var lastInstant = new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);
        EngagementActivity.Create(EngagementId.New(), 7, SamplePlan.Complete, Author, lastInstant).Reference.ShouldBe("ENG-2026-0007");
        EngagementActivity.Create(EngagementId.New(), 1, SamplePlan.Complete, Author, lastInstant.AddSeconds(1)).Reference.ShouldBe("ENG-2027-0001");
        EngagementActivity.Create(EngagementId.New(), 12345, SamplePlan.Complete, Author, Now).Reference.ShouldBe("ENG-2026-12345");
    }

    [Fact]
    public void It_is_an_idea_until_somebody_answers_for_it()
    {
        var idea = Planned(SamplePlan.Complete with { LeadOfficer = null });
        idea.State.ShouldBe(EngagementState.Idea);

        idea.Edit(SamplePlan.Complete with { LeadOfficer = null, Title = "Another title" }, Author, Now);
        idea.State.ShouldBe(EngagementState.Idea);

        idea.Edit(SamplePlan.Complete, Author, Now);
        idea.State.ShouldBe(EngagementState.Planning);
    }

    [Fact]
    public void An_idea_cannot_be_submitted() =>
        Refused(() => Planned(SamplePlan.Complete with { LeadOfficer = null }).Submit(Now), "still-an-idea");

    [Fact]
    public void A_plan_is_submitted_once()
    {
        var engagement = InReview();

        engagement.State.ShouldBe(EngagementState.InReview);
        Refused(() => engagement.Submit(Now), "not-in-planning");
    }

    [Fact]
    public void A_plan_with_every_check_passed_is_approved_by_a_second_person()
    {
        var engagement = Approved();

        engagement.State.ShouldBe(EngagementState.Approved);
        engagement.IsApproved.ShouldBeTrue();
        engagement.Approval!.PlanVersion.ShouldBe(1);
        engagement.Approval.By.ShouldBe("client:approver");
        engagement.DomainEvents.OfType<EngagementApproved>().Single().Waived.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_wrote_any_part_of_the_plan_may_not_approve_review_or_waive()
    {
        var engagement = Planned();
        engagement.Edit(SamplePlan.Complete with { Title = "Better" }, Colleague, Now);
        engagement.Submit(Now);

        foreach (var author in new[] { Author, Colleague })
        {
            Should.Throw<ForbiddenException>(() => engagement.Approve(2, author, Now)).Code.ShouldBe("second-approver-required");
            Should.Throw<ForbiddenException>(() => engagement.Review(ReviewKind.Policy, ReviewVerdict.Approve, null, 2, author, Now));
            Should.Throw<ForbiddenException>(() => engagement.Waive("review-policy", "Agreed", 2, author, Now));
        }

        engagement.Reviews.ShouldBeEmpty();
        engagement.Waivers.ShouldBeEmpty();
    }

    [Fact]
    public void Approval_names_each_check_that_fails()
    {
        var engagement = InReview(SamplePlan.Complete with { PublicityPlan = [] });

        var refusal = Refused(() => engagement.Approve(1, Approver, Now), "not-ready");

        refusal.Breaches.Select(b => b.Rule).ShouldBe(["publicity-plan", "review-policy", "review-legal", "review-equalities", "review-communications"]);
        refusal.Breaches[0].Message.ShouldContain("at least two media");
        engagement.State.ShouldBe(EngagementState.InReview);
        engagement.IsApproved.ShouldBeFalse();
    }

    [Fact]
    public void Approval_and_reviews_name_the_current_version()
    {
        var engagement = Reviewed();

        Refused(() => engagement.Approve(2, Approver, Now), "plan-version-not-current").Facts["planVersion"].ShouldBe(1);
        Refused(() => engagement.Review(ReviewKind.Policy, ReviewVerdict.Approve, null, 0, Reviewer, Now), "plan-version-not-current");
        Refused(() => Planned(SamplePlan.Complete with { PublicityPlan = [] }).Waive("publicity-plan", "Agreed", 2, Approver, Now), "plan-version-not-current");
        engagement.Approve(1, Approver, Now);
    }

    [Fact]
    public void A_plan_that_nobody_submitted_is_neither_reviewed_nor_approved()
    {
        Refused(() => Planned().Review(ReviewKind.Policy, ReviewVerdict.Approve, null, 1, Reviewer, Now), "not-in-review");
        Refused(() => Planned().Approve(1, Approver, Now), "not-in-review");
        Refused(() => Approved().Approve(1, Approver, Now), "not-in-review");
    }

    [Fact]
    public void The_newest_review_of_a_kind_counts()
    {
        var engagement = Reviewed();
        engagement.Review(ReviewKind.Equalities, ReviewVerdict.ChangesNeeded, "Ask carers too", 1, Reviewer, Now);

        engagement.Check("review-equalities").Status.ShouldBe(CheckStatus.Fail);
        engagement.Check("review-equalities").Reason.ShouldContain("Ask carers too");
        Refused(() => engagement.Approve(1, Approver, Now), "not-ready").Breaches.Single().Rule.ShouldBe("review-equalities");

        engagement.Review(ReviewKind.Equalities, ReviewVerdict.Approve, null, 1, Reviewer, Now);
        engagement.Approve(1, Approver, Now);
        engagement.Reviews.Count.ShouldBe(6);
    }

    [Fact]
    public void A_waiver_lets_one_failing_check_go_on_the_record()
    {
        var engagement = Reviewed(SamplePlan.Complete with { PublicityPlan = [], Areas = [] });
        engagement.Waive("publicity-plan", "Everybody concerned is told by letter", 1, Approver, Now);

        var check = engagement.Check("publicity-plan");
        check.Status.ShouldBe(CheckStatus.Waived);
        check.Reason.ShouldBe("Everybody concerned is told by letter");
        check.WaivedBy.ShouldBe("client:approver");
        check.Remedy.ShouldBeNull();
        Refused(() => engagement.Approve(1, Approver, Now), "not-ready").Breaches.Single().Rule.ShouldBe("areas");

        engagement.Waive("areas", "It concerns no place", 1, Approver, Now);
        engagement.Approve(1, Approver, Now);
        engagement.DomainEvents.OfType<EngagementApproved>().Single().Waived.ShouldBe(["areas", "publicity-plan"]);
        engagement.DomainEvents.OfType<CheckWaived>().First().Reason.ShouldBe("Everybody concerned is told by letter");
    }

    [Fact]
    public void What_does_not_fail_or_may_not_be_missing_is_not_waived()
    {
        var engagement = Planned(SamplePlan.Complete with { Level = null, PublicityPlan = [] });

        Refused(() => engagement.Waive("areas", "Agreed", 1, Approver, Now), "check-does-not-fail");
        Refused(() => engagement.Waive("level", "Agreed", 1, Approver, Now), "check-cannot-be-waived");
        engagement.Waive("publicity-plan", "Agreed", 1, Approver, Now);
        Refused(() => engagement.Waive("publicity-plan", "Agreed twice", 1, Approver, Now), "check-does-not-fail");
    }

    [Fact]
    public void A_lead_officer_cannot_be_waived()
    {
        var engagement = Planned();
        engagement.Edit(SamplePlan.Complete with { LeadOfficer = null }, Author, Now);

        engagement.State.ShouldBe(EngagementState.Planning);
        Refused(() => engagement.Waive("lead-officer", "Agreed", 2, Approver, Now), "check-cannot-be-waived");
    }

    [Fact]
    public void After_approval_there_is_nothing_left_to_waive() =>
        Refused(() => Approved().Waive("publicity-plan", "Agreed", 1, Approver, Now), "no-gate-ahead");

    [Fact]
    public void An_edit_voids_approval_reviews_and_waivers()
    {
        var engagement = Reviewed(SamplePlan.Complete with { PublicityPlan = [] });
        engagement.Waive("publicity-plan", "Agreed", 1, Approver, Now);
        engagement.Approve(1, Approver, Now);

        engagement.Edit(engagement.Plan with { WhatCanChange = "The stops only" }, Author, Now);

        engagement.State.ShouldBe(EngagementState.Planning);
        engagement.IsApproved.ShouldBeFalse();
        engagement.Approval.ShouldBeNull();
        engagement.PlanVersion.ShouldBe(2);
        engagement.Check("publicity-plan").Status.ShouldBe(CheckStatus.Fail);
        engagement.Check("review-policy").Status.ShouldBe(CheckStatus.Fail);
        engagement.DomainEvents.OfType<PlanEdited>().Single().ApprovalVoided.ShouldBeTrue();
    }

    [Fact]
    public void An_edit_in_review_sends_the_plan_back()
    {
        var engagement = Reviewed();

        engagement.Edit(engagement.Plan with { Title = "Another" }, Reviewer, Now);

        engagement.State.ShouldBe(EngagementState.Planning);
        engagement.Authors.ShouldBe(["client:author", "client:reviewer"]);
        engagement.DomainEvents.OfType<PlanEdited>().Single().ApprovalVoided.ShouldBeFalse();
    }

    [Fact]
    public void An_edit_that_changes_nothing_voids_nothing_and_makes_nobody_an_author()
    {
        var engagement = Approved();
        var events = engagement.DomainEvents.Count;

        engagement.Edit(SamplePlan.Complete, Colleague, Now);

        engagement.IsApproved.ShouldBeTrue();
        engagement.PlanVersion.ShouldBe(1);
        engagement.Authors.ShouldBe(["client:author"]);
        engagement.DomainEvents.Count.ShouldBe(events);
    }

    [Fact]
    public void It_is_cancelled_from_any_state_before_the_loop_is_closed()
    {
        var live = Approved();
        live.Note(ConsultationId.New(), ConsultationStage.Open, Now);
        EngagementActivity[] cancellable = [Planned(SamplePlan.Complete with { LeadOfficer = null }), Planned(), InReview(), Approved(), live];

        foreach (var engagement in cancellable)
        {
            var from = engagement.State;
            engagement.Cancel("The scheme has lost its funding.", Now);

            engagement.State.ShouldBe(EngagementState.Cancelled);
            engagement.IsApproved.ShouldBeFalse();
            engagement.CancellationReason.ShouldBe("The scheme has lost its funding.");
            engagement.DomainEvents.OfType<EngagementCancelled>().Single().From.ShouldBe(from);
        }
    }

    [Fact]
    public void It_is_cancelled_once_and_not_after_the_loop_is_closed()
    {
        var cancelled = Planned();
        cancelled.Cancel("No funding", Now);
        var fedBack = Approved();
        fedBack.Note(ConsultationId.New(), ConsultationStage.OutcomePublished, Now);

        Refused(() => cancelled.Cancel("Again", Now), "cannot-be-cancelled");
        Refused(() => fedBack.Cancel("Too late", Now), "cannot-be-cancelled");
        Refused(() => cancelled.Edit(SamplePlan.Complete with { Title = "Again" }, Author, Now), "plan-is-closed");
        Refused(() => cancelled.Submit(Now), "not-in-planning");
    }
}
