using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class CodingFrameTests
{
    private readonly Loop loop = Begun();

    [Fact]
    public void Two_themes_cannot_share_a_name_whatever_their_capitals()
    {
        loop.Add("Saturdays");

        CodeOf(() => loop.Add(" SATURDAYS ")).ShouldBe("theme-name-taken");
        loop.Themes.Count.ShouldBe(1);
    }

    [Fact]
    public void A_theme_stands_under_another_of_the_same_frame()
    {
        var parent = loop.Add("Opening hours");
        var child = loop.Add("Saturdays", under: parent);

        loop.Find(child).ParentId.ShouldBe(parent);
        CodeOf(() => loop.Add("Sundays", under: ThemeId.New())).ShouldBe("theme-parent-unknown");
    }

    [Fact]
    public void A_theme_cannot_stand_under_itself_or_its_own_sub_theme()
    {
        var parent = loop.Add("Opening hours");
        var child = loop.Add("Saturdays", under: parent);

        CodeOf(() => loop.ChangeTheme(parent, new ThemeText("Opening hours", "", child, 0), DayAfter)).ShouldBe("theme-under-itself");
        CodeOf(() => loop.ChangeTheme(parent, new ThemeText("Opening hours", "", parent, 0), DayAfter)).ShouldBe("theme-under-itself");
    }

    [Fact]
    public void What_was_merged_into_a_theme_goes_with_it_when_that_is_merged()
    {
        var (first, second, third) = (loop.Add("Sat"), loop.Add("Saturday"), loop.Add("Saturdays"));

        loop.MergeTheme(first, second, DayAfter);
        loop.MergeTheme(second, third, DayAfter);

        loop.Find(first).MergedInto.ShouldBe(third);
        loop.Find(second).MergedInto.ShouldBe(third);
        loop.Find(third).IsOffered.ShouldBeTrue();
        loop.Find(first).IsOffered.ShouldBeFalse();
    }

    [Fact]
    public void Sub_themes_move_with_a_merged_theme()
    {
        var (old, kept) = (loop.Add("Hours"), loop.Add("Opening hours"));
        var child = loop.Add("Saturdays", under: old);

        loop.MergeTheme(old, kept, DayAfter);

        loop.Find(child).ParentId.ShouldBe(kept);
    }

    [Fact]
    public void A_theme_is_not_merged_into_itself_its_sub_theme_or_one_that_is_not_offered()
    {
        var parent = loop.Add("Opening hours");
        var child = loop.Add("Saturdays", under: parent);
        var archived = loop.Add("Parking");
        loop.ArchiveTheme(archived, DayAfter);

        CodeOf(() => loop.MergeTheme(parent, parent, DayAfter)).ShouldBe("theme-under-itself");
        CodeOf(() => loop.MergeTheme(parent, child, DayAfter)).ShouldBe("theme-under-itself");
        CodeOf(() => loop.MergeTheme(parent, archived, DayAfter)).ShouldBe("theme-not-offered");
        loop.Find(parent).MergedInto.ShouldBeNull();
    }

    [Fact]
    public void A_merged_theme_cannot_be_changed_or_merged_again()
    {
        var (old, kept) = (loop.Add("Hours"), loop.Add("Opening hours"));
        loop.MergeTheme(old, kept, DayAfter);

        CodeOf(() => loop.MergeTheme(old, kept, DayAfter)).ShouldBe("theme-merged");
        CodeOf(() => loop.ChangeTheme(old, new ThemeText("Times", "", null, 0), DayAfter)).ShouldBe("theme-merged");
        loop.Add("Hours").ShouldNotBe(old);
    }

    [Fact]
    public void A_theme_in_use_is_not_deleted_and_the_refusal_says_by_what()
    {
        var theme = loop.Add("Saturdays");
        loop.Write(Answer(theme));

        var refusal = Should.Throw<RuleBrokenException>(() => loop.DeleteTheme(theme, codedAnswers: 1, DayAfter));

        refusal.Code.ShouldBe("theme-in-use");
        refusal.Message.ShouldContain("1 coded answer");
        refusal.Message.ShouldContain("the draft of the outcome");
        loop.Themes.Count.ShouldBe(1);
    }

    [Fact]
    public void A_theme_with_others_under_it_is_not_deleted()
    {
        var parent = loop.Add("Opening hours");
        var child = loop.Add("Saturdays", under: parent);

        CodeOf(() => loop.DeleteTheme(parent, 0, DayAfter)).ShouldBe("theme-in-use");
        loop.DeleteTheme(child, 0, DayAfter);
        loop.DeleteTheme(parent, 0, DayAfter);
        loop.Themes.ShouldBeEmpty();
    }

    [Fact]
    public void Coding_is_not_complete_while_one_text_has_neither_a_theme_nor_none()
    {
        var refusal = Should.Throw<RuleBrokenException>(() => loop.CompleteCoding([new TextsToCode("q3", 10, 0), new TextsToCode("q7", 5, 1)], DayAfter));

        refusal.Code.ShouldBe("texts-not-coded");
        refusal.Message.ShouldStartWith("1 free-text answer has neither");
        refusal.Facts["uncoded"].ShouldBe(1);
        refusal.Breaches.ShouldHaveSingleItem().Subject.ShouldBe("q7");
        loop.CodingCompletedAt.ShouldBeNull();
    }

    [Fact]
    public void Coding_is_complete_when_every_text_is_coded_and_when_there_was_none()
    {
        loop.CompleteCoding([new TextsToCode("q3", 10, 0)], DayAfter);
        loop.CodingCompletedAt.ShouldBe(DayAfter);

        var without = Begun();
        without.CompleteCoding([], DayAfter);
        without.CodingCompletedAt.ShouldBe(DayAfter);
    }

    [Fact]
    public void Declaring_it_twice_says_it_once()
    {
        loop.Coded().Coded();

        loop.DomainEvents.OfType<CodingCompleted>().Count().ShouldBe(1);
    }

    [Fact]
    public void Once_complete_the_frame_only_takes_better_words_until_it_is_reopened()
    {
        var (theme, other) = (loop.Add("Saturdays"), loop.Add("Parking"));
        loop.Coded();

        CodeOf(() => loop.Add("Sundays")).ShouldBe("coding-complete");
        CodeOf(() => loop.MergeTheme(theme, other, DayAfter)).ShouldBe("coding-complete");
        CodeOf(() => loop.ArchiveTheme(theme, DayAfter)).ShouldBe("coding-complete");
        CodeOf(() => loop.DeleteTheme(theme, 0, DayAfter)).ShouldBe("coding-complete");
        loop.ChangeTheme(theme, new ThemeText("Open on Saturdays", "", null, 0), DayAfter);
        loop.Find(theme).Name.ShouldBe("Open on Saturdays");

        loop.ReopenCoding("Two themes are one.", DayAfter);
        loop.MergeTheme(theme, other, DayAfter);
        CodeOf(() => loop.ReopenCoding("Again", DayAfter)).ShouldBe("coding-not-complete");
    }

    [Fact]
    public void A_late_response_reopens_what_was_complete_and_says_so()
    {
        var late = ResponseId.New();
        loop.ReopenCodingFor(late, DayAfter);
        loop.DomainEvents.OfType<CodingReopened>().ShouldBeEmpty();

        loop.Coded().ReopenCodingFor(late, DayAfter);

        loop.CodingCompletedAt.ShouldBeNull();
        loop.DomainEvents.OfType<CodingReopened>().ShouldHaveSingleItem().LateResponse.ShouldBe(late);
    }

    [Fact]
    public void A_theme_that_is_merged_leaves_the_draft_of_the_outcome()
    {
        var (old, kept) = (loop.Add("Sat"), loop.Add("Saturdays"));
        loop.Write(Answer(old), Answer(kept));

        loop.MergeTheme(old, kept, DayAfter);

        loop.Draft!.Themes.ShouldHaveSingleItem().ThemeId.ShouldBe(kept);
    }
}
