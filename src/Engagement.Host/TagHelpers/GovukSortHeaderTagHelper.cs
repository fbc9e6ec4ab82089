using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Engagement.Host.TagHelpers;

/// <summary>
/// The head of a column by which the server sorts: a link to the same list, sorted by it, and the other way round when it already
/// is. In the query: <c>sort=title</c>, descending <c>sort=-title</c>; the rest of the query is kept but for the place in the list.
/// </summary>
[HtmlTargetElement("govuk-sort-header")]
public sealed class GovukSortHeaderTagHelper : TagHelper
{
    private static readonly string[] Dropped = ["sort", "page", "cursor"];

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>The column, as the query names it.</summary>
    public string Column { get; set; } = "";

    /// <summary>How the list is sorted now.</summary>
    public string? Sort { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var isAscending = Sort == Column;
        var isDescending = Sort == "-" + Column;
        var request = ViewContext.HttpContext.Request;
        var others = request.Query.Where(q => !Dropped.Contains(q.Key, StringComparer.OrdinalIgnoreCase));
        var address = QueryHelpers.AddQueryString(
            QueryHelpers.AddQueryString(request.PathBase + request.Path, others), "sort", isAscending ? "-" + Column : Column);
        output.Become(
            Html.Element("th", "govuk-table__header")
                .With("scope", "col")
                .With("aria-sort", isAscending ? "ascending" : isDescending ? "descending" : "none")
                .With(output.Attributes)
                .Containing(Html.Element("a", "govuk-link", "govuk-link--no-visited-state").With("href", address).Containing(
                    await output.GetChildContentAsync(),
                    isAscending || isDescending
                        ? Html.Element("span").With("aria-hidden", "true").Containing(isAscending ? " ▲" : " ▼")
                        : null)));
    }
}
