using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>The way to the page before, above the main content.</summary>
[HtmlTargetElement("govuk-back-link")]
public sealed class GovukBackLinkTagHelper : TagHelper
{
    public string Href { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Become(
            Html.Element("a", "govuk-back-link").With("href", Href).With(output.Attributes)
                .Containing(content.IsEmptyOrWhiteSpace ? new HtmlString("Back") : content));
    }
}
