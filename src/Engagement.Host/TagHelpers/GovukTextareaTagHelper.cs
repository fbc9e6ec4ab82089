using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Several lines of text.</summary>
[HtmlTargetElement("govuk-textarea")]
public class GovukTextareaTagHelper : LabelledFieldTagHelper
{
    public int Rows { get; set; } = 5;

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes) =>
        EmptyGroup().Containing(LabelElement(), HintAndError(), Textarea(attributes));

    /// <summary>The line break at the beginning is the one that a browser drops: without it a text that begins with one would lose it.</summary>
    protected TagBuilder Textarea(TagHelperAttributeList attributes, string? @class = null) =>
        Html.Element("textarea", "govuk-textarea", @class, ErrorText is null ? null : "govuk-textarea--error")
            .With("id", FieldId)
            .With("name", FieldName)
            .With("rows", Rows.ToString(CultureInfo.InvariantCulture))
            .With("aria-describedby", Describing)
            .With(attributes)
            .Containing("\n" + CurrentValue);
}
