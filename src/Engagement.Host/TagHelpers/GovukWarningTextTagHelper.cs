using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Something with consequences, such as what cannot be undone.</summary>
[HtmlTargetElement("govuk-warning-text")]
public sealed class GovukWarningTextTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("div", "govuk-warning-text").With(output.Attributes).Containing(
                Html.Element("span", "govuk-warning-text__icon").With("aria-hidden", "true").Containing("!"),
                new HtmlString(" "),
                Html.Element("strong", "govuk-warning-text__text").Containing(
                    Html.Element("span", "govuk-visually-hidden").Containing("Warning"),
                    new HtmlString(" "),
                    await output.GetChildContentAsync())));
}
