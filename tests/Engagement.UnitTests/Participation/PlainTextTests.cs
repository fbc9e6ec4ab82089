using Engagement.Participation.Domain.Questions;

namespace Engagement.UnitTests.Participation;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Cafe\u0301", "Caf\u00E9")]
    [InlineData("a\u202Ebadp.exe", "abadp.exe")]
    [InlineData("\u2066left\u2069", "left")]
    [InlineData("bell\u0007 and escape\u001B[31m", "bell and escape[31m")]
    [InlineData("first\r\nsecond\rthird", "first\nsecond\nthird")]
    [InlineData("  a\ttab stays ", "a\ttab stays")]
    [InlineData("\u0645\u0631\u062D\u0628\u0627", "\u0645\u0631\u062D\u0628\u0627")]
    [InlineData("\U0001F469\u200D\U0001F52C", "\U0001F469\u200D\U0001F52C")]
    [Trait("Attack", "C21")]
    public void Text_is_composed_and_loses_what_controls_or_turns_it_and_no_letter_of_any_script(string typed, string kept) => PlainText.Clean(typed).ShouldBe(kept);
}
