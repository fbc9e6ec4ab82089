using Engagement.Host.Brand;

namespace Engagement.UnitTests.Host;

public sealed class ContrastTests
{
    [Theory]
    [InlineData("#000000", "#ffffff", 21.0)]
    [InlineData("#ffffff", "#ffffff", 1.0)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#767676", "#ffffff", 4.54)]
    public void Is_that_of_the_formula_of_WCAG(string one, string other, double expected)
    {
        Contrast.Of(one, other).ShouldBe(expected, 0.005);
        Contrast.Of(other, one).ShouldBe(expected, 0.005);
    }

    [Theory]
    [InlineData("white")]
    [InlineData("#fff")]
    [InlineData("#12345g")]
    [InlineData("#12 456")]
    public void Refuses_what_is_no_colour(string colour) => Should.Throw<FormatException>(() => Contrast.Of(colour, "#ffffff")).Message.ShouldContain(colour);

    [Fact]
    public void A_brand_whose_link_colour_cannot_be_read_is_refused_with_the_figure_and_the_remedy()
    {
        var grey = new CouncilOptionsValidator().Validate(null, new CouncilOptions { LinkColour = "#777777" });

        grey.FailureMessage.ShouldBe("Council:LinkColour is #777777, which has a contrast of 4.48:1 against #ffffff; WCAG 2.2 asks for 4.5:1. Choose a darker or a lighter colour.");
        new CouncilOptionsValidator().Validate(null, new CouncilOptions { LinkColour = "#767676" }).Succeeded.ShouldBeTrue();
    }
}
