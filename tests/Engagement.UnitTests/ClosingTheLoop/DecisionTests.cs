using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class DecisionTests
{
    [Fact]
    public void A_decision_is_not_dated_on_a_day_that_the_public_could_still_answer_to_its_end()
    {
        var loop = Begun().Coded();

        CodeOf(() => Record(loop, LastDay)).ShouldBe("decision-before-close");
        Record(loop, LastDay.AddDays(1));
        loop.Decision!.DecidedOn.ShouldBe(LastDay.AddDays(1));
    }

    [Fact]
    public void A_decision_can_follow_on_the_same_day_when_the_consultation_closed_at_five()
    {
        var loop = Begun(closedAt: UkTime.At(LastDay, new TimeOnly(17, 0)));
        loop.CompleteCoding([], UkTime.At(LastDay, new TimeOnly(17, 30)));

        CodeOf(() => Record(loop, LastDay.AddDays(-1))).ShouldBe("decision-before-close");
        Record(loop, LastDay);
        loop.Decision.ShouldNotBeNull();
    }

    [Fact]
    public void A_decision_is_not_dated_in_the_future()
    {
        var loop = Begun().Coded();

        CodeOf(() => Record(loop, LastDay.AddDays(2))).ShouldBe("decision-in-the-future");
        Record(loop, LastDay.AddDays(1));
        loop.Decision.ShouldNotBeNull();
    }

    [Fact]
    public void A_decision_is_not_dated_before_the_day_on_which_the_analysis_was_complete()
    {
        var loop = Begun();
        var completed = LastDay.AddDays(10);
        loop.CompleteCoding([], Noon(completed));

        CodeOf(() => Record(loop, completed.AddDays(-1), at: Noon(completed))).ShouldBe("decision-before-report");
        Record(loop, completed, at: Noon(completed));
        loop.Decision.ShouldNotBeNull();
    }

    [Fact]
    public void The_report_is_read_from_the_day_of_the_analysis_to_the_day_of_the_decision()
    {
        var loop = Begun();
        var (completed, decided) = (LastDay.AddDays(10), LastDay.AddDays(12));
        loop.CompleteCoding([], Noon(completed));

        CodeOf(() => ReadOn(completed.AddDays(-1))).ShouldBe("report-read-before-it-was-there");
        CodeOf(() => ReadOn(decided.AddDays(1))).ShouldBe("decision-before-report-was-read");
        ReadOn(completed);
        loop.Decision!.ReportReadOn.ShouldBe(completed);

        void ReadOn(DateOnly day) => loop.RecordDecision(
            DecisionOf(decided) with { ReportVersion = "1.0", ReportReadOn = day }, confirmsConsideration: true, correctionReason: null, Writer, Noon(decided));
    }

    [Fact]
    public void There_is_nothing_to_consider_while_the_coding_is_open() => CodeOf(() => Record(Begun(), LastDay.AddDays(1))).ShouldBe("coding-not-complete");

    [Fact]
    public void Whoever_decides_must_confirm_having_considered_the_report()
    {
        var loop = Begun().Coded();

        var refusal = Should.Throw<RuleBrokenException>(
            () => loop.RecordDecision(DecisionOf(LastDay.AddDays(1)), confirmsConsideration: false, null, Writer, DayAfter));

        refusal.Code.ShouldBe("consideration-not-confirmed");
        refusal.Message.ShouldContain("Alex Okafor");
        loop.Decision.ShouldBeNull();
    }

    [Fact]
    public void A_recorded_decision_is_corrected_only_with_a_reason()
    {
        var loop = Begun().Coded().Decided();
        var corrected = DecisionOf(LastDay.AddDays(1)) with { Minute = "Minute 43" };

        CodeOf(() => loop.RecordDecision(corrected, true, null, Writer, DayAfter)).ShouldBe("decision-already-recorded");
        loop.Decision!.Minute.ShouldBe("Minute 42");

        loop.RecordDecision(corrected, true, "The minute was numbered anew.", Writer, DayAfter);
        loop.Decision!.Minute.ShouldBe("Minute 43");
        loop.DomainEvents.OfType<DecisionRecorded>().Count().ShouldBe(1);
        loop.DomainEvents.OfType<DecisionCorrected>().ShouldHaveSingleItem().Reason.ShouldBe("The minute was numbered anew.");
    }

    private static void Record(Loop loop, DateOnly decidedOn, DateTimeOffset? at = null) =>
        loop.RecordDecision(DecisionOf(decidedOn), confirmsConsideration: true, correctionReason: null, Writer, at ?? DayAfter);
}
