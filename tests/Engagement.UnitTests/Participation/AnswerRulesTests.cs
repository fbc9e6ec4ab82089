using Engagement.Participation.Domain.Questions;

namespace Engagement.UnitTests.Participation;

/// <summary>Every type of question, on both sides of each of its limits.</summary>
public sealed class AnswerRulesTests
{
    private static readonly IReadOnlyList<QuestionOption> Options = [new("a", "A"), new("b", "B"), new("c", "C")];

    [Theory]
    [InlineData("a", true)]
    [InlineData("c", true)]
    [InlineData("d", false)]
    [InlineData("A", false)]
    [Trait("Attack", "E12")]
    public void A_single_choice_is_one_of_the_options(string code, bool accepted) =>
        IsAccepted(new Question("q", QuestionType.Single, "?", Options: Options), AnswerValue.Of(code)).ShouldBe(accepted);

    [Theory]
    [InlineData("a", false)]
    [InlineData("a,b", true)]
    [InlineData("c,a", true)]
    [InlineData("a,b,c", false)]
    [InlineData("a,a", false)]
    [InlineData("a,x", false)]
    [Trait("Attack", "E12")]
    public void A_multiple_choice_keeps_its_limits(string codes, bool accepted) =>
        IsAccepted(new Question("q", QuestionType.Multiple, "?", Options: Options, MinimumChoices: 2, MaximumChoices: 2), AnswerValue.Of(codes.Split(','))).ShouldBe(accepted);

    [Fact]
    public void A_multiple_choice_is_kept_in_the_order_shown() =>
        AnswerRules.Check(new Question("q", QuestionType.Multiple, "?", Options: Options), AnswerValue.Of(["c", "a"])).Value!.List.ShouldBe(["a", "c"]);

    [Theory]
    [InlineData(QuestionType.ShortText, null, 500, true)]
    [InlineData(QuestionType.ShortText, null, 501, false)]
    [InlineData(QuestionType.LongText, null, 5_000, true)]
    [InlineData(QuestionType.LongText, null, 5_001, false)]
    [InlineData(QuestionType.LongText, 10, 10, true)]
    [InlineData(QuestionType.LongText, 10, 11, false)]
    public void A_text_is_no_longer_than_its_limit(QuestionType type, int? limit, int length, bool accepted) =>
        IsAccepted(new Question("q", type, "?", MaximumLength: limit), AnswerValue.Of(new string('x', length))).ShouldBe(accepted);

    [Fact]
    public void The_refusal_of_a_long_text_names_the_limit() =>
        AnswerRules.Check(new Question("q", QuestionType.LongText, "?"), AnswerValue.Of(new string('x', 5_001))).Problem
            .ShouldBe("Your answer must be 5,000 characters or fewer. It has 5,001");

    [Fact]
    public void A_text_is_measured_as_it_is_kept()
    {
        // Carriage returns go, e and its accent become one, control characters and marks of direction go.
        var sent = "  ab\r\ncafe\u0301\u0007\u202E  ";

        var kept = AnswerRules.Check(new Question("q", QuestionType.LongText, "?", MaximumLength: 7), AnswerValue.Of(sent));

        kept.Value!.Text.ShouldBe("ab\ncafé");
    }

    [Fact]
    public void A_short_text_is_one_line() =>
        AnswerRules.Check(new Question("q", QuestionType.ShortText, "?"), AnswerValue.Of("one\r\ntwo")).Value!.Text.ShouldBe("one two");

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0.01", false)]
    [InlineData("10", true)]
    [InlineData("10.01", false)]
    [InlineData("9.99", true)]
    [InlineData("9.990", true)]
    [InlineData("9.999", false)]
    public void A_number_keeps_its_range_and_its_decimals(string number, bool accepted) =>
        IsAccepted(
            new Question("q", QuestionType.Number, "?", Minimum: 0, Maximum: 10, Decimals: 2),
            AnswerValue.Of(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(accepted);

    [Fact]
    public void A_number_is_whole_unless_decimals_are_set()
    {
        IsAccepted(new Question("q", QuestionType.Number, "?"), AnswerValue.Of(3.0m)).ShouldBeTrue();
        IsAccepted(new Question("q", QuestionType.Number, "?"), AnswerValue.Of(3.5m)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-01-01", true)]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    [InlineData("2026-02-29", false)]
    [InlineData("2026-2-3", false)]
    [InlineData("03/02/2026", false)]
    [InlineData("2026-02-03T00:00:00Z", false)]
    public void A_date_exists_and_lies_between_its_ends(string date, bool accepted) =>
        IsAccepted(new Question("q", QuestionType.Date, "?", Earliest: new DateOnly(2026, 1, 1), Latest: new DateOnly(2026, 12, 31)), AnswerValue.Of(date)).ShouldBe(accepted);

    [Fact]
    public void The_29_of_february_is_a_date_in_a_leap_year() =>
        IsAccepted(new Question("q", QuestionType.Date, "?"), AnswerValue.Of("2028-02-29")).ShouldBeTrue();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(2.5, false)]
    public void A_point_lies_on_its_scale(double point, bool accepted) =>
        IsAccepted(new Question("q", QuestionType.Scale, "?", Scale: new Scale(1, 5, "low", "high")), AnswerValue.Of((decimal)point)).ShouldBe(accepted);

    [Fact]
    public void An_answer_of_another_kind_is_refused_by_every_type()
    {
        var text = AnswerValue.Of("a");
        var number = AnswerValue.Of(1m);
        var list = AnswerValue.Of(["a"]);
        (QuestionType Type, AnswerValue[] Wrong)[] cases =
        [
            (QuestionType.Single, [number, list]),
            (QuestionType.Multiple, [text, number]),
            (QuestionType.ShortText, [number, list]),
            (QuestionType.LongText, [number, list]),
            (QuestionType.Number, [text, list]),
            (QuestionType.Date, [number, list]),
            (QuestionType.Scale, [text, list]),
        ];

        foreach (var (type, wrong) in cases)
        {
            var question = new Question("q", type, "?", Options: Options, Scale: new Scale(1, 5, "low", "high"));
            wrong.ShouldAllBe(value => !IsAccepted(question, value), type.ToString());
        }

        cases.Length.ShouldBe(Enum.GetValues<QuestionType>().Length);
    }

    private static bool IsAccepted(Question question, AnswerValue value)
    {
        var (kept, problem) = AnswerRules.Check(question, value);
        (kept is null).ShouldBe(problem is not null);
        return problem is null;
    }
}
