using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Engagement.Host.Pages;

/// <summary>Plain text as people write it: an empty line begins a paragraph, a single one breaks the line.</summary>
public static class Paragraphs
{
    /// <param name="text">Null is none.</param>
    public static IHtmlContent Of(string? text) => new Written(text ?? "");

    private sealed class Written(string text) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                writer.Write("<p class=\"govuk-body\">");
                var rest = false;
                foreach (var line in paragraph.Split('\n'))
                {
                    writer.Write(rest ? "<br />" : "");
                    encoder.Encode(writer, line);
                    rest = true;
                }

                writer.Write("</p>\n");
            }
        }
    }
}
