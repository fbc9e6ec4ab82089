using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Several lines of text with a limit that is said beforehand and, with JavaScript, counted down. The server checks it again.</summary>
[HtmlTargetElement("govuk-character-count")]
public sealed class GovukCharacterCountTagHelper : GovukTextareaTagHelper
{
    public int? MaxLength { get; set; }

    public int? MaxWords { get; set; }

    /// <summary>The percentage of the limit from which on the count is shown.</summary>
    public int? Threshold { get; set; }

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes)
    {
        var limit = MaxWords ?? MaxLength ?? throw new InvalidOperationException($"The control '{FieldName}' needs max-length or max-words.");
        DescribedBy = FieldId + "-info";
        var message = HintOf(
            FieldId + "-info",
            $"You can enter up to {limit.ToString(CultureInfo.InvariantCulture)} {(MaxWords is null ? "characters" : "words")}",
            @class: "govuk-character-count__message");
        return EmptyGroup("govuk-character-count")
            .With("data-module", "govuk-character-count")
            .With("data-maxlength", MaxLength?.ToString(CultureInfo.InvariantCulture))
            .With("data-maxwords", MaxWords?.ToString(CultureInfo.InvariantCulture))
            .With("data-threshold", Threshold?.ToString(CultureInfo.InvariantCulture))
            .With("data-count-type", MaxWords is null ? null : "words")
            .Containing(LabelElement(), HintAndError(), Textarea(attributes, "govuk-js-character-count"), message);
    }
}
