using Engagement.Participation.Domain.Questions;
using FsCheck;
using FsCheck.Fluent;

namespace Engagement.UnitTests.Participation;

public sealed class RoutingTests
{
    private static readonly IReadOnlyList<QuestionOption> YesNo = [new("yes", "Yes"), new("no", "No")];

    [Theory]
    [InlineData("yes", "q1,q2")]
    [InlineData("no", "q1")]
    public void A_question_is_asked_where_its_condition_holds(string answer, string asked) =>
        Asked(Page(YesOrNo("q1"), Text("q2", When("q1", ConditionTest.AnyOf, "yes"))), ("q1", answer)).ShouldBe(asked);

    [Fact]
    public void An_answer_to_a_hidden_question_is_dropped_and_hides_what_rests_on_it()
    {
        var content = Page(
            YesOrNo("q1"),
            YesOrNo("q2", When("q1", ConditionTest.AnyOf, "yes")),
            Text("q3", When("q2", ConditionTest.AnyOf, "yes")),
            Text("q4", When("q2", ConditionTest.NotAnswered)));

        var sheet = Check(content, ("q1", "no"), ("q2", "yes"), ("q3", "hidden"), ("q4", "shown"));

        sheet.Asked.ShouldBe(["q1", "q4"]);
        sheet.Answers.Keys.ShouldBe(["q1", "q4"]);
        sheet.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_required_question_needs_no_answer_where_it_is_hidden()
    {
        var content = Page(YesOrNo("q1"), Text("q2", When("q1", ConditionTest.AnyOf, "yes")) with { Required = true });

        Check(content, ("q1", "no")).Problems.ShouldBeEmpty();
        Check(content, ("q1", "yes")).Problems.ShouldHaveSingleItem().Question.ShouldBe("q2");
        Check(content, ("q1", "yes"), ("q2", "   ")).Problems.ShouldHaveSingleItem().Question.ShouldBe("q2");
    }

    [Fact]
    public void On_paper_a_required_answer_may_be_missing_but_a_wrong_one_is_still_wrong()
    {
        var content = Page(YesOrNo("q1") with { Required = true }, YesOrNo("q2"));

        AnswerSheet.Check(content, Sent(), mayBeIncomplete: true).Problems.ShouldBeEmpty();
        AnswerSheet.Check(content, Sent(("q2", "perhaps")), mayBeIncomplete: true).Problems.ShouldHaveSingleItem().Question.ShouldBe("q2");
    }

    [Theory]
    [InlineData(ConditionMatch.All, "yes", "yes", true)]
    [InlineData(ConditionMatch.All, "yes", "no", false)]
    [InlineData(ConditionMatch.Any, "yes", "no", true)]
    [InlineData(ConditionMatch.Any, "no", "no", false)]
    public void Terms_are_joined_by_all_or_any(ConditionMatch match, string first, string second, bool shown)
    {
        var condition = new DisplayCondition([Term("q1", ConditionTest.AnyOf, "yes"), Term("q2", ConditionTest.AnyOf, "yes")], match);

        Asked(Page(YesOrNo("q1"), YesOrNo("q2"), Text("q3", condition)), ("q1", first), ("q2", second)).Contains("q3", StringComparison.Ordinal).ShouldBe(shown);
    }

    [Fact]
    public void A_page_that_is_not_shown_hides_its_questions()
    {
        var content = new QuestionnaireContent(
        [
            new QuestionnairePage("One", [YesOrNo("q1")]),
            new QuestionnairePage("Two", [Text("q2"), Text("q3")], ShowWhen: When("q1", ConditionTest.NoneOf, "yes")),
        ]);

        Asked(content, ("q1", "yes")).ShouldBe("q1");
        Asked(content, ("q1", "no")).ShouldBe("q1,q2,q3");
        Asked(content).ShouldBe("q1,q2,q3", "who chose nothing has chosen none of them");
    }

    [Fact]
    public void An_exit_ends_the_form_after_its_page_and_nothing_behind_it_is_asked()
    {
        var content = Screened(When("q1", ConditionTest.AnyOf, "no"));

        var stopped = Check(content, ("q1", "no"), ("q2", "not asked"));
        var passed = Check(content, ("q1", "yes"), ("q2", "asked"));

        stopped.Exit.ShouldNotBeNull().Title.ShouldBe("For library users");
        stopped.Asked.ShouldBe(["q1"]);
        stopped.Answers.Keys.ShouldBe(["q1"]);
        stopped.Problems.ShouldBeEmpty();
        passed.Exit.ShouldBeNull();
        passed.Answers.Keys.ShouldBe(["q1", "q2"]);
    }

    [Fact]
    public void An_exit_waits_until_its_page_needs_no_correction()
    {
        var content = Screened(When("q1", ConditionTest.NoneOf, "yes"));

        Check(content, ("q1", "perhaps")).Exit.ShouldBeNull("a wrong answer is corrected first");
        Check(content, ("q1", "no")).Exit.ShouldNotBeNull();
        Check(content).Exit.ShouldNotBeNull("who chose nothing has chosen none of them");
    }

    [Fact]
    public void The_first_exit_that_holds_is_taken_and_one_of_a_hidden_page_is_not()
    {
        var first = new ExitPage("First", When("q1", ConditionTest.AnyOf, "no"), "Why", "What now");
        var hidden = new QuestionnairePage("Two", [YesOrNo("q2")], ShowWhen: When("q1", ConditionTest.AnyOf, "yes"), Exits: [first with { Title = "Hidden" }]);

        Check(new([new("One", [YesOrNo("q1")], Exits: [first, first with { Title = "Second" }]), hidden]), ("q1", "no")).Exit!.Title.ShouldBe("First");
        Check(new([new("One", [YesOrNo("q1")]), hidden]), ("q1", "no")).Exit.ShouldBeNull();
    }

    [Fact]
    public void On_paper_no_exit_takes_words_away()
    {
        var sheet = AnswerSheet.Check(Screened(When("q1", ConditionTest.AnyOf, "no")), Sent(("q1", "no"), ("q2", "kept")), mayBeIncomplete: true);

        sheet.Exit.ShouldBeNull();
        sheet.Answers.Keys.ShouldBe(["q1", "q2"]);
    }

    [Fact]
    public void A_condition_can_rest_on_the_points_of_a_scale_and_on_a_choice_of_several()
    {
        var content = Page(
            new Question("q1", QuestionType.Scale, "?", Scale: new Scale(0, 10, "low", "high")),
            new Question("q2", QuestionType.Multiple, "?", Options: YesNo),
            Text("q3", When("q1", ConditionTest.AnyOf, "0", "1")),
            Text("q4", When("q2", ConditionTest.AnyOf, "no")));
        var sent = new Dictionary<string, AnswerValue?> { ["q1"] = AnswerValue.Of(1m), ["q2"] = AnswerValue.Of(["yes", "no"]) };

        AnswerSheet.Check(content, sent).Asked.ShouldBe(["q1", "q2", "q3", "q4"]);
    }

    [Fact]
    public void An_answer_to_no_question_is_named()
    {
        var problem = Check(Page(YesOrNo("q1")), ("q9", "yes")).Problems.ShouldHaveSingleItem();

        problem.Question.ShouldBe("q9");
    }

    /// <summary>Random questionnaires and random answers: whatever is kept belongs to what was asked, and checking it again changes nothing.</summary>
    [Fact]
    public void What_is_kept_was_asked_and_stays_the_same_when_it_is_checked_again() => Prop.ForAll(Arb.From(RandomCases()), test =>
    {
        QuestionnaireCheck.Of(test.Content).ShouldBeEmpty();

        var sheet = AnswerSheet.Check(test.Content, test.Sent);
        var again = AnswerSheet.Check(test.Content, sheet.Answers.ToDictionary(a => a.Key, a => (AnswerValue?)a.Value, StringComparer.Ordinal));

        sheet.Answers.Keys.Except(sheet.Asked, StringComparer.Ordinal).ShouldBeEmpty();
        again.Asked.ShouldBe(sheet.Asked);
        again.Answers.Select(a => (a.Key, a.Value.Text)).ShouldBe(sheet.Answers.Select(a => (a.Key, a.Value.Text)));
    }).QuickCheckThrowOnFailure();

    private sealed record RandomCase(QuestionnaireContent Content, IReadOnlyDictionary<string, AnswerValue?> Sent);

    private static Gen<RandomCase> RandomCases() =>
        from size in Gen.Choose(1, 12)
        from targets in Gen.Choose(-1, 10).ListOf(size)
        from tests in Gen.Elements(Enum.GetValues<ConditionTest>()).ListOf(size)
        from answers in Gen.Elements("yes", "no", "").ListOf(size)
        select new RandomCase(
            Page([
                .. Enumerable.Range(0, size).Select(i => YesOrNo(
                    $"q{i}", targets[i] >= 0 && targets[i] < i
                        ? tests[i] is ConditionTest.AnyOf or ConditionTest.NoneOf ? When($"q{targets[i]}", tests[i], "yes") : When($"q{targets[i]}", tests[i])
                        : null)),
            ]),
            Enumerable.Range(0, size).ToDictionary(i => $"q{i}", i => (AnswerValue?)AnswerValue.Of(answers[i]), StringComparer.Ordinal));

    private static QuestionnaireContent Screened(DisplayCondition when) => new(
    [
        new QuestionnairePage("One", [YesOrNo("q1")], Exits: [new ExitPage("For library users", when, "We ask people who use it.", "You can write to us.")]),
        new QuestionnairePage("Two", [Text("q2")]),
    ]);

    private static QuestionnaireContent Page(params Question[] questions) => new([new QuestionnairePage("One", questions)]);

    private static Question YesOrNo(string code, DisplayCondition? when = null) => new(code, QuestionType.Single, "?", Options: YesNo, ShowWhen: when);

    private static Question Text(string code, DisplayCondition? when = null) => new(code, QuestionType.ShortText, "?", ShowWhen: when);

    private static DisplayCondition When(string code, ConditionTest test, params string[] options) => new([Term(code, test, options)]);

    private static ConditionTerm Term(string code, ConditionTest test, params string[] options) => new(code, test, options.Length == 0 ? null : options);

    private static Dictionary<string, AnswerValue?> Sent(params (string Code, string Answer)[] answers) =>
        answers.ToDictionary(a => a.Code, a => (AnswerValue?)AnswerValue.Of(a.Answer), StringComparer.Ordinal);

    private static AnswerSheet Check(QuestionnaireContent content, params (string Code, string Answer)[] answers) => AnswerSheet.Check(content, Sent(answers));

    private static string Asked(QuestionnaireContent content, params (string Code, string Answer)[] answers) => string.Join(',', Check(content, answers).Asked);
}
