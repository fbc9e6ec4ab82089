using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

/// <summary>An outcome that is written piece by piece.</summary>
public sealed class DraftingTests
{
    [Fact]
    public void A_theme_is_answered_before_there_is_an_introduction_and_publication_then_asks_for_one()
    {
        var loop = Begun();
        var theme = loop.Add("Saturdays");
        loop.Coded().Decided();

        loop.AnswerTheme(Answer(theme), Writer, DayAfter);

        loop.WhatStandsInTheWay(Tally(10, (theme, 3)), NothingCleared).Select(b => b.Rule).ShouldBe(["outcome-without-introduction"]);
        loop.IntroduceOutcome("Thank you.", null, Writer, DayAfter);
        loop.WhatStandsInTheWay(Tally(10, (theme, 3)), NothingCleared).ShouldBeEmpty();
    }

    [Fact]
    public void Answers_stand_in_the_order_of_the_coding_frame_whichever_is_written_first_and_a_chosen_order_stays()
    {
        var loop = Begun();
        var (a, b, c) = (loop.Add("A"), loop.Add("B"), loop.Add("C"));

        loop.AnswerTheme(Answer(c), Writer, DayAfter);
        loop.AnswerTheme(Answer(a), Writer, DayAfter);
        loop.AnswerTheme(Answer(b), Writer, DayAfter);
        Order(loop).ShouldBe([a, b, c]);

        loop.Write(Answer(c), Answer(a));
        loop.AnswerTheme(Answer(a, did: "Something else."), Writer, DayAfter);
        Order(loop).ShouldBe([c, a]);
    }

    [Fact]
    public void An_answer_of_which_nothing_is_left_is_taken_out()
    {
        var loop = Begun();
        var theme = loop.Add("Saturdays");
        loop.AnswerTheme(Answer(theme), Writer, DayAfter);

        loop.AnswerTheme(new ThemeAnswer(theme, " ", "", null, "", " ", []), Writer, DayAfter);

        loop.Draft!.Themes.ShouldBeEmpty();
    }

    [Fact]
    public void One_piece_leaves_the_others_as_they_are()
    {
        var loop = Begun();
        var theme = loop.Add("Saturdays");
        var promise = loop.Promise(new CommitmentText("Count visitors", DueOn, "Head of Libraries"), Writer, DayAfter);

        loop.AnswerTheme(Answer(theme), Colleague, DayAfter);
        loop.IntroduceOutcome("Thank you.", "More in May.", Writer, DayAfter);

        loop.Draft!.Introduction.ShouldBe("Thank you.");
        loop.Draft.WhatHappensNext.ShouldBe("More in May.");
        loop.Draft.Themes.ShouldHaveSingleItem().ThemeId.ShouldBe(theme);
        loop.Commitments.ShouldHaveSingleItem().Id.ShouldBe(promise);
        loop.Authors.ShouldBe([Writer.ToString(), Colleague.ToString()]);
    }

    [Fact]
    public void A_commitment_is_changed_under_its_id_and_dropped_while_it_is_a_draft()
    {
        var loop = Begun();
        var (first, second) = (loop.Promise(new CommitmentText("One", DueOn, "A"), Writer, DayAfter), loop.Promise(new CommitmentText("Two", DueOn, "B"), Writer, DayAfter));

        loop.Promise(new CommitmentText("One, but better", DueOn.AddDays(1), "A", first), Writer, DayAfter).ShouldBe(first);
        loop.DropPromise(second, Writer, DayAfter);

        var left = loop.Commitments.ShouldHaveSingleItem();
        (left.Id, left.Text, left.DueOn).ShouldBe((first, "One, but better", DueOn.AddDays(1)));
        Should.Throw<NotFoundException>(() => loop.DropPromise(second, Writer, DayAfter));
    }

    [Fact]
    public void A_commitment_that_was_made_in_public_is_not_dropped()
    {
        var loop = Begun();
        loop.Coded().Decided();
        var id = loop.Promise(new CommitmentText("Count visitors", DueOn, "Head of Libraries"), Writer, DayAfter);
        loop.IntroduceOutcome("Thank you.", null, Writer, DayAfter);
        loop.Publish(Tally(0), NothingCleared, Approver, null, DayAfter);

        CodeOf(() => loop.DropPromise(id, Writer, DayAfter)).ShouldBe("published-commitment-dropped");
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void There_are_at_most_a_hundred_commitments(int before, bool isFull)
    {
        var loop = Begun();
        loop.DraftOutcome(new OutcomeDraft("", [], null), [.. Enumerable.Range(0, before).Select(i => new CommitmentText($"{i}", DueOn, "A"))], Writer, DayAfter);

        void More() => loop.Promise(new CommitmentText("One more", DueOn, "A"), Writer, DayAfter);

        if (isFull)
        {
            CodeOf(More).ShouldBe("too-many-commitments");
        }
        else
        {
            Should.NotThrow(More);
        }
    }

    [Fact]
    public void The_tag_of_an_answer_changes_with_whatever_it_says()
    {
        var answer = Answer(ThemeId.New());
        var tags = new[]
        {
            ThemeAnswer.TagOf(null), ThemeAnswer.TagOf(answer), ThemeAnswer.TagOf(answer with { Asked = "x" }), ThemeAnswer.TagOf(answer with { Said = "x" }),
            ThemeAnswer.TagOf(answer with { Disposition = null }), ThemeAnswer.TagOf(answer with { Did = "x" }), ThemeAnswer.TagOf(answer with { Reason = "x" }),
            ThemeAnswer.TagOf(answer with { Quotations = [QuotationId.New()] }),
        };

        tags.Distinct().Count().ShouldBe(tags.Length);
        ThemeAnswer.TagOf(answer with { }).ShouldBe(tags[1]);
    }

    [Fact]
    public void What_would_be_published_needs_a_decision_and_leaves_out_what_has_no_disposition()
    {
        var loop = Begun();
        var (decided, open) = (loop.Add("Saturdays"), loop.Add("Parking"));
        loop.Coded().Write(Answer(decided), Answer(open, disposition: null));
        loop.ContentToPublish(Tally(10)).ShouldBeNull();

        loop.Decided();

        loop.ContentToPublish(Tally(10, (decided, 4)))!.Themes.ShouldHaveSingleItem().RaisedIn.ShouldBe(4);
    }

    private static IEnumerable<ThemeId> Order(Loop loop) => loop.Draft!.Themes.Select(t => t.ThemeId);
}
