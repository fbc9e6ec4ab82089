using Engagement.Host.Pages.Admin.Questionnaire;
using Engagement.Participation.Domain.Questions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.UnitTests.Host;

public sealed class QuestionnaireEditTests
{
    private static readonly QuestionnaireContent Content = new(
    [
        new("You", [Text("q1"), new Question("q2", QuestionType.Single, "Do you use it?", Options: [new("yes", "Yes"), new("no", "No")])]),
        new("The branch", [Text("q3") with { ShowWhen = When("q2", ConditionTest.AnyOf, "yes") }], ShowWhen: When("q1", ConditionTest.Answered)),
        new("More", [Text("q4"), Text("q5")], Exits: [new("Bye", When("q2", ConditionTest.NoneOf, "yes", "no"), "Why", "What now")]),
    ]);

    [Theory]
    [InlineData("q2", true, "q2 q1 | q3 | q4 q5")]
    [InlineData("q1", true, "q1 q2 | q3 | q4 q5")]
    [InlineData("q1", false, "q2 q1 | q3 | q4 q5")]
    [InlineData("q2", false, "q1 | q2 q3 | q4 q5")]
    [InlineData("q4", true, "q1 q2 | q3 q4 | q5")]
    [InlineData("q5", false, "q1 q2 | q3 | q4 q5")]
    [InlineData("q3", true, "q3 | q1 q2 | q4 q5")]
    [InlineData("q9", true, "q1 q2 | q3 | q4 q5")]
    public void A_question_moves_by_one_place_and_over_the_edge_of_its_page(string code, bool up, string expected) =>
        Order(Content.Move(code, up)).ShouldBe(expected);

    [Theory]
    [InlineData(1, true, "q3 | q1 q2 | q4 q5")]
    [InlineData(1, false, "q1 q2 | q4 q5 | q3")]
    [InlineData(0, true, "q1 q2 | q3 | q4 q5")]
    [InlineData(2, false, "q1 q2 | q3 | q4 q5")]
    public void A_page_moves_by_one_place(int page, bool up, string expected) => Order(Content.MovePage(page, up)).ShouldBe(expected);

    [Theory]
    [InlineData("q1", 2, "q2 | q3 | q4 q5 q1")]
    [InlineData("q3", 0, "q1 q2 q3 | q4 q5")]
    [InlineData("q3", 2, "q1 q2 | q4 q5 q3")]
    [InlineData("q3", 1, "q1 q2 | q3 | q4 q5")]
    [InlineData("q3", 3, "q1 q2 | q3 | q4 q5")]
    public void A_question_goes_to_the_end_of_another_page(string code, int page, string expected) =>
        Order(Content.MoveToPage(code, page)).ShouldBe(expected);

    [Fact]
    public void A_page_goes_with_its_only_question()
    {
        Order(Content.Remove("q3")).ShouldBe("q1 q2 | q4 q5");
        Order(Content.Remove("q4")).ShouldBe("q1 q2 | q3 | q5");
        Order(Content.RemovePage(0)).ShouldBe("q3 | q4 q5");
    }

    [Fact]
    public void A_duplicate_stands_behind_its_model_under_a_free_code()
    {
        var changed = Content.Duplicate("q2");

        Order(changed).ShouldBe("q1 q2 q6 | q3 | q4 q5");
        changed.Find("q6").ShouldBe(changed.Find("q2")! with { Code = "q6" });
    }

    [Fact]
    public void A_new_question_goes_onto_its_page_or_brings_one()
    {
        Order(Content.Append(0, "", Text("q6"))).ShouldBe("q1 q2 q6 | q3 | q4 q5");
        var changed = Content.Append(3, "New", Text("q6"));
        Order(changed).ShouldBe("q1 q2 | q3 | q4 q5 | q6");
        changed.Pages[3].Title.ShouldBe("New");
        Content.NextCode().ShouldBe("q6");
        new QuestionnaireContent([]).NextCode().ShouldBe("q1");
    }

    [Fact]
    public void Conditions_follow_a_question_and_its_options_to_their_new_codes()
    {
        var question = Content.Find("q2")! with { Code = "use", Options = [new("y", "Yes"), new("no", "No")] };

        var changed = Content.Replace("q2", question, new Dictionary<string, string> { ["yes"] = "y", ["no"] = "no" });

        changed.Find("q3")!.ShowWhen!.Terms.Single().ShouldSatisfyAllConditions(t => t.Question.ShouldBe("use"), t => t.Options.ShouldBe(["y"]));
        changed.Pages[2].Exits!.Single().When.Terms.Single().Options.ShouldBe(["y", "no"]);
        changed.Pages[1].ShowWhen!.Terms.Single().Question.ShouldBe("q1");
    }

    [Theory]
    [InlineData("I live near by", "i-live-near-by")]
    [InlineData("  Café & bar!  ", "cafe-bar")]
    [InlineData("Don't know", "dont-know")]
    [InlineData("Yes", "yes-3")]
    [InlineData("???", "option")]
    [InlineData("Something that is much longer than a code may be", "something-that-is-much-longer")]
    public void A_code_is_made_of_what_an_option_says(string label, string expected) => QuestionnaireEdit.CodeOf(label, ["yes", "yes-2"]).ShouldBe(expected);

    [Fact]
    public void A_condition_reads_as_a_sentence()
    {
        QuestionnaireWords.Condition(Content, Content.Find("q3")!.ShowWhen!).ShouldBe("“Do you use it?” is answered “Yes”");
        QuestionnaireWords.Condition(Content, Content.Pages[2].Exits![0].When).ShouldBe("“Do you use it?” is not answered “Yes” or “No”");
        QuestionnaireWords.Condition(
            Content,
            new([new("q1", ConditionTest.NotAnswered), new("gone", ConditionTest.Answered)], ConditionMatch.Any))
            .ShouldBe("“About q1” is not answered, or question gone, which is no longer there, is answered");
    }

    [Theory]
    [InlineData("pages[1].questions[0].showWhen.terms[0].question", "On page 2, “About q3”")]
    [InlineData("pages[2].title", "Page 3, “More”")]
    [InlineData("pages[2].questions", "Page 3, “More”")]
    [InlineData("pages[9].title", null)]
    [InlineData("introduction", null)]
    public void A_fault_says_where_it_lies(string path, string? expected) => QuestionnaireWords.Where(Content, path).ShouldBe(expected);

    [Fact]
    public void A_scale_is_chosen_from_as_from_options() =>
        QuestionnaireWords.Choices(new Question("q1", QuestionType.Scale, "?", Scale: new Scale(-1, 1, "Bad", "Good")))
            .ShouldBe([new("-1", "-1 (Bad)"), new("0", "0"), new("1", "1 (Good)")]);

    [Fact]
    public void Options_keep_their_codes_and_new_lines_get_free_ones()
    {
        var form = new QuestionForm
        {
            Text = " Which? ",
            Code = "q1",
            Options = [new() { Label = "Bus", Code = "bus", WasCode = "bus" }, new() { Label = " ", Code = "gone", WasCode = "gone" }, new() { Label = "Train", Code = "rail", WasCode = "train" }],
            NewOptions = "Bus\r\n\r\n  Tram  ",
            MinimumChoices = "1",
        };
        var state = new ModelStateDictionary();

        var question = form.Read(QuestionType.Multiple, null, "q9", state, "Form.");

        state.IsValid.ShouldBeTrue();
        question.Text.ShouldBe("Which?");
        question.Options.ShouldBe([new("bus", "Bus"), new("rail", "Train"), new("bus-2", "Bus"), new("tram", "Tram")]);
        form.ChangedCodes().ShouldBe(new Dictionary<string, string> { ["bus"] = "bus", ["train"] = "rail" });
        form.FieldOf("options[1].code").ShouldBe("Options[2].Code");
        form.FieldOf("options[3].label").ShouldBe("NewOptions");
    }

    [Fact]
    public void Numbers_and_dates_that_cannot_be_read_are_errors_of_their_fields()
    {
        var state = new ModelStateDictionary();

        new QuestionForm { MaximumLength = "many" }.Read(QuestionType.LongText, null, "q1", state, "Form.");
        new QuestionForm { Minimum = "1.5", Maximum = "much" }.Read(QuestionType.Number, null, "q1", state, "Form.").Minimum.ShouldBe(1.5m);
        new QuestionForm { Latest = new() { Day = "31", Month = "2", Year = "2027" } }.Read(QuestionType.Date, null, "q1", state, "Form.");
        new QuestionForm { Low = "" }.Read(QuestionType.Scale, null, "q1", state, "Form.");

        state.Where(e => e.Value!.Errors.Count > 0).Select(e => e.Key).Order().ShouldBe(["Form.Latest", "Form.Low", "Form.Maximum", "Form.MaximumLength"]);
    }

    [Fact]
    public void A_question_that_is_typed_again_unchanged_is_the_same()
    {
        Question[] questions =
        [
            new("q1", QuestionType.Multiple, "?", "Hint", true, [new("a", "A"), new("b", "B")], 1, 2, ShowWhen: When("q0", ConditionTest.Answered), Facts: [new("F", "T")]),
            new("q2", QuestionType.Number, "?", Minimum: -1.5m, Maximum: 10_000m, Decimals: 2),
            new("q3", QuestionType.Date, "?", Earliest: new DateOnly(2026, 1, 2), Latest: new DateOnly(2026, 12, 31)),
            new("q4", QuestionType.Scale, "?", Scale: new Scale(-2, 2, "Bad", "Good")),
            new("q5", QuestionType.LongText, "?", MaximumLength: 3000),
        ];

        foreach (var question in questions)
        {
            var state = new ModelStateDictionary();
            var again = QuestionForm.Of(question, 1).Read(question.Type, question, "free", state, "Form.");

            again.ShouldBe(question with { Options = again.Options });
            again.Options.ShouldBe(question.Options);
        }
    }

    private static Question Text(string code) => new(code, QuestionType.ShortText, $"About {code}");

    private static DisplayCondition When(string question, ConditionTest test, params string[] options) =>
        new([new ConditionTerm(question, test, options.Length == 0 ? null : options)]);

    private static string Order(QuestionnaireContent content) => string.Join(" | ", content.Pages.Select(p => string.Join(' ', p.Questions.Select(q => q.Code))));
}
