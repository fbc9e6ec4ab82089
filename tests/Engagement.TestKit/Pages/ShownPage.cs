using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Engagement.TestKit.Pages;

/// <summary>A page as it was answered, after redirects.</summary>
/// <param name="Text">The whole body, also where it is no HTML.</param>
public sealed record ShownPage(
    Uri Address, HttpStatusCode Status, IHtmlDocument Document, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string Title => Document.Title ?? "";

    /// <summary>The words of the page's one first-level heading.</summary>
    public string Heading => Words(Document.QuerySelectorAll("h1").Single());

    /// <summary>The words of the page's content, white space folded.</summary>
    public string Main => Words(Document.QuerySelector("main") ?? throw new InvalidOperationException($"{Address} answered {(int)Status} without a main part: {Text[..Math.Min(Text.Length, 500)]}"));

    /// <summary>What the error summary lists; empty where there is none.</summary>
    public IReadOnlyList<string> Errors => [.. Document.QuerySelectorAll(".govuk-error-summary__list li").Select(Words)];

    /// <summary>The sentence that says what was just done; null where there is none.</summary>
    public string? Done => Document.QuerySelector(".govuk-notification-banner--success .govuk-notification-banner__content") is { } banner ? Words(banner) : null;

    /// <summary>The address of the one link with these words in the page's content.</summary>
    public string Link(string words)
    {
        var found = Document.QuerySelectorAll("main a, nav a").OfType<IHtmlAnchorElement>().Where(a => Words(a) == words).Select(a => a.GetAttribute("href")!).Distinct(StringComparer.Ordinal).ToList();
        return found.Count == 1 ? found[0] : throw new InvalidOperationException($"{Address} has {found.Count} links '{words}'; its links are: {string.Join(", ", Document.QuerySelectorAll("main a").Select(a => $"'{Words(a)}'"))}.");
    }

    /// <summary>The value of a field as the page shows it.</summary>
    public string? Value(string name) => Document.QuerySelector($"main [name='{name}']") switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value,
        _ => throw new InvalidOperationException($"{Address} has no field '{name}'."),
    };

    public static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
