using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Controls that belong together, such as the lines of an address.</summary>
[HtmlTargetElement("govuk-fieldset")]
public sealed class GovukFieldsetTagHelper : TagHelper
{
    public string Legend { get; set; } = "";

    public string? LegendSize { get; set; }

    public bool Heading { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            LegendFieldTagHelper.Fieldset(Legend, LegendSize, Heading).With(output.Attributes).Containing(await output.GetChildContentAsync()));
}
