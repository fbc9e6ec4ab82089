using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A line of text.</summary>
[HtmlTargetElement("govuk-input")]
public sealed class GovukInputTagHelper : LabelledFieldTagHelper
{
    public string Type { get; set; } = "text";

    /// <summary>The width in characters: 2, 3, 4, 5, 10, 20 or 30; otherwise that of the column.</summary>
    public int? Width { get; set; }

    public string? Prefix { get; set; }

    public string? Suffix { get; set; }

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes)
    {
        IHtmlContent input = Html.Void(
                "input",
                "govuk-input",
                Width is null ? null : $"govuk-input--width-{Width}",
                ErrorText is null ? null : "govuk-input--error")
            .With("id", FieldId)
            .With("name", FieldName)
            .With("type", Type)
            .With("value", CurrentValue)
            .With("aria-describedby", Describing)
            .With(attributes);
        if (Prefix is not null || Suffix is not null)
        {
            input = Html.Element("div", "govuk-input__wrapper").Containing(Affix("prefix", Prefix), input, Affix("suffix", Suffix));
        }

        return EmptyGroup().Containing(LabelElement(), HintAndError(), input);
    }

    private static TagBuilder? Affix(string kind, string? text) =>
        text is null ? null : Html.Element("div", "govuk-input__" + kind).With("aria-hidden", "true").Containing(text);
}
