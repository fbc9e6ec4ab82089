using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Inside a form control: a hint with markup, such as a link or a list.</summary>
[HtmlTargetElement("govuk-hint")]
public sealed class GovukHintTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var field = context.Items.TryGetValue(typeof(FieldTagHelper), out var item) ? item as FieldTagHelper : null;
        (field ?? throw new InvalidOperationException("govuk-hint belongs inside a form control.")).HintContent =
            await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}
