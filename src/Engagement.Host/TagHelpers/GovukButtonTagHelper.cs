using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A button; <c>name</c>, <c>value</c> and the like are written on the tag as on <c>button</c>.</summary>
[HtmlTargetElement("govuk-button")]
public sealed class GovukButtonTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary><c>secondary</c>, <c>warning</c>, <c>inverse</c> or <c>start</c>.</summary>
    public string? Variant { get; set; }

    public string Type { get; set; } = "submit";

    public bool Disabled { get; set; }

    /// <summary>With JavaScript, a second click within a second does nothing.</summary>
    public bool PreventDoubleClick { get; set; }

    /// <summary>The page handler that the button calls instead of that of its form: <c>Remove</c> for <c>OnPostRemoveAsync</c>.</summary>
    public string? Handler { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        output.Become(
            Html.Element("button", "govuk-button", Variant is null ? null : "govuk-button--" + Variant)
                .With("type", Type)
                .With("data-module", "govuk-button")
                .With("disabled", Disabled)
                .With("aria-disabled", Disabled ? "true" : null)
                .With("data-prevent-double-click", PreventDoubleClick ? "true" : null)
                .With("formaction", Handler is null ? null : PostedFormTagHelper.AddressOf(ViewContext, Handler))
                .With(output.Attributes)
                .Containing(await output.GetChildContentAsync(), Variant == "start" ? StartIcon() : null));

    internal static IHtmlContent StartIcon() => new HtmlString(
        """<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>""");
}
