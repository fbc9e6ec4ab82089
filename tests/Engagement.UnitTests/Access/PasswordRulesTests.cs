using Engagement.Access.Domain;

namespace Engagement.UnitTests.Access;

public sealed class PasswordRulesTests
{
    private static readonly string[] OwnWords = ["Ruth Penhale", "r.penhale@ambleby.gov.uk", "Ambleby Council"];

    [Theory]
    [InlineData("elevenchars", "12 characters or more")]
    [InlineData("teapot lawn!", null)]
    public void Twelve_characters_will_do_and_eleven_will_not(string password, string? refusal) => ShouldBeRefused(password, refusal);

    [Fact]
    public void One_hundred_and_twenty_eight_characters_will_do_and_one_more_will_not()
    {
        var longest = string.Concat(Enumerable.Repeat("teapot-lawn ", 11))[..128];

        ShouldBeRefused(longest, null);
        ShouldBeRefused(longest + "x", "128 characters or fewer");
    }

    [Fact]
    public void A_character_is_what_a_person_sees_as_one()
    {
        ShouldBeRefused("😀🚲🌳🏛🧭🗳📜🔑🎪🧶🪁", "12 characters or more");
        ShouldBeRefused("😀🚲🌳🏛🧭🗳📜🔑🎪🧶🪁🎈", null);
    }

    [Theory]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("QWERTY123456")]
    [InlineData("Password2026!!")]
    [InlineData("123-football-99")]
    [InlineData("footballfootball")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("121212121212121212")]
    public void What_is_guessed_first_is_refused_also_with_figures_and_signs_around_it(string password) => ShouldBeRefused(password, "guessed first");

    [Theory]
    [InlineData("football teapot")]
    [InlineData("123-footballs-99")]
    [InlineData("correct horse battery staple")]
    public void A_common_word_among_others_does_no_harm(string password) => ShouldBeRefused(password, null);

    [Theory]
    [InlineData("seven Penhales swim")]
    [InlineData("iLoveAMBLEBY!!")]
    [InlineData("ruth likes teapots")]
    public void The_officers_own_and_the_councils_names_are_refused(string password) => ShouldBeRefused(password, "your name");

    [Fact]
    public void A_password_is_the_same_however_its_letters_are_composed() =>
        PasswordRules.Normalise("cafe\u0301 teapot lawn").ShouldBe(PasswordRules.Normalise("caf\u00e9 teapot lawn"));

    private static void ShouldBeRefused(string password, string? refusal)
    {
        var found = PasswordRules.Refusal(password, OwnWords);
        if (refusal is null)
        {
            found.ShouldBeNull();
            return;
        }

        found.ShouldNotBeNull().ShouldContain(refusal);
    }
}
