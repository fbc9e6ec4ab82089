using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>
/// The errors of the model state, those of the whole page first, then in the order of the page's controls, each a link to its
/// control; nothing when there is none. It is written when the whole page is known, so it may stand above the controls.
/// </summary>
[HtmlTargetElement("govuk-error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class GovukErrorSummaryTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public string Title { get; set; } = "There is a problem";

    /// <summary>A sentence above the list.</summary>
    public string? Description { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Become(new Written(ViewContext, Title, Description, [.. output.Attributes]));

    private sealed class Written(ViewContext context, string title, string? description, IReadOnlyList<TagHelperAttribute> attributes) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            var fields = PageFields.Of(context);
            var errors = context.ViewData.ModelState
                .Where(e => e.Value is { Errors.Count: > 0 })
                .SelectMany(e => FieldTagHelper.TextsOf(e.Value!).Select(t => (Place: fields.PlaceOf(e.Key), Id: fields.IdOf(e.Key), Text: t)))
                .OrderBy(e => e.Place)
                .ToList();
            if (errors.Count == 0)
            {
                return;
            }

            var list = Html.Element("ul", "govuk-list", "govuk-error-summary__list").Containing(
                [.. errors.Select(e => Html.Element("li").Containing(Link(e.Id, e.Text)))]);
            Html.Element("div", "govuk-error-summary").With("data-module", "govuk-error-summary").With(attributes).Containing(
                    Html.Element("div").With("role", "alert").Containing(
                        Html.Element("h2", "govuk-error-summary__title").Containing(title),
                        Html.Element("div", "govuk-error-summary__body").Containing(
                            description is null ? null : Html.Element("p").Containing(description),
                            list)))
                .WriteTo(writer, encoder);
        }

        private static IHtmlContent Link(string? id, string text) =>
            id is null ? new HtmlContentBuilder().Append(text) : Html.Element("a").With("href", "#" + id).Containing(text);
    }
}
