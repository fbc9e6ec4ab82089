using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>
/// Narrows a list: a form (GET, so that the address can be sent to a colleague) with the controls that stand inside, and above
/// them what is chosen (<c>moj-filter-tag</c>), each with a link that takes it away.
/// </summary>
[HtmlTargetElement("moj-filter")]
public sealed class MojFilterTagHelper : TagHelper
{
    public string Heading { get; set; } = "Filter";

    /// <summary>The list without any filter.</summary>
    public string ClearHref { get; set; } = "";

    internal List<(string Category, string Text, string Href)> Chosen { get; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(MojFilterTagHelper)] = this;
        var controls = await output.GetChildContentAsync();
        output.Become(
            Html.Element("form").With("method", "get").With(output.Attributes).Containing(
                Html.Element("div", "moj-filter").Containing(
                    Html.Element("div", "moj-filter__header").Containing(
                        Html.Element("div", "moj-filter__header-title").Containing(Html.Element("h2", "govuk-heading-m").Containing(Heading))),
                    Html.Element("div", "moj-filter__content").Containing(
                        Chosen.Count == 0 ? null : Selected(),
                        Html.Element("div", "moj-filter__options").Containing(
                            controls,
                            Html.Element("button", "govuk-button").With("type", "submit").With("data-module", "govuk-button").Containing("Apply filters"))))));
    }

    private TagBuilder Selected()
    {
        var categories = new HtmlContentBuilder();
        foreach (var category in Chosen.GroupBy(c => c.Category))
        {
            categories.AppendHtml(Html.Element("h4", "govuk-heading-s", "govuk-!-margin-bottom-0").Containing(category.Key));
            categories.AppendHtml(Html.Element("ul", "moj-filter-tags").Containing([.. category.Select(c =>
                Html.Element("li").Containing(
                    Html.Element("a", "moj-filter__tag").With("href", c.Href)
                        .Containing(Html.Element("span", "govuk-visually-hidden").Containing("Remove this filter"), new HtmlString(" "))
                        .Containing(c.Text)))]));
        }

        return Html.Element("div", "moj-filter__selected").Containing(
            Html.Element("div", "moj-filter__selected-heading").Containing(
                Html.Element("div", "moj-filter__heading-title").Containing(Html.Element("h3", "govuk-heading-m").Containing("Selected filters")),
                Html.Element("div", "moj-filter__heading-action").Containing(
                    Html.Element("p").Containing(
                        Html.Element("a", "govuk-link", "govuk-link--no-visited-state").With("href", ClearHref).Containing("Clear filters")))),
            categories);
    }
}

/// <summary>A filter that is on; the address is that of the list without it.</summary>
[HtmlTargetElement("moj-filter-tag", ParentTag = "moj-filter")]
public sealed class MojFilterTagTagHelper : TagHelper
{
    public string Category { get; set; } = "";

    public string Text { get; set; } = "";

    public string Href { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ((MojFilterTagHelper)context.Items[typeof(MojFilterTagHelper)]).Chosen.Add((Category, Text, Href));
        output.SuppressOutput();
    }
}
