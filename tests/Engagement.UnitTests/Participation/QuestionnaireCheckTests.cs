using Engagement.Participation.Domain.Equality;
using Engagement.Participation.Domain.Questions;

namespace Engagement.UnitTests.Participation;

public sealed class QuestionnaireCheckTests
{
    private static readonly IReadOnlyList<QuestionOption> Two = [new("a", "A"), new("b", "B")];

    [Fact]
    public void A_condition_rests_on_an_earlier_question_only()
    {
        Problems(Text("q1", "q2"), Text("q2")).ShouldHaveSingleItem().Message.ShouldContain("does not come before");
        Problems(Text("q1", "q1")).ShouldHaveSingleItem().Message.ShouldContain("does not come before");
        Problems(Text("q1", "q7")).ShouldHaveSingleItem().Message.ShouldContain("There is no question");
        Problems(Text("q1"), Text("q2", "q1")).ShouldBeEmpty();
    }

    [Fact]
    public void A_page_rests_on_earlier_pages_only()
    {
        var when = new DisplayCondition([new ConditionTerm("q1", ConditionTest.Answered)]);

        QuestionnaireCheck.Of(new([new("One", [Text("q1")], ShowWhen: when)])).ShouldHaveSingleItem().Path.ShouldBe("pages[0].showWhen.terms[0].question");
        QuestionnaireCheck.Of(new([new("One", [Text("q1")]), new("Two", [Text("q2")], ShowWhen: when)])).ShouldBeEmpty();
    }

    [Fact]
    public void A_condition_names_options_that_exist()
    {
        Problems(Choice("q1"), Text("q2") with { ShowWhen = When(ConditionTest.AnyOf, "a") }).ShouldBeEmpty();
        Problems(Choice("q1"), Text("q2") with { ShowWhen = When(ConditionTest.AnyOf, "z") }).ShouldHaveSingleItem().Message.ShouldBe("q1 has no option z");
        Problems(Choice("q1"), Text("q2") with { ShowWhen = When(ConditionTest.AnyOf) }).ShouldHaveSingleItem();
        Problems(Text("q1"), Text("q2") with { ShowWhen = When(ConditionTest.AnyOf, "a") }).ShouldHaveSingleItem().Message.ShouldContain("has no options");
        Problems(Choice("q1"), Text("q2") with { ShowWhen = When(ConditionTest.Answered, "a") }).ShouldHaveSingleItem().Message.ShouldContain("does not belong");
    }

    [Fact]
    public void A_fact_says_something_or_names_a_document()
    {
        Facts(new Fact("Costs", "The branch costs 1 pound a visit.")).ShouldBeEmpty();
        Facts(new Fact("Costs", Documents: ["costs.pdf"])).ShouldBeEmpty();
        Facts(new Fact("Costs")).ShouldHaveSingleItem().Path.ShouldBe("pages[0].questions[0].facts[0].text");
        Facts(new Fact("Costs", "  ")).ShouldHaveSingleItem();
        Facts(new Fact("", "Text")).ShouldHaveSingleItem().Path.ShouldBe("pages[0].questions[0].facts[0].title");
        Facts(new Fact("Costs", Documents: [""])).ShouldHaveSingleItem().Path.ShouldBe("pages[0].questions[0].facts[0].documents[0]");
        Facts().ShouldHaveSingleItem().Message.ShouldContain("1 to 10");
        Facts([.. Enumerable.Repeat(new Fact("Costs", "Text"), 10)]).ShouldBeEmpty();
        Facts([.. Enumerable.Repeat(new Fact("Costs", "Text"), 11)]).ShouldHaveSingleItem();
    }

    [Fact]
    public void An_exit_rests_on_its_own_page_or_an_earlier_one_and_says_what_to_do_instead()
    {
        var exit = new ExitPage("Not for you", new([new("q1", ConditionTest.Answered)]), "Why", "What now");

        Exits(exit).ShouldBeEmpty();
        Exits(exit with { When = new([new("q2", ConditionTest.Answered)]) }).ShouldHaveSingleItem().Path.ShouldBe("pages[0].exits[0].when.terms[0].question");
        Exits(exit with { NextStep = "" }).ShouldHaveSingleItem().Path.ShouldBe("pages[0].exits[0].nextStep");
        Exits(exit with { Text = " " }).ShouldHaveSingleItem().Path.ShouldBe("pages[0].exits[0].text");
    }

    [Theory]
    [InlineData("https://example.gov.uk/libraries", true)]
    [InlineData("mailto:libraries@example.gov.uk", true)]
    [InlineData("tel:+441163050000", true)]
    [InlineData("http://example.gov.uk", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/somewhere", false)]
    public void The_link_of_an_exit_is_of_a_safe_kind(string address, bool accepted) =>
        Exits(new ExitPage("Not for you", new([new("q1", ConditionTest.Answered)]), "Why", "What now", new ExitLink("Go", address))).Any().ShouldBe(!accepted);

    [Fact]
    public void A_questionnaire_without_facts_and_exits_keeps_the_digest_that_it_had_before_there_were_any() =>
        new QuestionnaireContent([new("One", [Text("q1")])]).ToCanonicalJson()
            .ShouldBe("""{"pages":[{"questions":[{"code":"q1","required":false,"text":"?","type":"short-text"}],"title":"One"}]}""");

    private static IReadOnlyList<DesignProblem> Facts(params Fact[] facts) => Problems(Text("q1") with { Facts = facts });

    private static IReadOnlyList<DesignProblem> Exits(params ExitPage[] exits) =>
        QuestionnaireCheck.Of(new([new("One", [Text("q1")], Exits: exits), new("Two", [Text("q2")])]));

    [Theory]
    [InlineData("q1", true)]
    [InlineData("1", true)]
    [InlineData("q-1_b", true)]
    [InlineData("", false)]
    [InlineData("Q1", false)]
    [InlineData("q 1", false)]
    [InlineData("q.1", false)]
    [InlineData("q1\n", false)]
    [InlineData("a23456789012345678901234567890", true)]
    [InlineData("a234567890123456789012345678901", false)]
    public void A_code_is_short_and_plain(string code, bool accepted) => Problems(Text(code)).Any().ShouldBe(!accepted);

    [Fact]
    public void A_code_is_used_once() => Problems(Text("q1"), Text("q1")).ShouldHaveSingleItem().Path.ShouldBe("pages[0].questions[1].code");

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, true)]
    [InlineData(0, 10, true)]
    [InlineData(0, 11, false)]
    [InlineData(5, 1, false)]
    [InlineData(int.MinValue, int.MaxValue, false)]
    public void A_scale_has_from_2_to_11_points(int low, int high, bool accepted) =>
        Problems(new Question("q1", QuestionType.Scale, "?", Scale: new Scale(low, high, "low", "high"))).Any().ShouldBe(!accepted);

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(2, 2, true)]
    [InlineData(2, 1, false)]
    [InlineData(0, 2, false)]
    [InlineData(1, 3, false)]
    public void Limits_of_choices_fit_the_options(int minimum, int maximum, bool accepted) =>
        Problems(new Question("q1", QuestionType.Multiple, "?", Options: Two, MinimumChoices: minimum, MaximumChoices: maximum)).Any().ShouldBe(!accepted);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(20_000, true)]
    [InlineData(20_001, false)]
    public void A_text_may_have_up_to_20000_characters(int length, bool accepted) =>
        Problems(new Question("q1", QuestionType.LongText, "?", MaximumLength: length)).Any().ShouldBe(!accepted);

    [Fact]
    public void What_belongs_to_another_type_is_refused()
    {
        var everything = new Question(
            "q1", QuestionType.Date, "?", Options: Two, MinimumChoices: 1, MaximumChoices: 1, MaximumLength: 5, Minimum: 1, Maximum: 2, Decimals: 1, Scale: new Scale(1, 2, "a", "b"));

        Problems(everything).Select(p => p.Path.Split('.')[^1]).ShouldBe(
            ["options", "minimumChoices", "maximumChoices", "maximumLength", "minimum", "maximum", "decimals", "scale"], ignoreOrder: true);
        Problems(Text("q1") with { Earliest = new DateOnly(2026, 1, 1), Latest = new DateOnly(2026, 1, 1) }).Count.ShouldBe(2);
    }

    [Fact]
    public void Ends_stand_in_order()
    {
        Problems(new Question("q1", QuestionType.Number, "?", Minimum: 2, Maximum: 1)).ShouldHaveSingleItem();
        Problems(new Question("q1", QuestionType.Number, "?", Minimum: 1, Maximum: 1)).ShouldBeEmpty();
        Problems(new Question("q1", QuestionType.Date, "?", Earliest: new DateOnly(2026, 1, 2), Latest: new DateOnly(2026, 1, 1))).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_digest_does_not_depend_on_how_the_content_was_written()
    {
        var content = new QuestionnaireContent([new QuestionnairePage("One", [Choice("q1"), Text("q2")])]);
        var json = content.ToCanonicalJson();

        QuestionnaireContent.FromJson(json).ToCanonicalJson().ShouldBe(json);
        QuestionnaireContent.DigestOf(json).ShouldBe(QuestionnaireContent.DigestOf(content.ToCanonicalJson()));
        QuestionnaireContent.DigestOf(json).ShouldNotBe(QuestionnaireContent.DigestOf((content with { Introduction = "Hello" }).ToCanonicalJson()));
        json.ShouldNotContain("null");
    }

    [Fact]
    public void The_equality_questions_route_to_earlier_ones_and_never_force_an_answer()
    {
        var questions = EqualityQuestionSet.Content.Questions.ToList();

        questions.ShouldAllBe(q => !q.Required && q.Options!.Any(o => o.Code == "PNS"));
        QuestionnaireCheck.Of(EqualityQuestionSet.Content).ShouldAllBe(p => p.Path.EndsWith(".code", StringComparison.Ordinal), "only the harmonised codes, in capitals, are spelt otherwise");
    }

    private static IReadOnlyList<DesignProblem> Problems(params Question[] questions) => QuestionnaireCheck.Of(new([new QuestionnairePage("One", questions)]));

    private static Question Text(string code, string? shownWhenAnswered = null) => new(
        code, QuestionType.ShortText, "?", ShowWhen: shownWhenAnswered is null ? null : new DisplayCondition([new ConditionTerm(shownWhenAnswered, ConditionTest.Answered)]));

    private static Question Choice(string code) => new(code, QuestionType.Single, "?", Options: Two);

    private static DisplayCondition When(ConditionTest test, params string[] options) => new([new ConditionTerm("q1", test, options.Length == 0 ? null : options)]);
}
