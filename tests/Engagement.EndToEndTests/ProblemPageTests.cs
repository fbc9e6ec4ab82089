using Engagement.TestKit;

namespace Engagement.EndToEndTests;

[Collection(BrowserTests.Name)]
public sealed class ProblemPageTests(Browser browser) : IntegrationTest
{
    [Fact]
    public async Task Whoever_takes_a_wrong_address_finds_a_page_that_helps()
    {
        await using var context = await browser.Chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);

        await page.GotoAsync($"{App.Address}nothing-here");

        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Page not found");
        await audit.Check("problem-not-found", status: 404);
        await page.GotoAsync($"{App.Address}help");
        await audit.Check("help");
    }
}
