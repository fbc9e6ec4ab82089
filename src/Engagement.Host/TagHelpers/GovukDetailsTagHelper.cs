using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>More for those who want it, closed at first.</summary>
[HtmlTargetElement("govuk-details")]
public sealed class GovukDetailsTagHelper : TagHelper
{
    public string Summary { get; set; } = "";

    public bool Open { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("details", "govuk-details").With("open", Open).With(output.Attributes).Containing(
                Html.Element("summary", "govuk-details__summary").Containing(
                    Html.Element("span", "govuk-details__summary-text").Containing(Summary)),
                Html.Element("div", "govuk-details__text").Containing(await output.GetChildContentAsync())));
}
