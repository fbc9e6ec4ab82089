using System.Globalization;
using Engagement.Kernel;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>What happened, the latest first.</summary>
[HtmlTargetElement("moj-timeline")]
public sealed class MojTimelineTagHelper : TagHelper
{
    /// <summary>Of the entries' titles.</summary>
    public int HeadingLevel { get; set; } = 2;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(MojTimelineTagHelper)] = this;
        output.Become(Html.Element("div", "moj-timeline").With(output.Attributes).Containing(await output.GetChildContentAsync()));
    }
}

/// <summary>One thing that happened. Content of the tag says more about it.</summary>
[HtmlTargetElement("moj-timeline-item", ParentTag = "moj-timeline")]
public sealed class MojTimelineItemTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    /// <summary>Who did it.</summary>
    public string? By { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The moment in words where the page has better ones than the UK date and time.</summary>
    public string? When { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var level = ((MojTimelineTagHelper)context.Items[typeof(MojTimelineTagHelper)]).HeadingLevel.ToString(CultureInfo.InvariantCulture);
        var content = await output.GetChildContentAsync();
        output.Become(
            Html.Element("div", "moj-timeline__item").With(output.Attributes).Containing(
                Html.Element("div", "moj-timeline__header").Containing(
                    Html.Element("h" + level, "moj-timeline__title").Containing(Title),
                    By is null ? null : new HtmlString(" "),
                    By is null ? null : Html.Element("p", "moj-timeline__byline").Containing("by " + By)),
                Html.Element("p", "moj-timeline__date").Containing(
                    Html.Element("time").With("datetime", At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)).Containing(When ?? Words())),
                content.IsEmptyOrWhiteSpace ? null : Html.Element("div", "moj-timeline__description").Containing(content)));
    }

    private string Words()
    {
        var wall = UkTime.WallTimeOf(At);
        return wall.ToString("h:mm", CultureInfo.InvariantCulture) + (wall.Hour < 12 ? "am" : "pm") + " on " + UkTime.Spell(DateOnly.FromDateTime(wall));
    }
}
