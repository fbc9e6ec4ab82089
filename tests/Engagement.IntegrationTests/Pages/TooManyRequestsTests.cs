using System.Net;
using Engagement.TestKit;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Pages;

public sealed class TooManyRequestsTests : IntegrationTest
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["RateLimits:PagesPerMinute"] = "3",
        ["RateLimits:MessagesPerHour"] = "1",
        ["Council:ContactPhone"] = "01632 960000",
    };

    [Fact]
    [Trait("Attack", "B16")]
    public async Task Says_in_words_that_there_were_too_many_requests_and_when_to_come_again_whatever_address_is_claimed()
    {
        using var browser = App.Anyone();
        for (var i = 0; i < 3; i++)
        {
            using var served = await Open(browser, $"203.0.113.{i}");
            served.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var answer = await Open(browser, "203.0.113.99");
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var pages = new PageClient(App.Address);
        var refused = await pages.Open("/help");

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Heading.ShouldBe("Wait a moment");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        refused.Main.ShouldContain("Wait a minute, then try again.");
        refused.Main.ShouldContain("contact us on 01632 960000");
        refused.Document.QuerySelectorAll("form").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_makes_us_write_to_somebody_is_taken_more_seldom_and_what_was_typed_can_be_sent_again()
    {
        using var browser = new PageClient(App.Address);
        var page = await browser.Open("/updates");
        var typed = new Dictionary<string, string?>(StringComparer.Ordinal) { ["EmailAddress"] = "no \"address\" <b>" };

        (await browser.Submit(page, typed)).Title.ShouldStartWith("Error: ");
        var refused = await browser.Submit(page, typed);

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Heading.ShouldBe("Wait a moment");
        refused.Main.ShouldContain("Wait 60 minutes");
        Clock.Advance(TimeSpan.FromHours(1));
        var again = await browser.Submit(refused, button: "Send it again");
        again.Address.AbsolutePath.ShouldBe("/updates");
        again.Title.ShouldStartWith("Error: ");
        again.Value("EmailAddress").ShouldBe("no \"address\" <b>");
    }

    private static async Task<HttpResponseMessage> Open(HttpClient browser, string claimed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/help");
        request.Headers.Add("X-Forwarded-For", claimed);
        return await browser.SendAsync(request);
    }
}
