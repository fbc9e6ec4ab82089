using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
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

    [Theory]
    [InlineData("name=\"Name\"", "Mallory\0")]
    [InlineData("name=\"Na\0me\"", "Mallory")]
    [InlineData("name=\"Paper\"; filename=\"a\0.pdf\"", "%PDF-1.7")]
    [Trait("Attack", "C20")]
    public async Task A_form_that_could_hold_a_file_is_refused_with_the_character_null_before_the_database_sees_it(string field, string value)
    {
        using var officer = await Officer("officer");
        var address = new Uri("/admin/account/name", UriKind.Relative);
        var page = new HtmlParser().ParseDocument(await officer.GetStringAsync(address));
        var token = page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var counter = new StatementCounter();

        using var refused = await officer.PostAsync(address, Multipart((field, value), ("name=\"__RequestVerificationToken\"", token)));
        var written = counter.Statements.Count(s => s.Contains("update access.officer", StringComparison.OrdinalIgnoreCase));
        using var taken = await officer.PostAsync(address, Multipart(("name=\"Name\"", "Ruth Penhale"), ("name=\"__RequestVerificationToken\"", token)));

        (refused.StatusCode, written).ShouldBe((HttpStatusCode.BadRequest, 0));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("We cannot read what you sent");
        taken.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Scalar<string>("select name from access.officer")).ShouldBe("Ruth Penhale");
    }

    /// <summary>Byte by byte: no client of good manners writes such a field.</summary>
    private static ByteArrayContent Multipart(params (string Field, string Value)[] fields)
    {
        var body = string.Concat(fields.Select(f => $"--edge\r\nContent-Disposition: form-data; {f.Field}\r\n\r\n{f.Value}\r\n")) + "--edge--\r\n";
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=edge");
        return content;
    }
}
