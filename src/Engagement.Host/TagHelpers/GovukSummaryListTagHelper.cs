using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Facts with their names, each with a link to change it; with <see cref="CardTitle"/> in a card.</summary>
[HtmlTargetElement("govuk-summary-list")]
public sealed class GovukSummaryListTagHelper : TagHelper
{
    public string? CardTitle { get; set; }

    /// <summary>Of the card's title.</summary>
    public int HeadingLevel { get; set; } = 2;

    internal List<GovukSummaryRowTagHelper> Rows { get; } = [];

    internal List<SummaryAction> Actions { get; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(List<SummaryAction>)] = Actions;
        context.Items[typeof(GovukSummaryListTagHelper)] = this;
        await output.GetChildContentAsync();
        var anyHasActions = Rows.Any(r => r.Actions.Count > 0);
        var list = Html.Element("dl", "govuk-summary-list").With(output.Attributes).Containing([.. Rows.Select(r => r.Write(anyHasActions, CardTitle))]);
        if (CardTitle is null)
        {
            output.Become(list);
            return;
        }

        var title = Html.Element("h" + HeadingLevel.ToString(CultureInfo.InvariantCulture), "govuk-summary-card__title").Containing(CardTitle);
        output.Become(
            Html.Element("div", "govuk-summary-card").Containing(
                Html.Element("div", "govuk-summary-card__title-wrapper").Containing(title, CardActions()),
                Html.Element("div", "govuk-summary-card__content").Containing(list)));
    }

    private TagBuilder? CardActions() => Actions switch
    {
        [] => null,
        [var only] => Html.Element("div", "govuk-summary-card__actions").Containing(only.Write(CardTitle)),
        _ => Html.Element("ul", "govuk-summary-card__actions")
            .Containing([.. Actions.Select(a => Html.Element("li", "govuk-summary-card__action").Containing(a.Write(CardTitle)))]),
    };
}

/// <summary>One fact. Content of the tag is the value where it has markup.</summary>
[HtmlTargetElement("govuk-summary-row", ParentTag = "govuk-summary-list")]
public sealed class GovukSummaryRowTagHelper : TagHelper
{
    private IHtmlContent? _content;
    private IReadOnlyList<TagHelperAttribute> _attributes = [];

    public string Key { get; set; } = "";

    public string? Value { get; set; }

    /// <summary>Where the value is changed: a link "Change", read out with the key after it.</summary>
    public string? ChangeHref { get; set; }

    internal List<SummaryAction> Actions { get; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(List<SummaryAction>)] = Actions;
        if (ChangeHref is not null)
        {
            Actions.Add(new SummaryAction(ChangeHref, new HtmlString("Change"), Key.ToLowerInvariant(), []));
        }

        _content = await output.GetChildContentAsync();
        _attributes = [.. output.Attributes];
        ((GovukSummaryListTagHelper)context.Items[typeof(GovukSummaryListTagHelper)]).Rows.Add(this);
        output.SuppressOutput();
    }

    internal TagBuilder Write(bool anyHasActions, string? cardTitle) =>
        Html.Element("div", "govuk-summary-list__row", anyHasActions && Actions.Count == 0 ? "govuk-summary-list__row--no-actions" : null)
            .With(_attributes)
            .Containing(
                Html.Element("dt", "govuk-summary-list__key").Containing(Key),
                Value is null
                    ? Html.Element("dd", "govuk-summary-list__value").Containing(_content)
                    : Html.Element("dd", "govuk-summary-list__value").Containing(Value),
                Actions switch
                {
                    [] => null,
                    [var only] => Html.Element("dd", "govuk-summary-list__actions").Containing(only.Write(cardTitle)),
                    _ => Html.Element("dd", "govuk-summary-list__actions").Containing(
                        Html.Element("ul", "govuk-summary-list__actions-list").Containing(
                            [.. Actions.Select(a => Html.Element("li", "govuk-summary-list__actions-list-item").Containing(a.Write(cardTitle)))])),
                });
}

/// <summary>A further link of a row, or of the card: <c>hidden-text</c> says to those who cannot see the row what it is about.</summary>
[HtmlTargetElement("govuk-summary-action")]
public sealed class GovukSummaryActionTagHelper : TagHelper
{
    public string Href { get; set; } = "";

    public string? HiddenText { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var actions = (List<SummaryAction>)context.Items[typeof(List<SummaryAction>)];
        actions.Add(new SummaryAction(Href, await output.GetChildContentAsync(), HiddenText, [.. output.Attributes]));
        output.SuppressOutput();
    }
}

internal sealed record SummaryAction(string Href, IHtmlContent Text, string? HiddenText, IReadOnlyList<TagHelperAttribute> Attributes)
{
    public TagBuilder Write(string? cardTitle)
    {
        var hidden = (HiddenText is null ? "" : " " + HiddenText) + (cardTitle is null ? "" : $" ({cardTitle})");
        return Html.Element("a", "govuk-link").With("href", Href).With(Attributes).Containing(
            Text,
            hidden.Length == 0 ? null : Html.Element("span", "govuk-visually-hidden").Containing(hidden));
    }
}
