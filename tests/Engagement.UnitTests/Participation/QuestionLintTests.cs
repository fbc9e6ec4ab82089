using System.Text.Json;
using Engagement.Host;
using Engagement.Host.Demo;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Domain.Questions.Lint;

namespace Engagement.UnitTests.Participation;

public sealed class QuestionLintTests
{
    private const string PaperRoute = "Send the form to Freepost COUNTY HALL, or hand it in at any library.";

    private static readonly string[] YesOrNo = ["Yes", "No", "I am not sure"];

    [Theory]
    [InlineData("Do you agree that the library should close?")]
    [InlineData("Do you agree with our proposal?")]
    [InlineData("How strongly do you agree with the plan?")]
    [InlineData("Don't you think the road is too fast?")]
    [InlineData("Isn’t it time to act?")]
    [InlineData("Surely the crossing is needed?")]
    [InlineData("What do you think of our exciting plans for the park?")]
    [InlineData("Should we stop this wasteful service?")]
    public void Leading_questions_are_found(string text) => Kinds(Single(text, YesOrNo)).ShouldContain(LintKind.Leading);

    [Theory]
    [InlineData("How far do you agree or disagree with the plan?")]
    [InlineData("What do you say to the 20 mph limit?")]
    [InlineData("What should be improved first?")]
    [InlineData("What else would make the two roads better?")]
    [InlineData("Which of the improvements matter most to you?")]
    [InlineData("How many days a week are you on the Donington road?")]
    [InlineData("What would be a sensible price?")]
    public void Open_questions_are_not_called_leading(string text) => Kinds(Single(text, YesOrNo)).ShouldNotContain(LintKind.Leading);

    [Theory]
    [InlineData("How safe and affordable are the buses?")]
    [InlineData("Were the staff friendly and helpful?")]
    [InlineData("Should we close the pool and build a gym?")]
    [InlineData("Do you support closing the pool and opening a gym?")]
    [InlineData("How satisfied are you with the parks and the buses?")]
    [InlineData("Do you use the library? How often?")]
    public void Two_questions_in_one_are_found(string text) => Kinds(Single(text, YesOrNo)).ShouldContain(LintKind.DoubleBarrelled);

    [Theory]
    [InlineData("How often do you walk and cycle there?")]
    [InlineData("How safe do you feel there on foot or with a wheelchair today?")]
    [InlineData("Should adults and children pay the same?")]
    [InlineData("What do you think of Coventry Road and Fosse Way?")]
    [InlineData("Should members be able to use the library with their card at times without staff?")]
    public void One_question_with_an_and_in_it_is_left_alone(string text) => Kinds(Single(text, YesOrNo)).ShouldNotContain(LintKind.DoubleBarrelled);

    [Fact]
    public void A_text_may_ask_what_and_why_in_one_place() =>
        Kinds(new Question("q1", QuestionType.LongText, "What would you change? Why?")).ShouldBeEmpty();

    [Theory]
    [InlineData("How should we facilitate access?", "facilitate")]
    [InlineData("Which stakeholders should we ask?", "stakeholders")]
    [InlineData("What should happen going forward?", "going forward")]
    [InlineData("What do you think of the TRO?", "TRO")]
    [InlineData("Do you have an EHCP?", "EHCP")]
    public void Words_of_the_office_and_abbreviations_are_found(string text, string word) =>
        Of(Single(text, YesOrNo)).Where(f => f.Kind == LintKind.Jargon).ShouldHaveSingleItem().Why.ShouldContain($"“{word}”");

    [Theory]
    [InlineData("Do you see your GP or the NHS clinic?")]
    [InlineData("What is the first half of your postcode? Such as LE9.")]
    [InlineData("How often do you use the A47?")]
    [InlineData("Do you have an education, health and care plan (EHCP)?")]
    [InlineData("Which did you NOT use?")]
    public void What_everybody_knows_or_what_is_explained_is_no_jargon(string text) => Kinds(Single(text, YesOrNo)).ShouldNotContain(LintKind.Jargon);

    [Fact]
    public void An_abbreviation_explained_on_an_earlier_page_is_no_jargon()
    {
        var content = new QuestionnaireContent(
            [new QuestionnairePage("About", [Single("Which way do you use?", YesOrNo)], "We propose a traffic regulation order (TRO)."), new QuestionnairePage("The order", [Single("What do you think of the TRO?", YesOrNo)])]);

        QuestionLint.Of(content, PaperRoute).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Should the library open on Sundays?", "Yes", "No")]
    [InlineData("Do you support the plan?", "I support it", "I oppose it")]
    [InlineData("What is your age group?", "Under 18", "18 or over")]
    [InlineData("Are you disabled?", "Yes", "No", "I am not sure")]
    public void A_question_without_a_way_out_is_found(string text, params string[] options) => Kinds(Single(text, options)).ShouldBe([LintKind.NoWayOut]);

    [Theory]
    [InlineData("Should the library open on Sundays?", "Yes", "No", "I do not know")]
    [InlineData("What do you say to the order?", "I support it", "I object to it", "Neither")]
    [InlineData("What is your age group?", "Under 18", "18 or over", "I prefer not to say")]
    [InlineData("Do you use the library now?", "Yes", "No")]
    [InlineData("Where do you live?", "Harborough", "Melton")]
    public void A_question_with_a_way_out_or_of_plain_fact_is_left_alone(string text, params string[] options) => Kinds(Single(text, options)).ShouldBeEmpty();

    [Theory]
    [InlineData("Excellent", "Very good", "Good", "Poor")]
    [InlineData("Very satisfied", "Satisfied", "Neither", "Dissatisfied")]
    [InlineData("Good", "Poor", "Very poor", "Terrible")]
    public void A_scale_with_a_longer_side_is_found(params string[] options) => Kinds(Single("How is the bus?", options)).ShouldBe([LintKind.UnbalancedScale]);

    [Theory]
    [InlineData("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")]
    [InlineData("Very satisfied", "Satisfied", "Not satisfied", "Not at all satisfied", "I do not know")]
    [InlineData("Every week", "Every month", "Less often")]
    [InlineData("I support it", "I object to it", "Neither")]
    public void A_scale_with_equal_sides_is_left_alone(params string[] options) => Kinds(Single("How is the bus?", options)).ShouldBeEmpty();

    [Fact]
    public void The_ends_of_a_scale_are_opposites()
    {
        Kinds(Scaled("Good", "Very good")).ShouldBe([LintKind.UnbalancedScale]);
        Kinds(Scaled("Very poor", "Poor")).ShouldBe([LintKind.UnbalancedScale]);
        Kinds(Scaled("Not at all", "Very well")).ShouldBeEmpty();
        Kinds(Scaled("Very unsafe", "Very safe")).ShouldBeEmpty();
    }

    [Fact]
    public void A_hard_question_is_found_by_its_age_and_a_long_one_by_its_words()
    {
        var hard = Of(Single("Which organisational considerations regarding accessibility requirements necessitate additional municipal investigation before implementation?", YesOrNo)).ShouldHaveSingleItem();
        hard.Kind.ShouldBe(LintKind.ReadingAge);
        hard.Why.ShouldContain("years");
        var atTheLimit = string.Join(' ', Enumerable.Repeat("go", QuestionLint.LongestSentence));
        Kinds(Single($"{atTheLimit}?", YesOrNo)).ShouldBeEmpty();
        Of(Single($"{atTheLimit} there?", YesOrNo)).ShouldHaveSingleItem().Why.ShouldStartWith("One sentence has 26 words");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("Paper forms are at all libraries.")]
    [InlineData("Ring 0116 000 0000.")]
    public void A_paper_form_without_a_way_back_is_found(string? route) => QuestionLint.Of(Of1(Single("Which way do you use?", YesOrNo)), route).Select(f => f.Kind).ShouldBe([LintKind.PaperReturn]);

    [Theory]
    [InlineData("Send the form to County Hall, Leicester LE3 8RA.")]
    [InlineData("Freepost COUNTY HALL")]
    [InlineData("Hand it in at any desk.")]
    [InlineData("Write to County Hall.")]
    public void An_address_or_a_desk_is_a_way_back(string route) => QuestionLint.Of(Of1(Single("Which way do you use?", YesOrNo)), route).ShouldBeEmpty();

    [Theory]
    [InlineData("1-loop-closed")]
    [InlineData("2-half-coded")]
    [InlineData("3-open")]
    [InlineData("5-closing")]
    public void The_questions_of_the_demonstration_are_left_alone(string folder)
    {
        using var file = typeof(EngagementApplication).Assembly.GetManifestResourceStream($"demo/{folder}/questionnaire.json")!;
        var questionnaire = JsonDocument.Parse(file).RootElement.GetProperty("content").Deserialize<QuestionnaireContent>(DemoSituation.Options())!;

        QuestionLint.Of(questionnaire, PaperRoute).Select(f => $"{f.Question}: {f.Kind}: {f.Why}").ShouldBeEmpty();
        questionnaire.Questions.Count().ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData("go", 1)]
    [InlineData("library", 3)]
    [InlineData("table", 2)]
    [InlineData("tables", 2)]
    [InlineData("close", 1)]
    [InlineData("closes", 2)]
    [InlineData("closed", 1)]
    [InlineData("wanted", 2)]
    [InlineData("makes", 1)]
    [InlineData("agree", 2)]
    [InlineData("agreed", 2)]
    [InlineData("don't", 1)]
    [InlineData("the", 1)]
    [InlineData("consultation", 4)]
    [InlineData("rhythm", 1)]
    public void Syllables_are_counted(string word, int syllables) => ReadingAge.Syllables(word).ShouldBe(syllables);

    /// <summary>The worked example: 100 words, 8 sentences, 140 syllables are grade 5.8.</summary>
    [Fact]
    public void The_grade_is_that_of_the_formula()
    {
        Math.Round(ReadingAge.Grade(100, 8, 140), 1).ShouldBe(5.8);
        ReadingAge.Of("").ShouldBeNull();
        ReadingAge.Of("The cat sat. The dog ran.").ShouldBe(2);
    }

    private static Question Single(string text, params string[] options) => new("q1", QuestionType.Single, text, Options: [.. options.Select((o, i) => new QuestionOption($"o{i}", o))]);

    private static Question Scaled(string low, string high) => new("q1", QuestionType.Scale, "How is the bus?", Scale: new Scale(1, 5, low, high));

    private static QuestionnaireContent Of1(Question question) => new([new QuestionnairePage("Page", [question])]);

    private static IReadOnlyList<LintFinding> Of(Question question) => QuestionLint.Of(Of1(question), PaperRoute);

    private static List<LintKind> Kinds(Question question) => [.. Of(question).Select(f => f.Kind)];
}
