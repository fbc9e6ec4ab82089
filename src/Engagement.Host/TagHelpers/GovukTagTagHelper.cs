using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>The status of something in a word or two.</summary>
[HtmlTargetElement("govuk-tag")]
public sealed class GovukTagTagHelper : TagHelper
{
    /// <summary><c>grey</c>, <c>green</c>, <c>teal</c>, <c>purple</c>, <c>magenta</c>, <c>red</c>, <c>orange</c> or <c>yellow</c>; blue otherwise.</summary>
    public string? Colour { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("strong", "govuk-tag", Colour is null ? null : "govuk-tag--" + Colour)
                .With(output.Attributes)
                .Containing(await output.GetChildContentAsync()));
}
