using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>The pages that belong to one thing.</summary>
[HtmlTargetElement("moj-side-navigation")]
public sealed class MojSideNavigationTagHelper : TagHelper
{
    /// <summary>Names the navigation to those who do not see where it stands.</summary>
    public string Label { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("nav", "moj-side-navigation").With("aria-label", Label).With(output.Attributes).Containing(
                Html.Element("ul", "moj-side-navigation__list").Containing(await output.GetChildContentAsync())));
}

[HtmlTargetElement("moj-side-navigation-item", ParentTag = "moj-side-navigation")]
public sealed class MojSideNavigationItemTagHelper : TagHelper
{
    public string Href { get; set; } = "";

    /// <summary>Whether it is the page shown.</summary>
    public bool Active { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("li", "moj-side-navigation__item", Active ? "moj-side-navigation__item--active" : null).Containing(
                Html.Element("a").With("href", Href).With("aria-current", Active ? "page" : null).With(output.Attributes)
                    .Containing(await output.GetChildContentAsync())));
}
