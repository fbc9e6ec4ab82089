using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Radios and checkboxes: the same markup under two names.</summary>
public abstract class ChoicesTagHelper(string component, string inputType) : LegendFieldTagHelper
{
    private int _written;

    /// <summary>Items from a list; further ones may stand inside the tag, after them.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    public bool Small { get; set; }

    internal string InputType => inputType;

    internal string Class(string part) => $"govuk-{component}__{part}";

    /// <summary>The id of the next item: the first has that of the whole, so that an error leads to it.</summary>
    internal string NextId() => ++_written == 1 ? FieldId : $"{FieldId}-{_written}";

    internal bool IsChosen(string value) => ValuesOf(FieldName, Chosen).Contains(value, StringComparer.OrdinalIgnoreCase);

    /// <summary>What is chosen where nothing was sent yet.</summary>
    protected virtual object? Chosen => For?.Model;

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes)
    {
        var choices = Html.Element("div", "govuk-" + component, Small ? $"govuk-{component}--small" : null, Modifier)
            .With("data-module", "govuk-" + component)
            .With(attributes)
            .Containing(_fromList, content);
        return EmptyGroup().Containing(InFieldset(new HtmlContentBuilder().AppendHtml(HintAndError()).AppendHtml(choices)));
    }

    protected virtual string? Modifier => null;

    private readonly HtmlContentBuilder _fromList = new();

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        foreach (var item in Items ?? [])
        {
            var value = item.Value ?? item.Text;
            _fromList.AppendHtml(new Choice(value, item.Text) { Chosen = item.Selected || IsChosen(value), Disabled = item.Disabled }.Write(this));
        }

        return base.ProcessAsync(context, output);
    }
}

/// <summary>One radio or checkbox.</summary>
internal sealed record Choice(string Value, string Label)
{
    public string? Hint { get; init; }

    public bool Chosen { get; init; }

    public bool Disabled { get; init; }

    public string? Behaviour { get; init; }

    /// <summary>Where one checkbox of several is a property of its own.</summary>
    public string? Name { get; init; }

    public string? Id { get; init; }

    public string? LabelClass { get; init; }

    public IHtmlContent? Conditional { get; init; }

    public IEnumerable<TagHelperAttribute> Attributes { get; init; } = [];

    public IHtmlContent Write(ChoicesTagHelper group)
    {
        var next = group.NextId();
        var id = Id ?? next;
        var hintId = id + "-item-hint";
        var conditionalId = "conditional-" + id;
        var input = Html.Void("input", group.Class("input"))
            .With("id", id)
            .With("name", Name ?? group.FieldName)
            .With("type", group.InputType)
            .With("value", Value)
            .With("checked", Chosen)
            .With("disabled", Disabled)
            .With("data-aria-controls", Conditional is null ? null : conditionalId)
            .With("data-behaviour", Behaviour)
            .With("aria-describedby", Html.Join(Describing(group), Hint is null ? null : hintId))
            .With(Attributes);
        var item = Html.Element("div", group.Class("item")).Containing(
            input,
            Html.Element("label", "govuk-label", group.Class("label"), LabelClass).With("for", id).Containing(Label),
            Hint is null ? null : FieldTagHelper.HintOf(hintId, Hint, @class: group.Class("hint")));
        return new HtmlContentBuilder().AppendHtml(item).AppendHtml(
            Conditional is null
                ? HtmlString.Empty
                : Html.Element("div", group.Class("conditional"), Chosen ? null : group.Class("conditional--hidden"))
                    .With("id", conditionalId)
                    .Containing(Conditional));
    }

    /// <summary>A checkbox that stands alone, without fieldset, is itself described by hint and error of the group.</summary>
    private static string? Describing(ChoicesTagHelper group) =>
        group is GovukCheckboxesTagHelper && !group.HasFieldset ? group.Describing : null;
}
