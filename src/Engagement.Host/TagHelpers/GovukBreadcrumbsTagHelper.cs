using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Where the page lies, above the main content.</summary>
[HtmlTargetElement("govuk-breadcrumbs")]
public sealed class GovukBreadcrumbsTagHelper : TagHelper
{
    public bool CollapseOnMobile { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("nav", "govuk-breadcrumbs", CollapseOnMobile ? "govuk-breadcrumbs--collapse-on-mobile" : null)
                .With("aria-label", "Breadcrumb")
                .With(output.Attributes)
                .Containing(Html.Element("ol", "govuk-breadcrumbs__list").Containing(await output.GetChildContentAsync())));
}

/// <summary>A page on the way; without address the current one.</summary>
[HtmlTargetElement("govuk-breadcrumb", ParentTag = "govuk-breadcrumbs")]
public sealed class GovukBreadcrumbTagHelper : TagHelper
{
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var item = Html.Element("li", "govuk-breadcrumbs__list-item");
        output.Become(Href is null
            ? item.With("aria-current", "page").Containing(content)
            : item.Containing(Html.Element("a", "govuk-breadcrumbs__link").With("href", Href).With(output.Attributes).Containing(content)));
    }
}
