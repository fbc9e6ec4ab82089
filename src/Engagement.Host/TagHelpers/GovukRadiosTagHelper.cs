using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>One choice out of several.</summary>
[HtmlTargetElement("govuk-radios")]
public sealed class GovukRadiosTagHelper() : ChoicesTagHelper("radios", "radio")
{
    /// <summary>What is chosen where no property of the model stands behind the radios.</summary>
    public string? Value { get; set; }

    /// <summary>Side by side, for two short choices.</summary>
    public bool Inline { get; set; }

    protected override object? Chosen => Value ?? base.Chosen;

    protected override string? Modifier => Inline ? "govuk-radios--inline" : null;
}

/// <summary>One of the choices. Content of the tag appears when the radio is chosen.</summary>
[HtmlTargetElement("govuk-radio", ParentTag = "govuk-radios")]
public sealed class GovukRadioTagHelper : TagHelper
{
    public string Value { get; set; } = "";

    public string Label { get; set; } = "";

    public string? LabelClass { get; set; }

    public string? Hint { get; set; }

    public string? Id { get; set; }

    /// <summary>Chosen whatever the model says.</summary>
    public bool Checked { get; set; }

    public bool Disabled { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var group = (GovukRadiosTagHelper)context.Items[typeof(FieldTagHelper)];
        var content = await output.GetChildContentAsync();
        output.Become(new Choice(Value, Label)
        {
            Hint = string.IsNullOrEmpty(Hint) ? null : Hint,
            Id = Id,
            LabelClass = LabelClass,
            Chosen = Checked || group.IsChosen(Value),
            Disabled = Disabled,
            Conditional = content.IsEmptyOrWhiteSpace ? null : content,
            Attributes = output.Attributes,
        }.Write(group));
    }
}
