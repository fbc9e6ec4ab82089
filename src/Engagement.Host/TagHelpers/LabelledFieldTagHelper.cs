using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.TagHelpers;

/// <summary>A form control with one label above it.</summary>
public abstract class LabelledFieldTagHelper : FieldTagHelper
{
    public string? Label { get; set; }

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>; a label that is the page's heading is <c>l</c> unless said otherwise.</summary>
    public string? LabelSize { get; set; }

    /// <summary>For a label that sighted people do not need, such as that of a search field beside its button.</summary>
    public bool LabelHidden { get; set; }

    /// <summary>What the control holds where no property of the model stands behind it.</summary>
    public string? Value { get; set; }

    protected string? CurrentValue => ValuesOf(FieldName, Value ?? For?.Model) is [var first, ..] ? first : null;

    protected IHtmlContent LabelElement()
    {
        var size = LabelSize ?? (Heading ? "l" : null);
        var label = Html.Element("label", "govuk-label", size is null ? null : "govuk-label--" + size, LabelHidden ? "govuk-visually-hidden" : null)
            .With("for", FieldId)
            .Containing(Label ?? For?.Metadata.DisplayName ?? throw new InvalidOperationException($"The control '{FieldName}' needs a label."));
        return Heading ? Html.Element("h1", "govuk-label-wrapper").Containing(label) : label;
    }
}
