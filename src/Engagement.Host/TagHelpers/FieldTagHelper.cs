using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>
/// What every form control of GOV.UK Frontend has in common: the form group, its hint and its error message, and the name, id
/// and value that come from the model. Attributes of the tag that are not its own go to the control.
/// </summary>
public abstract class FieldTagHelper : TagHelper
{
    /// <summary>Said where the model binder refused something and has no words for it.</summary>
    private const string Unreadable = "This cannot be read. Check what you typed.";

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>The property of the model: gives name, id, value, error and, by <c>[Display]</c>, the label.</summary>
    public ModelExpression? For { get; set; }

    /// <summary>The name of the control where no property of the model stands behind it.</summary>
    public string? Name { get; set; }

    public string? Id { get; set; }

    public string? Hint { get; set; }

    /// <summary>An error that the page knows; otherwise those of the model state are shown.</summary>
    public string? Error { get; set; }

    /// <summary>The id of an element of the page that describes the control too.</summary>
    public string? DescribedBy { get; set; }

    public string? GroupClass { get; set; }

    /// <summary>Whether the label or legend is the page's <c>h1</c>.</summary>
    public bool Heading { get; set; }

    /// <summary>What a <c>govuk-hint</c> inside the tag says: a hint with markup.</summary>
    internal IHtmlContent? HintContent { get; set; }

    internal string FieldName =>
        Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName((For ?? throw Unnamed()).Name);

    internal string FieldId => Id ?? TagBuilder.CreateSanitizedId(FieldName, "_");

    internal virtual string? ErrorText => Error ?? ErrorOf(FieldName);

    /// <summary>The ids of hint and error message, for <c>aria-describedby</c>.</summary>
    internal string? Describing =>
        Html.Join(DescribedBy, HasHint ? FieldId + "-hint" : null, ErrorText is null ? null : FieldId + "-error");

    private bool HasHint => Hint is not null || HintContent is not null;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        PageFields.Of(ViewContext).Add(FieldName, FieldId);
        context.Items[typeof(FieldTagHelper)] = this;
        var content = await output.GetChildContentAsync();
        output.Become(Group(content, output.Attributes));
    }

    /// <summary>The whole form group.</summary>
    protected abstract TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes);

    protected TagBuilder EmptyGroup(string? @class = null) =>
        Html.Element("div", "govuk-form-group", ErrorText is null ? null : "govuk-form-group--error", @class, GroupClass);

    protected IHtmlContent HintAndError()
    {
        var both = new HtmlContentBuilder();
        if (HasHint)
        {
            both.AppendHtml(HintOf(FieldId + "-hint", Hint, HintContent));
        }

        if (ErrorText is not null)
        {
            both.AppendHtml(
                Html.Element("p", "govuk-error-message").With("id", FieldId + "-error")
                    .Containing(Html.Element("span", "govuk-visually-hidden").Containing("Error:"), new HtmlString(" "))
                    .Containing(ErrorText));
        }

        return both;
    }

    internal static TagBuilder HintOf(string id, string? text, IHtmlContent? content = null, string? @class = null)
    {
        var hint = Html.Element("div", "govuk-hint", @class).With("id", id);
        return content is null ? hint.Containing(text) : hint.Containing(content);
    }

    /// <summary>What was sent, or else what the model holds: nobody has to type again what was refused.</summary>
    protected IReadOnlyList<string> ValuesOf(string name, object? fallback) =>
        Entry(name)?.RawValue switch
        {
            string text => [text],
            IEnumerable<string?> texts => [.. texts.OfType<string>()],
            _ => fallback switch
            {
                null => [],
                string text => [text],
                System.Collections.IEnumerable several => [.. several.Cast<object?>().Select(TextOf).OfType<string>()],
                _ => [TextOf(fallback)!],
            },
        };

    protected string? ErrorOf(string name) => Entry(name) is { Errors.Count: > 0 } entry ? string.Join(' ', TextsOf(entry)) : null;

    internal static IEnumerable<string> TextsOf(ModelStateEntry entry) =>
        entry.Errors.Select(e => e.ErrorMessage.Length > 0 ? e.ErrorMessage : Unreadable).Distinct(StringComparer.Ordinal);

    protected static string? TextOf(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private ModelStateEntry? Entry(string name) => ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) ? entry : null;

    private InvalidOperationException Unnamed() => new($"{GetType().Name} needs 'for' or 'name'.");
}
