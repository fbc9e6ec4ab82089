using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Engagement.Host.Pages.Admin.Responses;

/// <summary>An excerpt of what somebody wrote, with what was searched for marked.</summary>
/// <param name="Text">What was found stands between U+E000 and U+E001.</param>
public sealed record Excerpt(string Text) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        // Parts alternate, also where somebody wrote the signs themselves: no mark is left open.
        var isMarked = false;
        foreach (var part in Text.Split('\uE000', '\uE001'))
        {
            writer.Write(isMarked ? "<mark>" : "");
            encoder.Encode(writer, part);
            writer.Write(isMarked ? "</mark>" : "");
            isMarked = !isMarked;
        }
    }
}
