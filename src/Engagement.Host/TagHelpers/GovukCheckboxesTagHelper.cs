using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Any number of several choices: bound to a collection, or each checkbox to a property of its own.</summary>
[HtmlTargetElement("govuk-checkboxes")]
public sealed class GovukCheckboxesTagHelper() : ChoicesTagHelper("checkboxes", "checkbox")
{
    /// <summary>What is chosen where no property of the model stands behind the checkboxes.</summary>
    public IEnumerable<string>? Values { get; set; }

    protected override object? Chosen => Values ?? base.Chosen;

    /// <summary>The names of checkboxes that are properties of their own: their errors stand above them all.</summary>
    internal List<string> Own { get; } = [];

    internal override string? ErrorText => base.ErrorText ?? Html.Join([.. Own.Select(ErrorOf)]);

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // Where each checkbox is a property of its own, the group needs no name but for the ids of hint and error.
        if (For is null)
        {
            Name ??= "checkboxes-" + context.UniqueId;
        }

        return base.ProcessAsync(context, output);
    }

    internal bool IsTicked(string name, object? model) => ValuesOf(name, model).Contains("true", StringComparer.OrdinalIgnoreCase);
}

/// <summary>One of the choices. Content of the tag appears when the checkbox is ticked.</summary>
[HtmlTargetElement("govuk-checkbox", ParentTag = "govuk-checkboxes")]
public sealed class GovukCheckboxTagHelper : TagHelper
{
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>A property that is true or false, where each checkbox has its own.</summary>
    public ModelExpression? For { get; set; }

    public string? Name { get; set; }

    public string? Id { get; set; }

    public string Value { get; set; } = "true";

    public string? Label { get; set; }

    public string? LabelClass { get; set; }

    public string? Hint { get; set; }

    /// <summary>"None of these": with JavaScript it unticks the others.</summary>
    public bool Exclusive { get; set; }

    /// <summary>Ticked whatever the model says.</summary>
    public bool Checked { get; set; }

    public bool Disabled { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var group = (GovukCheckboxesTagHelper)context.Items[typeof(FieldTagHelper)];
        var name = For is null ? null : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = Id ?? (name is null ? null : TagBuilder.CreateSanitizedId(name, "_"));
        if (name is not null)
        {
            PageFields.Of(ViewContext).Add(name, id!);
            group.Own.Add(name);
        }

        var content = await output.GetChildContentAsync();
        output.Become(new Choice(Value, Label ?? For?.Metadata.DisplayName ?? throw new InvalidOperationException("A checkbox needs a label."))
        {
            Hint = string.IsNullOrEmpty(Hint) ? null : Hint,
            Id = id,
            Name = Name ?? name,
            LabelClass = LabelClass,
            Behaviour = Exclusive ? "exclusive" : null,
            Chosen = Checked || (name is null ? group.IsChosen(Value) : group.IsTicked(name, For!.Model)),
            Disabled = Disabled,
            Conditional = content.IsEmptyOrWhiteSpace ? null : content,
            Attributes = output.Attributes,
        }.Write(group));
    }
}
