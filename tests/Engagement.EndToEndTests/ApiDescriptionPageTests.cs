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
        (await page.Locator("body").InnerTextAsync()).ShouldContain("Engagement and consultation");

        // So long a list is drawn as far as it is scrolled.
        foreach (var path in (string[])["/api/v1/oauth/token", "/api/v1/timetables"])
        {
            await ScrollTo(page, path);
        }

        complaints.ShouldBeEmpty();
    }

    private static async Task ScrollTo(IPage page, string path)
    {
        var shown = page.Locator($"[data-path='{path}']");
        for (var tries = 0; tries < 200 && await shown.CountAsync() == 0; tries++)
        {
            await page.Mouse.MoveAsync(300, 300);
            await page.Mouse.WheelAsync(0, 500);
            await Task.Delay(50);
        }

        (await shown.CountAsync()).ShouldBeGreaterThan(0, path);
    }
}
