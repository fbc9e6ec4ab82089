using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>What has to be done, each with where it stands.</summary>
[HtmlTargetElement("govuk-task-list")]
public sealed class GovukTaskListTagHelper : TagHelper
{
    private int _tasks;

    /// <summary>Another one for each list of a page.</summary>
    public string IdPrefix { get; set; } = "task-list";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(GovukTaskListTagHelper)] = this;
        output.Become(Html.Element("ul", "govuk-task-list").With(output.Attributes).Containing(await output.GetChildContentAsync()));
    }

    internal string NextId() => string.Create(CultureInfo.InvariantCulture, $"{IdPrefix}-{++_tasks}");
}

/// <summary>One task. Content of the tag is a hint with markup.</summary>
[HtmlTargetElement("govuk-task", ParentTag = "govuk-task-list")]
public sealed class GovukTaskTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    /// <summary>Where it is done; a task that cannot be started yet has none.</summary>
    public string? Href { get; set; }

    public string? Hint { get; set; }

    public string Status { get; set; } = "";

    /// <summary>Makes a tag of the status; plain text says "nothing to do here", such as "Completed".</summary>
    public string? Colour { get; set; }

    public bool CannotStartYet { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var id = ((GovukTaskListTagHelper)context.Items[typeof(GovukTaskListTagHelper)]).NextId();
        var content = await output.GetChildContentAsync();
        var hasHint = Hint is not null || !content.IsEmptyOrWhiteSpace;
        var title = Href is null
            ? Html.Element("div").Containing(Title)
            : Html.Element("a", "govuk-link", "govuk-task-list__link")
                .With("href", Href)
                .With("aria-describedby", Html.Join(hasHint ? id + "-hint" : null, id + "-status"))
                .Containing(Title);
        var hint = Html.Element("div", "govuk-task-list__hint").With("id", id + "-hint");
        var status = Html.Element("div", "govuk-task-list__status", CannotStartYet ? "govuk-task-list__status--cannot-start-yet" : null)
            .With("id", id + "-status");
        output.Become(
            Html.Element("li", "govuk-task-list__item", Href is null ? null : "govuk-task-list__item--with-link").With(output.Attributes).Containing(
                Html.Element("div", "govuk-task-list__name-and-hint").Containing(
                    title,
                    hasHint ? (Hint is null ? hint.Containing(content) : hint.Containing(Hint)) : null),
                Colour is null
                    ? status.Containing(Status)
                    : status.Containing(Html.Element("strong", "govuk-tag", Colour.Length == 0 ? null : "govuk-tag--" + Colour).Containing(Status))));
    }
}
