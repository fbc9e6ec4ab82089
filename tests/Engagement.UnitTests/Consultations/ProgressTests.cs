using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.TestKit.Consultations;
using static Engagement.UnitTests.Consultations.ConsultationSamples;

namespace Engagement.UnitTests.Consultations;

public sealed class ProgressTests
{
    private static readonly DateTimeOffset OpensAt = SampleConsultation.OpensAt;
    private static readonly DateTimeOffset ClosesAt = SampleConsultation.ClosesAt;

    [Fact]
    public void Opens_at_its_instant_and_not_a_tick_before()
    {
        var consultation = Scheduled();

        Refusal(() => consultation.Open(Questionnaire, engagementIsApproved: true, OpensAt.AddTicks(-1))).Code.ShouldBe("opening-not-reached");
        consultation.Open(Questionnaire, engagementIsApproved: true, OpensAt);

        consultation.Status.ShouldBe(ConsultationStatus.Open);
        consultation.Only<ConsultationOpened>().OpensAt.ShouldBe(OpensAt);
    }

    [Fact]
    public void What_is_not_approved_never_opens()
    {
        Refusal(() => Draft().Open(Questionnaire, engagementIsApproved: true, OpensAt)).Code.ShouldBe("not-approved");
        Refusal(() => Submitted().Open(Questionnaire, engagementIsApproved: true, OpensAt)).Code.ShouldBe("not-approved");
    }

    [Fact]
    public void Loses_its_approval_instead_of_opening_with_another_questionnaire()
    {
        foreach (var other in new (int, string)?[] { (4, Questionnaire.Digest), (3, new string('b', 64)), null })
        {
            var consultation = Scheduled();

            consultation.Open(other, engagementIsApproved: true, OpensAt);

            consultation.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
            consultation.Approval.ShouldBeNull();
            consultation.Only<ConsultationApprovalLapsed>().Changed.ShouldBe("questionnaire");
        }
    }

    [Fact]
    public void Loses_its_approval_instead_of_opening_when_the_plan_of_its_engagement_is_no_longer_approved()
    {
        var consultation = Scheduled();

        consultation.Open(Questionnaire, engagementIsApproved: false, OpensAt);

        consultation.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
        consultation.Only<ConsultationApprovalLapsed>().Changed.ShouldBe("plan of the engagement");
    }

    [Fact]
    public void Loses_its_approval_with_its_engagement_up_to_its_opening_and_not_from_then_on()
    {
        var before = Scheduled();
        var after = Scheduled();

        before.LoseApprovalWithEngagement(OpensAt.AddTicks(-1));
        after.LoseApprovalWithEngagement(OpensAt);

        before.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
        after.Status.ShouldBe(ConsultationStatus.Scheduled);
    }

    [Fact]
    public void Begins_to_close_at_its_deadline_and_not_a_tick_before()
    {
        var consultation = Opened();

        Refusal(() => consultation.BeginClosing(TimeSpan.FromSeconds(60), ClosesAt.AddTicks(-1))).Code.ShouldBe("deadline-not-reached");
        consultation.BeginClosing(TimeSpan.FromSeconds(60), ClosesAt.AddSeconds(9));

        consultation.Status.ShouldBe(ConsultationStatus.Closing);
        var closing = consultation.Only<ConsultationClosing>();
        closing.ClosesAt.ShouldBe(ClosesAt);
        closing.SealAt.ShouldBe(ClosesAt.AddSeconds(60));
        closing.At.ShouldBe(ClosesAt.AddSeconds(9));
    }

    [Fact]
    public void Happens_once_however_often_it_is_asked()
    {
        var opened = Opened();
        var closing = Closing();
        var closed = Closed();

        opened.Open(Questionnaire, engagementIsApproved: true, OpensAt.AddDays(1));
        closing.BeginClosing(TimeSpan.Zero, ClosesAt.AddDays(1));
        closed.BeginClosing(TimeSpan.Zero, ClosesAt.AddDays(1));
        closed.Close(8, new string('e', 64), ClosesAt.AddDays(1));

        new[] { opened, closing, closed }.ShouldAllBe(c => c.DomainEvents.Count == 0);
        closed.ResponseCount.ShouldBe(7);
    }

    [Fact]
    public void A_consultation_that_never_opened_is_not_closed() =>
        Refusal(() => Scheduled().BeginClosing(TimeSpan.Zero, ClosesAt)).Code.ShouldBe("never-opened");

    [Fact]
    public void Closes_with_the_count_and_digest_of_the_sealed_set_and_a_due_date()
    {
        var consultation = Closing();

        consultation.Close(7, new string('d', 64), ClosesAt.AddSeconds(61));

        consultation.Status.ShouldBe(ConsultationStatus.Closed);
        var closed = consultation.Only<ConsultationClosed>();
        closed.ClosedAt.ShouldBe(ClosesAt);
        closed.OutcomeDueOn.ShouldBe(new DateOnly(2027, 5, 30));
        closed.Threshold.ShouldBe(AnswerThreshold.EveryTheme);
        closed.ResponseCount.ShouldBe(7);
    }

    [Fact]
    public void Is_not_closed_by_a_seal_that_comes_before_the_deadline() =>
        Refusal(() => Opened().Close(7, "d", OpensAt)).Code.ShouldBe("deadline-not-reached");

    [Fact]
    public void Goes_on_to_consideration_decision_and_answer()
    {
        var consultation = Closed();

        consultation.TakeUpForConsideration(ClosesAt.AddDays(3));
        consultation.Status.ShouldBe(ConsultationStatus.UnderConsideration);
        consultation.RecordDecision("Cabinet", new DateOnly(2027, 5, 18), ClosesAt.AddDays(71));
        consultation.Status.ShouldBe(ConsultationStatus.Decided);
        consultation.RecordOutcome(1, ClosesAt.AddDays(80), ClosesAt.AddDays(80));
        consultation.Saved();

        consultation.TakeUpForConsideration(ClosesAt.AddDays(90));
        consultation.RecordDecision("Cabinet", new DateOnly(2027, 5, 18), ClosesAt.AddDays(90));
        consultation.RecordOutcome(2, ClosesAt.AddDays(90), ClosesAt.AddDays(90));
        consultation.DomainEvents.ShouldBeEmpty();
        consultation.AnsweredAt.ShouldBe(ClosesAt.AddDays(80));
    }

    [Fact]
    public void Nothing_is_considered_or_decided_before_it_has_closed()
    {
        Refusal(() => Closing().TakeUpForConsideration(ClosesAt)).Code.ShouldBe("not-closed");
        Refusal(() => Opened().RecordDecision("Cabinet", new DateOnly(2027, 1, 12), OpensAt.AddDays(1))).Code.ShouldBe("not-closed");
    }

    [Fact]
    public void The_outcome_is_late_from_the_day_after_it_was_due_until_it_is_published()
    {
        var consultation = Closed();
        var due = new DateTimeOffset(2027, 5, 30, 12, 0, 0, TimeSpan.Zero);

        consultation.IsOutcomeLate(due).ShouldBeFalse();
        consultation.IsOutcomeLate(new DateTimeOffset(2027, 5, 30, 22, 59, 59, TimeSpan.Zero)).ShouldBeFalse();
        consultation.IsOutcomeLate(new DateTimeOffset(2027, 5, 30, 23, 0, 0, TimeSpan.Zero)).ShouldBeTrue();
        consultation.RecordOutcome(1, due.AddDays(9), due.AddDays(9));
        consultation.IsOutcomeLate(due.AddDays(10)).ShouldBeFalse();
    }

    [Fact]
    public void What_the_public_sees_follows_from_the_instants_whatever_was_recorded()
    {
        var scheduled = Scheduled();

        scheduled.PublicStatusAt(OpensAt.AddTicks(-1)).ShouldBe(PublicStatus.Forthcoming);
        scheduled.PublicStatusAt(OpensAt).ShouldBe(PublicStatus.Open);
        scheduled.PublicStatusAt(ClosesAt.AddTicks(-1)).ShouldBe(PublicStatus.Open);
        scheduled.PublicStatusAt(ClosesAt).ShouldBe(PublicStatus.Closed);
        Opened().PublicStatusAt(ClosesAt).ShouldBe(PublicStatus.Closed);
    }

    [Fact]
    public void The_public_knows_of_what_was_approved_and_of_its_withdrawal()
    {
        var neverShown = Draft();
        neverShown.Withdraw("A mistake", Now);
        var shown = Scheduled();
        shown.Withdraw("The proposal was given up", Now);

        Draft().MayBeShown.ShouldBeFalse();
        Submitted().MayBeShown.ShouldBeFalse();
        Scheduled().MayBeShown.ShouldBeTrue();
        Closed().MayBeShown.ShouldBeTrue();
        neverShown.MayBeShown.ShouldBeFalse();
        shown.MayBeShown.ShouldBeTrue();
        shown.PublicStatusAt(OpensAt).ShouldBe(PublicStatus.Withdrawn);
    }

    [Fact]
    public void Is_withdrawn_a_tick_before_its_deadline_and_not_at_it()
    {
        var early = Opened();
        var late = Opened();

        early.Withdraw(" The proposal was given up. ", ClosesAt.AddTicks(-1));

        early.Status.ShouldBe(ConsultationStatus.Withdrawn);
        early.Approval.ShouldNotBeNull();
        early.Only<ConsultationWithdrawn>().Reason.ShouldBe("The proposal was given up.");
        Refusal(() => late.Withdraw("Why", ClosesAt)).Code.ShouldBe("already-closed");
        Refusal(() => Closed().Withdraw("Why", ClosesAt)).Code.ShouldBe("already-closed");
    }

    [Fact]
    public void Withdrawn_before_it_opened_it_is_approved_no_more_and_withdrawing_again_changes_nothing()
    {
        var consultation = Scheduled();

        consultation.Withdraw("Given up", Now);
        consultation.Approval.ShouldBeNull();
        consultation.Saved().Withdraw("Again", Now);

        consultation.WithdrawalReason.ShouldBe("Given up");
        consultation.DomainEvents.ShouldBeEmpty();
    }

    [Fact]
    public void A_set_that_is_sealed_after_a_withdrawal_does_not_close_it()
    {
        var consultation = Opened();
        consultation.Withdraw("Given up", OpensAt.AddDays(1));

        consultation.Close(7, "d", ClosesAt);

        consultation.Status.ShouldBe(ConsultationStatus.Withdrawn);
        consultation.ResponseCount.ShouldBeNull();
    }
}
