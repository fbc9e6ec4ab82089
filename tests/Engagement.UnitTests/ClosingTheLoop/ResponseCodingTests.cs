using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class ResponseCodingTests
{
    private readonly Loop loop = Begun();
    private readonly ResponseCoding coding = ResponseCoding.Of(Engagement.Consultations.Contracts.ConsultationId.New(), ResponseId.New());

    [Fact]
    public void An_answer_can_fall_under_several_themes_or_be_marked_none()
    {
        var (first, second) = (loop.Add("Saturdays"), loop.Add("Parking"));

        Code(("q3", [first, second]), ("q7", []));

        Themes("q3").ShouldBe([first, second], ignoreOrder: true);
        Themes("q7").ShouldBeEmpty();
        coding.Answers.Count.ShouldBe(2);
    }

    [Fact]
    public void A_new_coding_replaces_the_whole_and_leaves_what_is_left_out_uncoded()
    {
        var (first, second) = (loop.Add("Saturdays"), loop.Add("Parking"));
        Code(("q3", [first]), ("q7", []));

        Code(("q3", [second, second]));

        Themes("q3").ShouldBe([second]);
        coding.Answers.Count.ShouldBe(1);
    }

    [Fact]
    public void A_theme_that_the_frame_does_not_offer_is_refused_and_named()
    {
        var archived = loop.Add("Parking");
        loop.ArchiveTheme(archived, DayAfter);
        var unknown = ThemeId.New();

        var refusal = Should.Throw<RuleBrokenException>(() => Code(("q3", [archived, unknown])));

        refusal.Code.ShouldBe("theme-not-offered");
        refusal.Breaches.Select(b => b.Subject).ShouldBe(["Parking", unknown.ToString()]);
        coding.Answers.ShouldBeEmpty();
    }

    [Fact]
    public void A_theme_that_was_archived_after_it_was_given_may_stay_where_it_is_and_go_nowhere_else()
    {
        var theme = loop.Add("Parking");
        Code(("q3", [theme]));
        loop.ArchiveTheme(theme, DayAfter);

        Code(("q3", [theme]));
        CodeOf(() => Code(("q7", [theme]))).ShouldBe("theme-not-offered");

        Themes("q3").ShouldBe([theme]);
    }

    [Fact]
    public void Nothing_is_coded_once_the_coding_is_complete()
    {
        var theme = loop.Add("Saturdays");
        loop.Coded();

        CodeOf(() => Code(("q3", [theme]))).ShouldBe("coding-complete");
    }

    [Fact]
    public void One_answer_is_coded_marked_none_and_taken_back_and_the_others_stay()
    {
        var (a, b) = (loop.Add("A"), loop.Add("B"));
        Code(("q3", [a]), ("q7", [b]));

        coding.ReplaceOne(loop, "q7", [a, b], DayAfter);
        Themes("q7").ShouldBe([b, a], ignoreOrder: true);
        coding.ReplaceOne(loop, "q7", [], DayAfter);
        Themes("q7").ShouldBeEmpty();
        coding.ReplaceOne(loop, "q7", null, DayAfter);

        coding.Answers.ShouldHaveSingleItem().QuestionCode.ShouldBe("q3");
        Themes("q3").ShouldBe([a]);
    }

    [Fact]
    public void Who_keeps_what_a_theme_was_merged_into_keeps_the_coding_even_where_that_is_no_longer_offered()
    {
        var (from, into) = (loop.Add("Sat"), loop.Add("Saturdays"));
        Code(("q3", [from]));
        loop.MergeTheme(from, into, DayAfter);
        loop.ArchiveTheme(into, DayAfter);

        coding.ReplaceOne(loop, "q3", [into], DayAfter);

        Themes("q3").ShouldBe([from]);
        CodeOf(() => coding.ReplaceOne(loop, "q7", [into], DayAfter)).ShouldBe("theme-not-offered");
    }

    private void Code(params (string Question, ThemeId[] Themes)[] answers) =>
        coding.Replace(loop, answers.ToDictionary(a => a.Question, IReadOnlyList<ThemeId> (a) => a.Themes), DayAfter);

    private IEnumerable<ThemeId> Themes(string question) => coding.Answers.Single(a => a.QuestionCode == question).Themes.Select(t => t.ThemeId);
}
