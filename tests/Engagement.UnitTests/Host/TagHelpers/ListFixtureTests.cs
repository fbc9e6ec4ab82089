using System.Text.Json;
using Engagement.Host.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Engagement.UnitTests.Host.TagHelpers;

/// <summary>Lists, navigation and what unfolds against the fixtures of GOV.UK Frontend.</summary>
public sealed class ListFixtureTests
{
    private const string NoInner = "no page needs attributes or classes on the parts inside";
    private const string NoFalse = "a list in C# has no false items";
    private const string TextOnly = "names and titles are text";

    [Fact]
    public async Task Details() =>
        await Fixtures.Of("details").Check(
            ["summaryText", "text", "html", "id", "open", "classes", "attributes"],
            new() { ["summary html"] = TextOnly },
            options => Write(
                new GovukDetailsTagHelper { Summary = options.Text("summaryText")!, Open = options.Flag("open") }, options.Attributes("id"), options.Content()));

    [Fact]
    public async Task Summary_list() =>
        await Fixtures.Of("summary-list").Check(
            [
                "classes", "attributes", "card.title.text", "card.title.headingLevel", "card.actions.items[].href", "card.actions.items[].text",
                "rows[].classes", "rows[].key.text", "rows[].value.text", "rows[].value.html",
                "rows[].actions.items[].href", "rows[].actions.items[].text", "rows[].actions.items[].html", "rows[].actions.items[].visuallyHiddenText",
                "rows[].actions.items[].classes", "rows[].actions.items[].attributes",
            ],
            new()
            {
                ["as a summary card with a html header"] = TextOnly,
                ["key with html"] = TextOnly,
                ["with falsy values"] = NoFalse,
                ["empty items array"] = NoFalse,
                ["translated"] = "the product speaks English",
                ["key with classes"] = NoInner,
                ["actions with classes"] = NoInner,
                ["overridden-widths"] = NoInner,
                ["summary card with custom classes"] = NoInner,
                ["summary card with custom attributes"] = NoInner,
            },
            options => Write(
                new GovukSummaryListTagHelper { CardTitle = options.Text("card.title.text"), HeadingLevel = options.Number("card.title.headingLevel") ?? 2 },
                options.Attributes(),
                [
                    .. options.List("card.actions.items").Select(Action),
                    .. options.List("rows").Select(row => new Tag(
                        new GovukSummaryRowTagHelper { Key = row.Text("key.text")!, Value = row.Text("value.text") },
                        [Tag.OfHtml(row.Text("value.html") ?? ""), .. row.List("actions.items").Select(Action)])
                    {
                        Attributes = row.Attributes(),
                    }),
                ]));

    [Fact]
    public async Task Task_list() =>
        await Fixtures.Of("task-list").Check(
            [
                "idPrefix", "classes", "attributes", "items[].title.text", "items[].href", "items[].hint.text", "items[].status.text", "items[].status.classes",
                "items[].status.tag.text", "items[].status.tag.classes", "items[].classes",
            ],
            new()
            {
                ["custom classes"] = NoInner,
                ["custom attributes"] = NoInner,
                ["html"] = TextOnly,
                ["with empty values"] = NoFalse,
            },
            options => Write(
                new GovukTaskListTagHelper { IdPrefix = options.Text("idPrefix") ?? "task-list" },
                options.Attributes(),
                [
                    .. options.List("items").Select(item => new Tag(new GovukTaskTagHelper
                    {
                        Title = item.Text("title.text")!,
                        Href = item.Text("href"),
                        Hint = item.Text("hint.text"),
                        Status = item.Text("status.text") ?? item.Text("status.tag.text") ?? "",
                        Colour = item.At("status.tag") is null ? null : item.Size("status.tag.classes") ?? "",
                        CannotStartYet = item.Text("status.classes") == "govuk-task-list__status--cannot-start-yet",
                    })
                    {
                        Attributes = item.Attributes(),
                    }),
                ]));

    [Fact]
    public async Task Pagination() =>
        await Fixtures.Of("pagination").Check(
            [
                "classes", "attributes", "landmarkLabel", "previous.href", "previous.labelText", "previous.text", "next.href", "next.labelText", "next.text",
                "items[].number", "items[].href", "items[].current", "items[].ellipsis",
            ],
            new()
            {
                ["with custom link and item text"] = "pages have numbers",
                ["with prev and next only and labels"] = "the links say Previous and Next, and page to those who cannot see them",
                ["with prev and next only and very long labels"] = "the links say Previous and Next, and page to those who cannot see them",
                ["with custom accessible labels on item links"] = "a number is read out as a page's",
                ["with empty items"] = NoFalse,
            },
            options => Write(
                new GovukPaginationTagHelper
                {
                    Label = options.Text("landmarkLabel") ?? "Pagination",
                    Page = options.List("items").Where(i => i.Flag("current")).Select(i => i.Number("number")).FirstOrDefault(),
                    Pages = options.List("items").Select(i => i.Number("number")).LastOrDefault() ?? 0,
                    Url = number => $"/page/{number}",
                    PreviousHref = options.Text("previous.href"),
                    NextHref = options.Text("next.href"),
                },
                options.Attributes()));

    [Fact]
    public async Task Panel()
    {
        const string interruption = "an interruption is no confirmation, and no page interrupts";
        await Fixtures.Of("panel").Check(
            ["titleText", "text", "html", "classes", "attributes", "headingLevel"],
            new()
            {
                ["default"] = TextOnly,
                ["title html"] = TextOnly,
                ["interruption"] = interruption,
                ["interruption-with-content-with-long-line-length"] = interruption,
                ["interruption-with-headings-content-and-lists"] = interruption,
                ["interruption with custom classes"] = interruption,
                ["interruption, with actions classes and attributes"] = interruption,
                ["interruption, submit action"] = interruption,
                ["interruption, button link"] = interruption,
                ["interruption, no actions"] = interruption,
                ["interruption, no actions items"] = interruption,
                ["confirmation, with actions"] = interruption,
            },
            options => Write(
                new GovukPanelTagHelper { Title = options.Text("titleText")!, HeadingLevel = options.Number("headingLevel") ?? 1 },
                options.Attributes(),
                options.Content()));
    }

    [Fact]
    public async Task Breadcrumbs() =>
        await Fixtures.Of("breadcrumbs").Check(
            ["classes", "attributes", "collapseOnMobile", "items[].href", "items[].text", "items[].html", "items[].attributes"],
            new() { ["custom label"] = "a page has one trail of breadcrumbs" },
            options => Write(
                new GovukBreadcrumbsTagHelper { CollapseOnMobile = options.Flag("collapseOnMobile") },
                options.Attributes(),
                [
                    .. options.List("items").Select(i =>
                        new Tag(new GovukBreadcrumbTagHelper { Href = i.Text("href") }, i.Content()) { Attributes = i.Attributes() }),
                ]));

    [Fact]
    public async Task Tabs() =>
        await Fixtures.Of("tabs").Check(
            ["id", "classes", "attributes", "title", "items[].id", "items[].label", "items[].panel.text", "items[].panel.html"],
            new()
            {
                ["item with attributes"] = NoInner,
                ["panel with attributes"] = NoInner,
                ["no item list"] = "tabs have at least one tab",
                ["empty item list"] = "tabs have at least one tab",
                ["with falsy values"] = NoFalse,
                ["idPrefix"] = "each tab has an id of its own, because it becomes part of an address",
            },
            options => Write(
                new GovukTabsTagHelper { Title = options.Text("title") ?? "Contents" },
                options.Attributes("id"),
                [
                    .. options.List("items").Select(i => new Tag(
                        new GovukTabTagHelper { Id = i.Text("id")!, Label = i.Text("label")! },
                        i.Text("panel.html") is { } html ? Tag.OfHtml(html) : Tag.OfHtml($"<p class=\"govuk-body\">{System.Net.WebUtility.HtmlEncode(i.Text("panel.text"))}</p>"))),
                ]));

    [Fact]
    public async Task A_row_with_an_address_to_change_it_says_what_changes_to_those_who_cannot_see_the_row()
    {
        var written = Dom.Parse(await Write(
            new GovukSummaryListTagHelper(), [], new Tag(new GovukSummaryRowTagHelper { Key = "Title", Value = "<b>Park</b>", ChangeHref = "/title" })));

        written.QuerySelector("a[href='/title']")!.TextContent.ShouldBe("Change title");
        written.QuerySelector("dd")!.TextContent.ShouldBe("<b>Park</b>");
    }

    [Theory]
    [InlineData(null, "none", "/admin/engagements?team=3&sort=title")]
    [InlineData("title", "ascending", "/admin/engagements?team=3&sort=-title")]
    [InlineData("-title", "descending", "/admin/engagements?team=3&sort=title")]
    [InlineData("begins", "none", "/admin/engagements?team=3&sort=title")]
    public async Task The_head_of_a_column_sorts_by_it_and_then_the_other_way_round_from_the_first_page_on(string? sort, string said, string address)
    {
        var page = new Rendering();
        page.View.HttpContext.Request.Path = "/admin/engagements";
        page.View.HttpContext.Request.QueryString = new("?team=3&page=4&sort=old");

        var written = await page.Write(new Tag(new GovukSortHeaderTagHelper { Column = "title", Sort = sort }, Tag.OfText("Title")));

        var head = Dom.Parse($"<table><tr>{written}</tr></table>").QuerySelector("th")!;
        head.GetAttribute("aria-sort").ShouldBe(said);
        head.QuerySelector("a")!.GetAttribute("href").ShouldBe(address);
    }

    [Fact]
    public async Task A_list_of_one_page_has_no_pagination() =>
        (await Write(new GovukPaginationTagHelper { Page = 1, Pages = 1, Url = n => $"/{n}" }, [])).ShouldBeEmpty();

    [Fact]
    public async Task A_filter_shows_what_is_chosen_with_a_link_that_takes_it_away()
    {
        var written = Dom.Parse(await Write(
            new MojFilterTagHelper { ClearHref = "/list" },
            [],
            new Tag(new MojFilterTagTagHelper { Category = "Status", Text = "Open", Href = "/list?team=3" }),
            Tag.OfHtml("<input name=\"team\">")));

        written.QuerySelector("form")!.GetAttribute("method").ShouldBe("get");
        written.QuerySelector(".moj-filter__tag")!.TextContent.ShouldBe("Remove this filter Open");
        written.QuerySelector(".moj-filter__tag")!.GetAttribute("href").ShouldBe("/list?team=3");
        written.QuerySelector(".moj-filter__options input[name=team]").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("2026-11-27T23:59:00Z", "11:59pm on Friday 27 November 2026")]
    [InlineData("2026-07-01T11:00:00Z", "12:00pm on Wednesday 1 July 2026")]
    [InlineData("2026-07-01T23:30:00Z", "12:30am on Thursday 2 July 2026")]
    public async Task A_timeline_says_when_in_the_time_of_the_UK(string at, string words)
    {
        var written = Dom.Parse(await Write(
            new MojTimelineTagHelper(),
            [],
            new Tag(new MojTimelineItemTagHelper
            {
                Title = "Approved",
                By = "Sam Patel",
                At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
            })));

        var time = written.QuerySelector("time")!;
        (time.TextContent, time.GetAttribute("datetime")).ShouldBe((words, at));
        written.QuerySelector(".moj-timeline__byline")!.TextContent.ShouldBe("by Sam Patel");
    }

    [Theory]
    [InlineData("information")]
    [InlineData("success")]
    [InlineData("warning")]
    [InlineData("error")]
    public async Task An_alert_is_named_by_its_title_and_encodes_it(string variant)
    {
        var written = Dom.Parse(await Write(new MojAlertTagHelper { Variant = variant, Title = "<b>Closes</b>" }, []));

        var alert = written.QuerySelector(".moj-alert")!;
        alert.GetAttribute("aria-label").ShouldBe($"{variant}: <b>Closes</b>");
        alert.QuerySelector(".moj-alert__content")!.TextContent.ShouldBe("<b>Closes</b>");
        alert.QuerySelector("svg path").ShouldNotBeNull();
    }

    private static Tag Action(JsonElement action) =>
        new(new GovukSummaryActionTagHelper { Href = action.Text("href")!, HiddenText = action.Text("visuallyHiddenText") }, action.Content())
        {
            Attributes = action.Attributes(),
        };

    private static Task<string> Write(TagHelper helper, TagHelperAttributeList attributes, params Tag[] inside) =>
        new Rendering().Write(new Tag(helper, inside) { Attributes = attributes });
}
