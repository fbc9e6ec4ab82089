using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class OutcomeDueTests
{
    [Fact]
    public void An_outcome_is_not_late_on_its_due_date_and_one_day_late_on_the_next()
    {
        var loop = Begun();

        loop.DaysLate(DueOn).ShouldBe(0);
        loop.StateOn(DueOn).ShouldBe(LoopState.Awaited);
        loop.DaysLate(DueOn.AddDays(1)).ShouldBe(1);
        loop.StateOn(DueOn.AddDays(1)).ShouldBe(LoopState.Overdue);
    }

    [Fact]
    public void Its_owner_is_not_reminded_while_the_due_date_lasts()
    {
        var loop = Begun();

        loop.RemindOwner(UkTime.StartOf(DueOn.AddDays(1)).AddTicks(-1)).ShouldBeNull();
        loop.RemindOwner(UkTime.StartOf(DueOn.AddDays(1))).ShouldBe(1);
    }

    [Fact]
    public void Its_owner_is_reminded_once_in_each_week_that_it_is_late()
    {
        var loop = Begun();

        Enumerable.Range(1, 21).Select(day => loop.RemindOwner(Noon(DueOn.AddDays(day)))).Where(week => week is not null).ShouldBe([1, 2, 3]);
        loop.RemindOwner(Noon(DueOn.AddDays(21))).ShouldBeNull();
        loop.RemindOwner(Noon(DueOn.AddDays(22))).ShouldBe(4);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(14, 2)]
    [InlineData(15, 3)]
    public void A_week_ends_with_its_seventh_day(int daysLate, int week) => Begun().RemindOwner(Noon(DueOn.AddDays(daysLate))).ShouldBe(week);

    [Fact]
    public void Weeks_in_which_nothing_ran_are_not_made_up_for()
    {
        var loop = Begun();
        loop.RemindOwner(Noon(DueOn.AddDays(1)));

        loop.RemindOwner(Noon(DueOn.AddDays(30))).ShouldBe(5);
        loop.RemindOwner(Noon(DueOn.AddDays(30))).ShouldBeNull();
    }

    [Fact]
    public void A_moved_date_ends_the_lateness_and_its_weeks_count_anew()
    {
        var loop = Begun();
        loop.RemindOwner(Noon(DueOn.AddDays(9)));

        loop.MoveDueDate(DueOn.AddDays(20), "The report went back to Scrutiny.", Noon(DueOn.AddDays(10)));

        loop.DaysLate(DueOn.AddDays(20)).ShouldBe(0);
        loop.FirstDueOn.ShouldBe(DueOn);
        loop.DueDateReason.ShouldBe("The report went back to Scrutiny.");
        loop.RemindOwner(Noon(DueOn.AddDays(21))).ShouldBe(1);
    }

    [Fact]
    public void The_date_can_move_to_today_and_not_to_yesterday()
    {
        var loop = Begun();

        CodeOf(() => loop.MoveDueDate(DueOn.AddDays(-1), "Why not", Noon(DueOn))).ShouldBe("due-date-in-the-past");
        loop.MoveDueDate(DueOn, "Why not", Noon(DueOn));
        loop.OutcomeDueOn.ShouldBe(DueOn);
    }

    [Fact]
    public void Nothing_is_late_or_due_any_more_once_the_loop_is_closed()
    {
        var loop = Begun();
        var theme = loop.Add("Saturdays");
        loop.Coded().Decided().Write(Answer(theme)).Publish(Tally(100, (theme, 3)), NothingCleared, Approver, null, DayAfter);

        loop.DaysLate(DueOn.AddDays(100)).ShouldBe(0);
        loop.RemindOwner(Noon(DueOn.AddDays(100))).ShouldBeNull();
        loop.StateOn(DueOn.AddDays(100)).ShouldBe(LoopState.Closed);
        CodeOf(() => loop.MoveDueDate(DueOn.AddDays(200), "Why", Noon(DueOn))).ShouldBe("loop-already-closed");
    }
}
