using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.Host.TagHelpers;

/// <summary>Tells what has just happened (<c>type="success"</c>) or what somebody should know beside the page's subject.</summary>
[HtmlTargetElement("govuk-notification-banner")]
public sealed class GovukNotificationBannerTagHelper : TagHelper
{
    /// <summary><c>success</c> for what has just worked: it is read out at once.</summary>
    public string? Type { get; set; }

    public string? Title { get; set; }

    public string TitleId { get; set; } = "govuk-notification-banner-title";

    public int HeadingLevel { get; set; } = 2;

    public string? Role { get; set; }

    /// <summary>One sentence; content of the tag is for more.</summary>
    public string? Text { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var isSuccess = Type == "success";
        var level = HeadingLevel.ToString(CultureInfo.InvariantCulture);
        var content = await output.GetChildContentAsync();
        output.Become(
            Html.Element("div", "govuk-notification-banner", isSuccess ? "govuk-notification-banner--success" : null)
                .With("role", Role ?? (isSuccess ? "alert" : "region"))
                .With("aria-labelledby", TitleId)
                .With("data-module", "govuk-notification-banner")
                .With(output.Attributes)
                .Containing(
                    Html.Element("div", "govuk-notification-banner__header").Containing(
                        Html.Element("h" + level, "govuk-notification-banner__title").With("id", TitleId)
                            .Containing(Title ?? (isSuccess ? "Success" : "Important"))),
                    Html.Element("div", "govuk-notification-banner__content").Containing(
                        Text is null ? null : Html.Element("p", "govuk-notification-banner__heading").Containing(Text),
                        content)));
    }
}
