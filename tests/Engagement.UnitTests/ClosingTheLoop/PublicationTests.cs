using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class PublicationTests
{
    [Fact]
    [Trait("Attack", "E16")]
    public void An_outcome_without_coding_decision_and_words_is_refused_for_each()
    {
        Breaches(Begun(), Tally(0)).ShouldBe(["coding-not-complete", "decision-not-recorded", "outcome-not-written"]);
    }

    [Fact]
    public void Every_theme_that_anybody_raised_must_be_answered_unless_a_threshold_was_set()
    {
        var loop = Begun();
        var (raised, once, never) = (loop.Add("Saturdays"), loop.Add("Parking"), loop.Add("Sundays"));
        loop.Coded().Decided().Write();

        var refusal = Refused(loop, Tally(100, (raised, 40), (once, 1), (never, 0)));

        refusal.Code.ShouldBe("outcome-incomplete");
        refusal.Breaches.ShouldAllBe(b => b.Rule == "theme-without-disposition");
        refusal.Breaches.Select(b => b.Subject).ShouldBe(["Parking", "Saturdays"]);
        refusal.Breaches[1].Message.ShouldContain("40 of 100 responses");
        loop.PublishedVersion.ShouldBe(0);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void A_threshold_of_five_responses_demands_an_answer_from_the_fifth_on(int raisedIn, bool demanded) =>
        IsDemanded(new AnswerThreshold(5, null), raisedIn, of: 100).ShouldBe(demanded);

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void A_threshold_of_a_tenth_demands_an_answer_from_a_tenth_on(int raisedIn, bool demanded) =>
        IsDemanded(new AnswerThreshold(null, 0.1m), raisedIn, of: 1000).ShouldBe(demanded);

    [Fact]
    public void Reaching_either_threshold_is_enough()
    {
        IsDemanded(new AnswerThreshold(5, 0.5m), 5, of: 1000).ShouldBeTrue();
        IsDemanded(new AnswerThreshold(500, 0.5m), 3, of: 6).ShouldBeTrue();
        IsDemanded(new AnswerThreshold(500, 0.5m), 2, of: 6).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Disposition.NotAdopted, true)]
    [InlineData(Disposition.PartlyAdopted, true)]
    [InlineData(Disposition.OutOfScope, true)]
    [InlineData(Disposition.Adopted, false)]
    [InlineData(Disposition.AlreadyPlanned, false)]
    public void Whatever_was_not_adopted_in_full_needs_a_reason(Disposition disposition, bool needsReason)
    {
        var (loop, theme) = OneTheme();

        foreach (var missing in (string?[])[null, "", " "])
        {
            Breaches(loop.Write(Answer(theme, disposition, reason: missing)), Tally(10, (theme, 1))).ShouldBe(needsReason ? ["no-without-reason"] : []);
        }

        Breaches(loop.Write(Answer(theme, disposition, reason: "The budget does not stretch.")), Tally(10, (theme, 1))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Disposition.Adopted, true)]
    [InlineData(Disposition.PartlyAdopted, true)]
    [InlineData(Disposition.AlreadyPlanned, true)]
    [InlineData(Disposition.NotAdopted, false)]
    [InlineData(Disposition.OutOfScope, false)]
    public void Whatever_was_adopted_or_planned_says_what_is_done(Disposition disposition, bool needsDeed)
    {
        var (loop, theme) = OneTheme();

        Breaches(loop.Write(Answer(theme, disposition, did: null, reason: "Because")), Tally(10, (theme, 1))).ShouldBe(needsDeed ? ["yes-without-deed"] : []);
    }

    [Fact]
    public void A_theme_that_is_answered_below_the_threshold_is_answered_in_full_too()
    {
        var loop = Begun(new AnswerThreshold(50, null));
        var theme = loop.Add("Saturdays");
        loop.Coded().Decided().Write(new ThemeAnswer(theme));

        Breaches(loop, Tally(100, (theme, 1))).ShouldBe(["theme-without-account", "theme-without-disposition"]);
    }

    [Fact]
    public void A_quotation_that_is_not_cleared_stands_in_the_way()
    {
        var (loop, theme) = OneTheme();
        var quotation = QuotationId.New();
        loop.Write(Answer(theme) with { Quotations = [quotation] });

        Breaches(loop, Tally(10, (theme, 1))).ShouldBe(["quotation-not-cleared"]);
        loop.WhatStandsInTheWay(Tally(10, (theme, 1)), new HashSet<QuotationId> { quotation }).ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_wrote_on_it_may_not_publish_it_and_anybody_else_may()
    {
        var (loop, theme) = OneTheme();
        loop.Write(Answer(theme));
        loop.DraftOutcome(loop.Draft!, [], Colleague, DayAfter);

        foreach (var author in (Actor[])[Writer, Colleague])
        {
            Should.Throw<ForbiddenException>(() => Publish(loop, theme, author)).Code.ShouldBe("second-approver-required");
        }

        Publish(loop, theme, Approver).Number.ShouldBe(1);
        loop.Authors.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_published_holds_the_counts_of_that_day_and_no_words_of_participants()
    {
        var (loop, theme) = OneTheme();
        loop.Write(Answer(theme));

        var published = loop.Publish(Tally(10, (theme, 7)), NothingCleared, Approver, null, DayAfter);

        published.Content.Responses.ShouldBe(10);
        published.Content.Themes.ShouldHaveSingleItem().RaisedIn.ShouldBe(7);
        published.Content.Themes[0].Name.ShouldBe("Saturdays");
        published.Content.Decision.Minute.ShouldBe("Minute 42");
        loop.DomainEvents.OfType<OutcomePublished>().ShouldHaveSingleItem().OutcomeVersion.ShouldBe(1);
    }

    [Fact]
    public void A_correction_is_the_next_version_and_says_why()
    {
        var (loop, theme) = OneTheme();
        Publish(loop.Write(Answer(theme)), theme, Approver);

        CodeOf(() => Publish(loop, theme, Approver, "Nothing")).ShouldBe("nothing-to-publish");
        loop.Write(Answer(theme, did: "We open on Saturdays from May."));
        CodeOf(() => Publish(loop, theme, Approver)).ShouldBe("correction-without-reason");
        var second = Publish(loop, theme, Approver, "The month was missing.");

        second.Number.ShouldBe(2);
        second.Reason.ShouldBe("The month was missing.");
        loop.ClosedLoopAt.ShouldBe(DayAfter);
    }

    [Fact]
    public void A_corrected_decision_can_be_published_by_somebody_else()
    {
        var (loop, theme) = OneTheme();
        Publish(loop.Write(Answer(theme)), theme, Approver);
        loop.RecordDecision(DecisionOf(LastDay.AddDays(1)) with { Minute = "Minute 43" }, true, "Numbered anew.", Approver, DayAfter);

        Should.Throw<ForbiddenException>(() => Publish(loop, theme, Approver, "Numbered anew."));
        Publish(loop, theme, Colleague, "Numbered anew.").Content.Decision.Minute.ShouldBe("Minute 43");
    }

    [Fact]
    public void What_only_says_what_happens_next_leaves_the_loop_open_and_due()
    {
        var loop = Begun(new AnswerThreshold(50, null)).Coded().Decided().Write();

        var published = loop.Publish(Tally(100), NothingCleared, Approver, null, DayAfter);

        published.Content.ClosesTheLoop.ShouldBeFalse();
        loop.ClosedLoopAt.ShouldBeNull();
        loop.StateOn(DueOn).ShouldBe(LoopState.Open);
        loop.StateOn(DueOn.AddDays(1)).ShouldBe(LoopState.Overdue);
        loop.RemindOwner(Noon(DueOn.AddDays(1))).ShouldBe(1);
    }

    [Fact]
    public void Where_nobody_answered_a_word_about_what_happens_next_closes_the_loop()
    {
        var loop = Begun(responses: 0).Coded().Decided().Write();

        loop.Publish(Tally(0), NothingCleared, Approver, null, DayAfter).Content.ClosesTheLoop.ShouldBeTrue();
        loop.StateOn(DueOn.AddDays(1)).ShouldBe(LoopState.Closed);
    }

    [Fact]
    public void Merged_and_unknown_themes_are_not_answered()
    {
        var loop = Begun();
        var (old, kept) = (loop.Add("Sat"), loop.Add("Saturdays"));
        loop.MergeTheme(old, kept, DayAfter);
        var unknown = ThemeId.New();

        var refusal = Should.Throw<RuleBrokenException>(() => loop.Write(Answer(old), Answer(kept), Answer(unknown)));

        refusal.Code.ShouldBe("theme-unknown");
        refusal.Breaches.Select(b => b.Subject).ShouldBe([old.ToString(), unknown.ToString()]);
    }

    private static (Loop Loop, ThemeId Theme) OneTheme()
    {
        var loop = Begun();
        var theme = loop.Add("Saturdays");
        return (loop.Coded().Decided(), theme);
    }

    private static OutcomeVersion Publish(Loop loop, ThemeId theme, Actor publisher, string? reason = null) =>
        loop.Publish(Tally(10, (theme, 3)), NothingCleared, publisher, reason, DayAfter);

    private static bool IsDemanded(AnswerThreshold threshold, int raisedIn, int of)
    {
        var loop = Begun(threshold);
        var theme = loop.Add("Saturdays");
        loop.Coded().Decided().Write();
        var tally = Tally(of, (theme, raisedIn));
        loop.MustAnswer(theme, tally).ShouldBe(Breaches(loop, tally).Contains("theme-without-disposition"));
        return loop.MustAnswer(theme, tally);
    }

    private static IEnumerable<string> Breaches(Loop loop, ThemeTally tally) => loop.WhatStandsInTheWay(tally, NothingCleared).Select(b => b.Rule);

    private static RuleBrokenException Refused(Loop loop, ThemeTally tally) =>
        Should.Throw<RuleBrokenException>(() => loop.Publish(tally, NothingCleared, Approver, null, DayAfter));
}
