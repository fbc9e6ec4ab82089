using System.Net;
using Engagement.TestKit;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Pages;

public sealed class TooManyRequestsTests : IntegrationTest
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["RateLimits:RequestsPerMinute"] = "3",
        ["RateLimits:MessagesPerHour"] = "1",
    };

    [Fact]
    public async Task Says_in_words_that_there_were_too_many_requests_and_when_to_come_again()
    {
        using var browser = new PageClient(App.Address);
        for (var i = 0; i < 3; i++)
        {
            (await browser.Open("/help")).Status.ShouldBe(HttpStatusCode.OK);
        }

        var refused = await browser.Open("/help");

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Heading.ShouldBe("Wait a moment");
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_form_that_makes_us_write_to_somebody_is_taken_more_seldom()
    {
        using var browser = new PageClient(App.Address);
        var page = await browser.Open("/updates");

        (await browser.Submit(page)).Title.ShouldStartWith("Error: ");
        var refused = await browser.Submit(page);

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Heading.ShouldBe("Wait a moment");
    }
}
