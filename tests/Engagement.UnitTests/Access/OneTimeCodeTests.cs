using System.Text;
using Engagement.Access.Domain;

namespace Engagement.UnitTests.Access;

public sealed class OneTimeCodeTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_codes_are_those_of_the_standard(long second, string code) =>
        OneTimeCode.At(Secret, OneTimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(second)), 8).ShouldBe(code);

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_code_is_taken_one_step_early_and_one_step_late_and_no_more(int secondsAfterItsStepBegan, bool taken)
    {
        var begins = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var code = OneTimeCode.At(Secret, OneTimeCode.StepAt(begins), OneTimeCode.Digits);

        (OneTimeCode.Match(Secret, code, begins.AddSeconds(secondsAfterItsStepBegan)) == OneTimeCode.StepAt(begins)).ShouldBe(taken);
    }

    [Fact]
    public void A_space_in_the_middle_does_no_harm_and_a_wrong_figure_does()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111109);

        OneTimeCode.Match(Secret, "081 804", now).ShouldNotBeNull();
        OneTimeCode.Match(Secret, "081805", now).ShouldBeNull();
        OneTimeCode.Match(Secret, "", now).ShouldBeNull();
        OneTimeCode.Match(Secret, "0818040", now).ShouldBeNull();
    }

    /// <summary>RFC 4648, section 10, without the padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_is_that_of_the_standard(string text, string encoded) => OneTimeCode.Base32(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);
}
