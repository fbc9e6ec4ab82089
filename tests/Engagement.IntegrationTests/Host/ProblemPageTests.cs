using System.Net;
using Engagement.TestKit;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Host;

public sealed class ProblemPageTests : IntegrationTest
{
    [Fact]
    public async Task A_page_that_is_not_there_is_answered_by_a_page_and_an_address_of_the_api_by_a_problem()
    {
        using var browser = new PageClient(App.Address);

        var page = await browser.Open("/nothing-here");

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.Heading.ShouldBe("Page not found");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self' 'nonce-");
        using var machine = await App.Anyone().GetAsync(new Uri("/api/v1/nothing-here", UriKind.Relative));
        (await machine.ProblemCode()).ShouldBe("not-found");
        machine.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    }

    [Fact]
    public async Task The_address_of_problems_shows_none_by_itself()
    {
        using var browser = new PageClient(App.Address);

        var page = await browser.Open("/problem?status=503");

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        page.Heading.ShouldBe("Page not found");
    }

    [Fact]
    public async Task Styles_and_scripts_are_served_and_the_brand_comes_from_configuration()
    {
        using var browser = new PageClient(App.Address);
        var page = await browser.Open("/nothing-here");

        foreach (var style in page.Document.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!))
        {
            var file = await browser.Open(style);
            file.Status.ShouldBe(HttpStatusCode.OK, style);
            file.Text.Length.ShouldBeGreaterThan(100, style);
        }

        (await browser.Open("/brand.css")).Text.ShouldContain("--council-header-background: #123456;");
        page.Title.ShouldEndWith("Have your say - Ambleby Council");
    }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Council:Name"] = "Ambleby Council",
        ["Council:HeaderBackground"] = "#123456",
    };
}
