using System.Globalization;
using Engagement.Host.Pages;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>A date in three inputs, bound to a <see cref="DateInput"/>. An error of one part marks that part, one of the date all three.</summary>
[HtmlTargetElement("govuk-date-input")]
public sealed class GovukDateInputTagHelper : LegendFieldTagHelper
{
    private static readonly string[] Parts = [nameof(DateInput.Day), nameof(DateInput.Month), nameof(DateInput.Year)];

    /// <summary>The date where no property of the model stands behind it.</summary>
    public DateInput? Value { get; set; }

    internal override string? ErrorText => base.ErrorText ?? Parts.Select(p => ErrorOf(NameOf(p))).FirstOrDefault(e => e is not null);

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var fields = PageFields.Of(ViewContext);
        var first = Parts.FirstOrDefault(p => ErrorOf(NameOf(p)) is not null) ?? Parts[0];
        fields.Add(FieldName, IdOf(first));
        foreach (var part in Parts)
        {
            fields.Add(NameOf(part), IdOf(part));
        }

        return base.ProcessAsync(context, output);
    }

    protected override TagBuilder Group(TagHelperContent content, TagHelperAttributeList attributes)
    {
        var date = Html.Element("div", "govuk-date-input").With("id", FieldId).With(attributes).Containing([.. Parts.Select(Item)]);
        return EmptyGroup().Containing(InFieldset(new HtmlContentBuilder().AppendHtml(HintAndError()).AppendHtml(date), role: "group"));
    }

    private TagBuilder Item(string part)
    {
        var typed = Value ?? For?.Model as DateInput;
        var value = ValuesOf(NameOf(part), part switch
        {
            nameof(DateInput.Day) => typed?.Day,
            nameof(DateInput.Month) => typed?.Month,
            _ => typed?.Year,
        });
        var input = Html.Void(
                "input",
                "govuk-input",
                "govuk-date-input__input",
                part == nameof(DateInput.Year) ? "govuk-input--width-4" : "govuk-input--width-2",
                IsWrong(part) ? "govuk-input--error" : null)
            .With("id", IdOf(part))
            .With("name", NameOf(part))
            .With("type", "text")
            .With("inputmode", "numeric")
            .With("value", value is [{ Length: > 0 } text, ..] ? text : null);
        var label = Html.Element("label", "govuk-label", "govuk-date-input__label").With("for", IdOf(part)).Containing(part);
        return Html.Element("div", "govuk-date-input__item")
            .Containing(Html.Element("div", "govuk-form-group").Containing(label, input));
    }

    private bool IsWrong(string part) =>
        ErrorOf(NameOf(part)) is not null || (ErrorText is not null && Parts.All(p => ErrorOf(NameOf(p)) is null));

    private string NameOf(string part) => string.Create(CultureInfo.InvariantCulture, $"{FieldName}.{part}");

    private string IdOf(string part) => string.Create(CultureInfo.InvariantCulture, $"{FieldId}_{part}");
}
