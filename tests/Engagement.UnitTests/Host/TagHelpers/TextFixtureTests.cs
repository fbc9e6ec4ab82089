using System.Text.Json;
using Engagement.Host.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.UnitTests.Host.TagHelpers;

/// <summary>Buttons, links, banners and the error summary against the fixtures of GOV.UK Frontend.</summary>
public sealed class TextFixtureTests
{
    private static readonly string[] Free = ["text", "html", "classes", "attributes", "id"];

    [Fact]
    public async Task Button() =>
        await Fixtures.Of("button").Check(
            [.. Free, "name", "value", "type", "disabled", "preventDoubleClick", "href", "isStartButton"],
            new()
            {
                ["don't prevent double click"] = "the attribute is written only where it does something",
                ["start link with html"] = "the button to start has no markup inside",
            },
            options => options.Text("href") is { } href
                ? Write(new GovukButtonLinkTagHelper { Href = href, Variant = options.Flag("isStartButton") ? "start" : null }, options)
                : Write(
                    new GovukButtonTagHelper
                    {
                        Type = options.Text("type") ?? "submit",
                        Disabled = options.Flag("disabled"),
                        PreventDoubleClick = options.Flag("preventDoubleClick"),
                        Variant = options.Flag("isStartButton") ? "start" : null,
                    },
                    options,
                    "id",
                    "name",
                    "value"));

    [Fact]
    public async Task Tag_of_a_status() => await Fixtures.Of("tag").Check(
        Free,
        [],
        options => Write(new GovukTagTagHelper(), options));

    [Fact]
    public async Task Inset_text() => await Fixtures.Of("inset-text").Check(Free, [], options => Write(new GovukInsetTextTagHelper(), options, "id"));

    [Fact]
    public async Task Warning_text() =>
        await Fixtures.Of("warning-text").Check(
            [.. Free, "iconFallbackText"],
            new() { ["icon fallback text only"] = "a warning is announced as a warning" },
            options => Write(new GovukWarningTextTagHelper(), options));

    [Fact]
    public async Task Back_link() =>
        await Fixtures.Of("back-link").Check(
            [.. Free, "href"],
            [],
            options => Write(new GovukBackLinkTagHelper { Href = options.Text("href") ?? "#" }, options));

    [Fact]
    public async Task Notification_banner() =>
        await Fixtures.Of("notification-banner").Check(
            [.. Free, "type", "titleText", "titleId", "titleHeadingLevel", "role"],
            new()
            {
                ["title as html"] = "a title is text",
                ["auto-focus disabled, with type as success"] = "a success is always read out",
                ["auto-focus explicitly enabled, with type as success"] = "a success is always read out",
            },
            options => WriteAround(
                options.Text("html") ?? "",
                new GovukNotificationBannerTagHelper
                {
                    Type = options.Text("type"),
                    Title = options.Text("titleText"),
                    TitleId = options.Text("titleId") ?? "govuk-notification-banner-title",
                    HeadingLevel = options.Number("titleHeadingLevel") ?? 2,
                    Role = options.Text("role"),
                    Text = options.Text("html") is null ? options.Text("text") : null,
                },
                options));

    [Fact]
    public async Task Fieldset() =>
        await Fixtures.Of("fieldset").Check(
            ["legend.text", "legend.classes", "legend.isPageHeading", "html", "classes", "attributes", "describedBy", "role"],
            new()
            {
                ["as page heading without class"] = "a page heading has a size",
                ["html"] = "a legend is text",
                ["legend classes"] = "a legend has a size and no other class",
            },
            options => WriteAround(
                options.Text("html") ?? "",
                new GovukFieldsetTagHelper
                {
                    Legend = options.Text("legend.text")!,
                    LegendSize = options.Size("legend.classes"),
                    Heading = options.Flag("legend.isPageHeading"),
                },
                options,
                ("describedBy", "aria-describedby"),
                ("role", "role")));

    [Fact]
    public async Task Error_summary()
    {
        const string noError = "without an error there is no summary";
        await Fixtures.Of("error-summary").Check(
            ["titleText", "descriptionText", "classes", "attributes", "errorList[].text", "errorList[].href"],
            new()
            {
                ["with description only"] = noError,
                ["autofocus disabled"] = noError,
                ["autofocus explicitly enabled"] = noError,
                ["title html"] = "a title is text",
                ["description html"] = "a description is text",
                ["error list with html"] = "errors are text",
                ["error list with html link"] = "errors are text",
                ["error list with attributes"] = "a link to a control needs nothing beside its address",
            },
            options =>
            {
                var page = new Rendering();
                var number = 0;
                foreach (var error in options.List("errorList"))
                {
                    var key = $"Field{++number}";
                    page.ModelState.AddModelError(key, error.Text("text")!);
                    if (error.Text("href") is { } href)
                    {
                        PageFields.Of(page.View).Add(key, href[1..]);
                    }
                }

                return page.Write(new Tag(new GovukErrorSummaryTagHelper
                {
                    Title = options.Text("titleText")!,
                    Description = options.Text("descriptionText"),
                })
                {
                    Attributes = options.Attributes(),
                });
            });
    }

    private static Task<string> Write(TagHelper helper, JsonElement options, params string[] passedThrough) =>
        new Rendering().Write(options.At("text") is null && options.At("html") is null
            ? new Tag(helper) { Attributes = options.Attributes(passedThrough) }
            : new Tag(helper, options.Content()) { Attributes = options.Attributes(passedThrough) });

    private static Task<string> WriteAround(
        string html, TagHelper helper, JsonElement options, params (string Option, string Attribute)[] named)
    {
        var attributes = options.Attributes();
        foreach (var (option, attribute) in named)
        {
            if (options.Text(option) is { } value)
            {
                attributes.Add(attribute, value);
            }
        }

        return new Rendering().Write(new Tag(helper, Tag.OfHtml(html)) { Attributes = attributes });
    }
}
