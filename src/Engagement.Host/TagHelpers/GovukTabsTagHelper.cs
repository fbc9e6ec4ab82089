using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Several views of one thing of which somebody wants one at a time; without JavaScript they stand below each other.</summary>
[HtmlTargetElement("govuk-tabs")]
public sealed class GovukTabsTagHelper : TagHelper
{
    public string Title { get; set; } = "Contents";

    internal List<(string Id, string Label, IHtmlContent Content)> Tabs { get; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(GovukTabsTagHelper)] = this;
        await output.GetChildContentAsync();
        var list = Html.Element("ul", "govuk-tabs__list").Containing([.. Tabs.Select((tab, i) =>
            Html.Element("li", "govuk-tabs__list-item", i == 0 ? "govuk-tabs__list-item--selected" : null).Containing(
                Html.Element("a", "govuk-tabs__tab").With("href", "#" + tab.Id).Containing(tab.Label)))]);
        TagBuilder[] panels =
        [
            .. Tabs.Select((tab, i) =>
                Html.Element("div", "govuk-tabs__panel", i == 0 ? null : "govuk-tabs__panel--hidden").With("id", tab.Id).Containing(tab.Content)),
        ];
        output.Become(
            Html.Element("div", "govuk-tabs").With("data-module", "govuk-tabs").With(output.Attributes)
                .Containing(Html.Element("h2", "govuk-tabs__title").Containing(Title), list)
                .Containing(panels));
    }
}

/// <summary>One of the views; its id is part of the page's address when it is shown.</summary>
[HtmlTargetElement("govuk-tab", ParentTag = "govuk-tabs")]
public sealed class GovukTabTagHelper : TagHelper
{
    public string Id { get; set; } = "";

    public string Label { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ((GovukTabsTagHelper)context.Items[typeof(GovukTabsTagHelper)]).Tabs.Add((Id, Label, await output.GetChildContentAsync()));
        output.SuppressOutput();
    }
}
