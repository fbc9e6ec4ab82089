using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using FluentValidation;
using static Engagement.UnitTests.ClosingTheLoop.Samples;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class ValidatorTests
{
    private static readonly WriteOutcome Outcome = new(ConsultationId.New(), "Thank you.", [Answer(ThemeId.New())], null, [], 1);

    [Fact]
    public void A_whole_outcome_passes() => Errors(new WriteOutcomeValidator(), Outcome).ShouldBeEmpty();

    [Fact]
    public void What_is_yet_to_be_written_may_be_missing_from_a_draft() =>
        Errors(new WriteOutcomeValidator(), Outcome with { Themes = [new ThemeAnswer(ThemeId.New())] }).ShouldBeEmpty();

    [Theory]
    [InlineData(5000, 0)]
    [InlineData(5001, 1)]
    public void A_text_has_5000_characters_at_most(int length, int errors) =>
        Errors(new WriteOutcomeValidator(), Outcome with { Themes = [Answer(ThemeId.New(), reason: new string('x', length))] }).Count.ShouldBe(errors);

    [Theory]
    [InlineData("\0")]
    [InlineData("\u001b[31m")]
    public void Control_characters_are_refused_wherever_somebody_writes(string characters)
    {
        Errors(new WriteOutcomeValidator(), Outcome with { Introduction = $"Thank{characters}you" }).ShouldBe(["Introduction"]);
        Errors(new WriteOutcomeValidator(), Outcome with { Themes = [Answer(ThemeId.New(), did: characters)] }).ShouldBe(["Themes[0].Did"]);
        Errors(new AddThemeValidator(), new AddTheme(ConsultationId.New(), "Saturdays", characters, null, 0)).ShouldBe(["Description"]);
        Errors(new ReopenCodingValidator(), new ReopenCoding(ConsultationId.New(), $"Why{characters}")).ShouldBe(["Reason"]);
        Errors(new WriteOutcomeValidator(), Outcome with { Introduction = "Thank\r\n\tyou" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_theme_is_answered_once()
    {
        var theme = ThemeId.New();

        Errors(new WriteOutcomeValidator(), Outcome with { Themes = [Answer(theme), Answer(theme)] }).ShouldBe(["Themes"]);
    }

    [Fact]
    public void A_promise_says_what_and_who() =>
        Errors(new WriteOutcomeValidator(), Outcome with { Commitments = [new CommitmentText(" ", LastDay, "")] }).ShouldBe(["Commitments[0].Text", "Commitments[0].Owner"]);

    [Theory]
    [InlineData(" ", false)]
    [InlineData("A | B", false)]
    [InlineData("A\nB", false)]
    [InlineData("Saturdays", true)]
    public void A_theme_has_a_name_of_one_line_without_a_bar(string name, bool passes) =>
        Errors(new AddThemeValidator(), new AddTheme(ConsultationId.New(), name, "", null, 0)).Count.ShouldBe(passes ? 0 : 1);

    private static List<string> Errors<T>(IValidator<T> validator, T request) => [.. validator.Validate(request).Errors.Select(e => e.PropertyName)];
}
