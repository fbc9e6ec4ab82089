using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A choice from a list too long for radios.</summary>
[HtmlTargetElement("govuk-select")]
public sealed class GovukSelectTagHelper : LabelledFieldTagHelper
{
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    /// <summary>What stands first and means "nothing chosen", such as "Choose a topic".</summary>
    public string? Prompt { get; set; }

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes)
    {
        var select = Html.Element("select", "govuk-select", ErrorText is null ? null : "govuk-select--error")
            .With("id", FieldId)
            .With("name", FieldName)
            .With("aria-describedby", Describing)
            .With(attributes);
        var chosen = CurrentValue;
        var items = Prompt is null ? Items : Items.Prepend(new SelectListItem(Prompt, ""));
        foreach (var item in items)
        {
            var isChosen = item.Selected || (chosen is not null && string.Equals(item.Value ?? item.Text, chosen, StringComparison.OrdinalIgnoreCase));
            select.Containing(
                Html.Element("option").With("value", item.Value).With("selected", isChosen).With("disabled", item.Disabled).Containing(item.Text));
        }

        return EmptyGroup().Containing(LabelElement(), HintAndError(), select);
    }
}
