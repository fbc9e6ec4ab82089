using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A link that looks like a button: it leads somewhere and changes nothing.</summary>
[HtmlTargetElement("govuk-button-link")]
public sealed class GovukButtonLinkTagHelper : TagHelper
{
    public string Href { get; set; } = "";

    /// <summary><c>secondary</c>, <c>warning</c>, <c>inverse</c> or <c>start</c>.</summary>
    public string? Variant { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("a", "govuk-button", Variant is null ? null : "govuk-button--" + Variant)
                .With("href", Href)
                .With("role", "button")
                .With("draggable", "false")
                .With("data-module", "govuk-button")
                .With(output.Attributes)
                .Containing(await output.GetChildContentAsync(), Variant == "start" ? GovukButtonTagHelper.StartIcon() : null));
}
