using Engagement.ClosingTheLoop.Domain;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class CommitmentTests
{
    private static readonly DateOnly Today = LastDay.AddDays(1);
    private readonly Loop loop = Begun(responses: 0).Coded().Decided();

    [Fact]
    public void A_promise_falls_due_today_at_the_earliest()
    {
        CodeOf(() => Promise(new CommitmentText("Open on Saturdays", Today.AddDays(-1), "Head of Libraries"))).ShouldBe("commitment-due-in-the-past");

        Promise(new CommitmentText("Open on Saturdays", Today, "Head of Libraries"));
        loop.Commitments.ShouldHaveSingleItem().DueOn.ShouldBe(Today);
    }

    [Fact]
    public void A_promise_that_has_fallen_due_can_stay_in_a_correction()
    {
        Promise(new CommitmentText("Open on Saturdays", Today, "Head of Libraries"));
        var kept = loop.Commitments[0];

        loop.DraftOutcome(loop.Draft!, [new CommitmentText("Open on Saturdays", Today, "Head of Culture", kept.Id)], Writer, Noon(Today.AddDays(30)));

        loop.Commitments.ShouldHaveSingleItem().Owner.ShouldBe("Head of Culture");
    }

    [Fact]
    public void A_draft_promise_can_be_dropped_and_a_public_one_cannot()
    {
        Promise(new CommitmentText("Open on Saturdays", Today, "Head of Libraries"));
        Promise();
        loop.Commitments.ShouldBeEmpty();

        Promise(new CommitmentText("Open on Saturdays", Today, "Head of Libraries"));
        Publish();
        CodeOf(() => Promise()).ShouldBe("published-commitment-dropped");
        loop.Commitments.Count.ShouldBe(1);
    }

    [Fact]
    public void A_promise_with_an_id_that_is_not_there_is_refused() =>
        CodeOf(() => Promise(new CommitmentText("Open on Saturdays", Today, "Head of Libraries", CommitmentId.New()))).ShouldBe("commitment-unknown");

    [Fact]
    public void Progress_is_told_of_what_has_been_promised_in_public()
    {
        Promise(new CommitmentText("Open on Saturdays", Today, "Head of Libraries"));
        var id = loop.Commitments[0].Id;
        CodeOf(() => loop.MoveCommitmentOn(id, CommitmentStatus.Done, "Open since May", DayAfter)).ShouldBe("commitment-not-published");

        Publish();
        loop.MoveCommitmentOn(id, CommitmentStatus.InProgress, "Staff hired", DayAfter);
        loop.MoveCommitmentOn(id, CommitmentStatus.NotDone, "Nobody applied", DayAfter);

        loop.Commitments[0].Status.ShouldBe(CommitmentStatus.NotDone);
        loop.Commitments[0].Progress.Select(p => (p.Number, p.Note)).ShouldBe([(1, "Staff hired"), (2, "Nobody applied")]);
    }

    [Theory]
    [InlineData(CommitmentStatus.Promised, true)]
    [InlineData(CommitmentStatus.InProgress, true)]
    [InlineData(CommitmentStatus.Done, false)]
    [InlineData(CommitmentStatus.NotDone, false)]
    public void A_public_promise_is_overdue_from_the_day_after_until_it_is_kept_or_given_up(CommitmentStatus status, bool canBeOverdue)
    {
        Promise(new CommitmentText("Open on Saturdays", Today, "Head of Libraries"));
        loop.Commitments[0].IsOverdue(Today.AddDays(1)).ShouldBeFalse();
        Publish();
        loop.MoveCommitmentOn(loop.Commitments[0].Id, status, "As it is", DayAfter);

        loop.Commitments[0].IsOverdue(Today).ShouldBeFalse();
        loop.Commitments[0].IsOverdue(Today.AddDays(1)).ShouldBe(canBeOverdue);
    }

    private void Promise(params CommitmentText[] promises) => loop.DraftOutcome(new OutcomeDraft("Thank you.", [], "Next steps"), promises, Writer, DayAfter);

    private void Publish() => loop.Publish(Tally(0), NothingCleared, Approver, null, DayAfter);
}
