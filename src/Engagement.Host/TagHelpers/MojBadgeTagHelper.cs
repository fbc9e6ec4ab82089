using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A small mark beside a name, such as "Late" or "Phone".</summary>
[HtmlTargetElement("moj-badge")]
public sealed class MojBadgeTagHelper : TagHelper
{
    /// <summary><c>purple</c>, <c>bright-purple</c>, <c>red</c>, <c>green</c>, <c>blue</c>, <c>black</c> or <c>grey</c>.</summary>
    public string? Colour { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("span", "moj-badge", Colour is null ? null : "moj-badge--" + Colour)
                .With(output.Attributes)
                .Containing(await output.GetChildContentAsync()));
}
