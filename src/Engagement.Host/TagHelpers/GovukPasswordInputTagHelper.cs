using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A password, which can be shown with JavaScript. What was typed is never sent back to the browser.</summary>
[HtmlTargetElement("govuk-password-input")]
public sealed class GovukPasswordInputTagHelper : LabelledFieldTagHelper
{
    /// <summary><c>new-password</c> where one is chosen.</summary>
    public string Autocomplete { get; set; } = "current-password";

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes)
    {
        var input = Html.Void(
                "input",
                "govuk-input",
                "govuk-password-input__input",
                "govuk-js-password-input-input",
                ErrorText is null ? null : "govuk-input--error")
            .With("id", FieldId)
            .With("name", FieldName)
            .With("type", "password")
            .With("spellcheck", "false")
            .With("autocapitalize", "none")
            .With("autocomplete", Autocomplete)
            .With("aria-describedby", Describing)
            .With(attributes);
        var toggle = Html.Element("button", "govuk-button", "govuk-button--secondary", "govuk-password-input__toggle", "govuk-js-password-input-toggle")
            .With("type", "button")
            .With("data-module", "govuk-button")
            .With("aria-controls", FieldId)
            .With("aria-label", "Show password")
            .With("hidden", true)
            .Containing("Show");
        return EmptyGroup("govuk-password-input").With("data-module", "govuk-password-input").Containing(
            LabelElement(),
            HintAndError(),
            Html.Element("div", "govuk-input__wrapper", "govuk-password-input__wrapper").Containing(input, toggle));
    }
}
