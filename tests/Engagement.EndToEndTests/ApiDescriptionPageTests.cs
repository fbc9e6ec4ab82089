using Engagement.TestKit;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

[Collection(BrowserTests.Name)]
public sealed class ApiDescriptionPageTests(Browser browser) : IntegrationTest
{
    [Fact]
    public async Task The_description_shows_every_part_of_the_api_without_a_console_error()
    {
        await using var context = await browser.Chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };

        await page.GotoAsync($"{App.Address}docs");
        await page.Locator(".opblock").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 20_000 });

        (await page.TitleAsync()).ShouldBe("Engagement API");
        var text = await page.Locator("body").InnerTextAsync();
        text.ShouldContain("Engagement and consultation");
        text.ShouldContain("/api/v1/oauth/token");
        text.ShouldContain("/api/v1/timetables");
        complaints.ShouldBeEmpty();
    }
}
