using System.Text.Encodings.Web;
using Engagement.Host.Pages;

namespace Engagement.UnitTests.Host;

public class ParagraphsTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData(" \n\n ", "")]
    [InlineData("one", "<p class=\"govuk-body\">one</p>\n")]
    [InlineData("one\ntwo", "<p class=\"govuk-body\">one<br />two</p>\n")]
    [InlineData("one\r\n\r\ntwo\n\n\nthree", "<p class=\"govuk-body\">one</p>\n<p class=\"govuk-body\">two</p>\n<p class=\"govuk-body\">three</p>\n")]
    [InlineData("<b>\"x\" & y", "<p class=\"govuk-body\">&lt;b&gt;&quot;x&quot; &amp; y</p>\n")]
    public void An_empty_line_begins_a_paragraph_a_single_one_breaks_the_line_and_nothing_in_them_is_markup(string? text, string expected)
    {
        using var writer = new StringWriter();
        Paragraphs.Of(text).WriteTo(writer, HtmlEncoder.Default);
        writer.ToString().ShouldBe(expected);
    }
}
