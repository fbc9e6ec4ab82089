using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>The confirmation that something is done: its title is the page's heading.</summary>
[HtmlTargetElement("govuk-panel")]
public sealed class GovukPanelTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    public int HeadingLevel { get; set; } = 1;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.Become(
            Html.Element("div", "govuk-panel", "govuk-panel--confirmation").With(output.Attributes).Containing(
                Html.Element("h" + HeadingLevel.ToString(CultureInfo.InvariantCulture), "govuk-panel__title").Containing(Title),
                content.IsEmptyOrWhiteSpace ? null : Html.Element("div", "govuk-panel__body").Containing(content)));
    }
}
