using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.TagHelpers;

/// <summary>Several inputs that answer one question: the question is the legend of a fieldset around them.</summary>
public abstract class LegendFieldTagHelper : FieldTagHelper
{
    public string? Legend { get; set; }

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>; a legend that is the page's heading is <c>l</c> unless said otherwise.</summary>
    public string? LegendSize { get; set; }

    /// <summary>For a legend that sighted people do not need.</summary>
    public bool LegendHidden { get; set; }

    internal bool HasFieldset => LegendText is not null;

    private string? LegendText => Legend ?? For?.Metadata.DisplayName;

    /// <summary>The content in a fieldset; without one when there is no legend.</summary>
    protected IHtmlContent InFieldset(IHtmlContent content, string? role = null) =>
        HasFieldset
            ? Fieldset(LegendText!, LegendSize, Heading, LegendHidden).With("role", role).With("aria-describedby", Describing).Containing(content)
            : content;

    internal static TagBuilder Fieldset(string legendText, string? legendSize, bool heading, bool legendHidden = false)
    {
        var size = legendSize ?? (heading ? "l" : null);
        var legend = Html.Element(
            "legend",
            "govuk-fieldset__legend",
            size is null ? null : "govuk-fieldset__legend--" + size,
            legendHidden ? "govuk-visually-hidden" : null);
        return Html.Element("fieldset", "govuk-fieldset").Containing(
            heading ? legend.Containing(Html.Element("h1", "govuk-fieldset__heading").Containing(legendText)) : legend.Containing(legendText));
    }
}
