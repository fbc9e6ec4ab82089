using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>The way through a long list, by page numbers or only to the previous and next page; nothing where there is one page.</summary>
[HtmlTargetElement("govuk-pagination")]
public sealed class GovukPaginationTagHelper : TagHelper
{
    /// <summary>How many numbers are shown on each side of the current page.</summary>
    private const int Around = 2;

    /// <summary>The current page, from 1.</summary>
    public int? Page { get; set; }

    public int Pages { get; set; }

    /// <summary>The address of a page by its number.</summary>
    public Func<int, string>? Url { get; set; }

    public string? PreviousHref { get; set; }

    public string? NextHref { get; set; }

    /// <summary>What the previous page is, where there are no numbers.</summary>
    public string? PreviousLabel { get; set; }

    public string? NextLabel { get; set; }

    /// <summary>Names the navigation where a page has two.</summary>
    public string Label { get; set; } = "Pagination";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Page is { } page && Url is not null)
        {
            PreviousHref ??= page > 1 ? Url(page - 1) : null;
            NextHref ??= page < Pages ? Url(page + 1) : null;
        }

        // An expression that is null comes as an empty text.
        PreviousHref = string.IsNullOrEmpty(PreviousHref) ? null : PreviousHref;
        NextHref = string.IsNullOrEmpty(NextHref) ? null : NextHref;
        if (PreviousHref is null && NextHref is null)
        {
            output.SuppressOutput();
            return;
        }

        var isBlock = Page is null;
        output.Become(
            Html.Element("nav", "govuk-pagination", isBlock ? "govuk-pagination--block" : null).With("aria-label", Label).With(output.Attributes).Containing(
                PreviousHref is null ? null : Arrow("prev", PreviousHref, "Previous", PreviousLabel, isBlock),
                isBlock ? null : Html.Element("ul", "govuk-pagination__list").Containing([.. Numbers()]),
                NextHref is null ? null : Arrow("next", NextHref, "Next", NextLabel, isBlock)));
    }

    private IEnumerable<IHtmlContent> Numbers()
    {
        var last = 0;
        foreach (var number in Enumerable.Range(1, Pages).Where(n => n == 1 || n == Pages || Math.Abs(n - Page!.Value) <= Around))
        {
            if (number > last + 1)
            {
                yield return Html.Element("li", "govuk-pagination__item", "govuk-pagination__item--ellipsis").Containing("⋯");
            }

            var text = number.ToString(CultureInfo.InvariantCulture);
            yield return Html.Element("li", "govuk-pagination__item", number == Page ? "govuk-pagination__item--current" : null).Containing(
                Html.Element("a", "govuk-link", "govuk-pagination__link")
                    .With("href", Url!(number))
                    .With("aria-label", "Page " + text)
                    .With("aria-current", number == Page ? "page" : null)
                    .Containing(text));
            last = number;
        }
    }

    private static TagBuilder Arrow(string kind, string href, string word, string? label, bool isBlock)
    {
        var isPrevious = kind == "prev";
        var icon = new HtmlString(isPrevious
            ? """<svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path></svg>"""
            : """<svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>""");
        var title = Html.Element("span", "govuk-pagination__link-title", isBlock && label is null ? "govuk-pagination__link-title--decorated" : null)
            .Containing(word)
            .Containing(Html.Element("span", "govuk-visually-hidden").Containing(" page"));
        var link = Html.Element("a", "govuk-link", "govuk-pagination__link").With("href", href).With("rel", kind)
            .Containing(isBlock || isPrevious ? icon : null, title);
        if (label is not null && isBlock)
        {
            link.Containing(
                new HtmlString(" "),
                Html.Element("span", "govuk-visually-hidden").Containing(":"),
                new HtmlString(" "),
                Html.Element("span", "govuk-pagination__link-label").Containing(label));
        }

        return Html.Element("div", "govuk-pagination__" + kind).Containing(link.Containing(isBlock || isPrevious ? null : icon));
    }
}
