using System.Net;
using Engagement.TestKit;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Attacks;

public sealed class UnreadableFormTests : IntegrationTest
{
    [Fact]
    [Trait("Attack", "C20")]
    [Trait("Attack", "G08")]
    public async Task A_page_refuses_the_character_null_in_an_address_and_a_form_and_ten_thousand_fields()
    {
        using var browser = new PageClient(App.Address);
        var page = await browser.Open("/updates");

        var form = await browser.Submit(page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["EmailAddress"] = "a\0b" });
        var address = await browser.Open("/?q=a%00b");

        (form.Status, form.Heading).ShouldBe((HttpStatusCode.BadRequest, "We cannot read what you sent"));
        using var anyone = App.Anyone();
        using var fields = new FormUrlEncodedContent(Enumerable.Range(0, 10_000).Select(i => new KeyValuePair<string, string>($"field{i}", "x")));
        using var many = await anyone.PostAsync("/updates", fields);
        many.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (address.Status, address.Heading).ShouldBe((HttpStatusCode.BadRequest, "We cannot read this address"));
    }
}
