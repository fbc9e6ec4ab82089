using System.Net;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Engagement.IntegrationTests.Host;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>Script in every stored text and in everything that can be typed, on every page.</summary>
[Collection(AttackedCouncil.Name)]
public sealed class StoredScriptTests(AttackedCouncil council)
{
    /// <summary>Found again in any log that repeats what was typed.</summary>
    private const string Canary = "zaunkoenig";
    private const string Typed = Canary + AttackedCouncil.Mark;

    [Fact]
    [Trait("Attack", "C01")]
    [Trait("Attack", "C14")]
    [Trait("Attack", "F10")]
    public async Task Script_in_every_stored_text_and_every_field_is_text_on_every_page_and_in_no_log()
    {
        var addresses = await Addresses();
        var found = new List<string>();
        var shown = 0;
        foreach (var address in addresses)
        {
            shown += Look(await Open(address), found);
        }

        var forms = 0;
        foreach (var address in addresses)
        {
            forms += await FillIn(address, found);
        }

        foreach (var address in addresses)
        {
            Look(await Open(address), found);
        }

        await LookAtFeeds(found);
        council.Program.Log.Lines.Where(l => l.Contains(Canary, StringComparison.OrdinalIgnoreCase) || l.Contains("onerror", StringComparison.Ordinal))
            .Select(l => $"log: {Cut(l)}").GroupBy(l => l[..Math.Min(l.Length, 90)], StringComparer.Ordinal).ToList().ForEach(g => found.Add($"{g.First()} ({g.Count()} times)"));
        found.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
        council.Marked.Count.ShouldBeGreaterThan(60);
        shown.ShouldBeGreaterThan(200, "the marks are seen, as text");
        forms.ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("<p>a <img src=x onerror=a()></p>", 1)]
    [InlineData("<p title=''><img src=x onerror=a()>'></p>", 1)]
    [InlineData("<a href='javascript:a()'>a</a>", 1)]
    [InlineData("<p title=\"'&quot;&gt;&lt;img src=x onerror=a()&gt;\">&lt;img src=x onerror=a()></p>", 0)]
    public void What_would_run_is_seen_and_what_is_text_is_not(string html, int faults) =>
        Runs(new HtmlParser().ParseDocument(html)).Count().ShouldBe(faults);

    private static IEnumerable<string> Runs(IParentNode document) =>
        document.QuerySelectorAll("*").Where(e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
                || (e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action") ?? "").TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
                || (e.LocalName == "img" && e.GetAttribute("src") == "x"))
            .Select(e => Cut(e.OuterHtml));

    private static string Cut(string text) => text.ReplaceLineEndings(" ")[..Math.Min(text.Length, 300)];

    private async Task<IReadOnlyList<string>> Addresses()
    {
        var addresses = new List<string>();
        foreach (var route in PageAddresses.Routes())
        {
            addresses.Add((await PageAddresses.Of(route, query => council.Value<string>(query))).ShouldNotBeNull(route));
        }

        return addresses;
    }

    private Task<ShownPage> Open(string address) => BrowserOf(address).Open(address);

    private PageClient BrowserOf(string address) => address.StartsWith("/admin", StringComparison.Ordinal) ? council.OfficersPages : council.ResidentsPages;

    /// <returns>How many marks stand on the page.</returns>
    private static int Look(ShownPage page, List<string> found)
    {
        if ((int)page.Status >= 500)
        {
            found.Add($"{page.Address.PathAndQuery}: {(int)page.Status}");
        }

        found.AddRange(Runs(page.Document).Select(r => $"{page.Address.AbsolutePath}: {r}"));
        return page.Document.Body?.TextContent.Split("<img src=x onerror=a()>").Length - 1 ?? 0;
    }

    /// <summary>Fills in every form that takes a text, and looks at the answer; forms that only have a button are left alone.</summary>
    private async Task<int> FillIn(string address, List<string> found)
    {
        var filled = 0;
        var page = await Open(address);
        foreach (var form in page.Document.QuerySelectorAll("main form").OfType<IHtmlFormElement>())
        {
            var fields = form.Elements.OfType<IHtmlElement>()
                .Where(e => e is IHtmlTextAreaElement or IHtmlInputElement { Type: "text" or "search" or "email" or "tel" or "url" } && e.GetAttribute("name") is { Length: > 0 })
                .Select(e => e.GetAttribute("name")!).Distinct(StringComparer.Ordinal).ToList();
            var button = form.Elements.OfType<IHtmlButtonElement>().Where(b => b.Type == "submit").Select(b => b.TextContent.Trim()).FirstOrDefault();
            if (fields.Count == 0 || button is null || page.Document.QuerySelectorAll("main button[type=submit], main button:not([type])").Count(b => b.TextContent.Trim() == button) > 1)
            {
                continue;
            }

            var answer = await BrowserOf(address).Submit(page, fields.ToDictionary(f => f, _ => (string?)Typed, StringComparer.Ordinal), button);
            if (answer.Status != HttpStatusCode.NotFound)
            {
                Look(answer, found);
            }

            filled++;
        }

        return filled;
    }

    /// <summary>Feeds are documents of other kinds: each must still be one, with the marks as text.</summary>
    private async Task LookAtFeeds(List<string> found)
    {
        var atom = XDocument.Parse((await council.ResidentsPages.Open("/consultations.atom")).Text);
        found.AddRange(atom.Descendants().Where(e => e.Name.LocalName == "img").Select(e => $"atom: {e}"));
        var inMarkup = atom.Descendants().Where(e => (string?)e.Attribute("type") is "html" or "xhtml").SelectMany(e => Runs(new HtmlParser().ParseDocument(e.Value)));
        found.AddRange(inMarkup.Select(r => $"atom: {r}"));
        atom.ToString().ShouldContain("&lt;img src=x");
        var calendar = (await council.ResidentsPages.Open("/consultations.ics")).Text;
        calendar.ShouldContain("<img src=x");
        found.AddRange(calendar.Split("\r\n").Where(l => l.Length > 0 && l[0] != ' ' && !char.IsAsciiLetterUpper(l[0])).Select(l => $"calendar: {Cut(l)}"));
    }
}
