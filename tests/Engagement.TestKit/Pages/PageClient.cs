using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Engagement.TestKit.Pages;

/// <summary>
/// Somebody with a browser that runs no scripts: keeps cookies, follows redirects, reads pages and fills in their forms as they
/// stand, hidden fields and all.
/// </summary>
public sealed class PageClient : IDisposable
{
    private const int MostRedirects = 10;
    private readonly HttpClient http;

    public PageClient(Uri address)
    {
        // A page's address may carry a cookie for a path only; the container keeps to that as a browser does.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>How the browser names itself; nothing unless it is set.</summary>
    public string UserAgent { set => http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", value); }

    public void Dispose() => http.Dispose();

    public Task<ShownPage> Open(string address) => Follow(new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.RelativeOrAbsolute)));

    /// <summary>Fills in a form of the page and presses one of its buttons.</summary>
    /// <param name="values">By the fields' names. A field that is not named keeps its value; null empties it. Of radios and checkboxes: the values to
    /// choose, several separated by a line break.</param>
    /// <param name="button">The words on the button; null where the form has only one.</param>
    public Task<ShownPage> Submit(ShownPage page, IReadOnlyDictionary<string, string?>? values = null, string? button = null)
    {
        var form = FormOf(page, button, out var pressed);
        var data = form.Elements.OfType<IHtmlElement>().SelectMany(e => ValuesOf(e, values)).ToList();
        foreach (var (name, _) in values ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            if (!form.Elements.OfType<IHtmlElement>().Any(e => e.GetAttribute("name") == name))
            {
                throw new InvalidOperationException($"The form has no field '{name}'; it has {string.Join(", ", form.Elements.OfType<IHtmlElement>().Select(e => e.GetAttribute("name")).Where(n => n is { Length: > 0 }).Distinct(StringComparer.Ordinal))}.");
            }
        }

        if (pressed?.GetAttribute("name") is { Length: > 0 } submitter)
        {
            data.Add(new(submitter, pressed.GetAttribute("value") ?? ""));
        }

        var target = new Uri(page.Address, pressed?.GetAttribute("formaction") ?? form.GetAttribute("action") ?? "");
        if (!string.Equals(form.Method, "post", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join('&', data.Select(d => $"{Uri.EscapeDataString(d.Key)}={Uri.EscapeDataString(d.Value)}"));
            return Open($"{target.GetLeftPart(UriPartial.Path)}?{query}");
        }

        HttpContent content = form.GetAttribute("enctype") == "multipart/form-data" ? Multipart(data, form, values) : new FormUrlEncodedContent(data);
        return Follow(new HttpRequestMessage(HttpMethod.Post, target) { Content = content });
    }

    private static MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> data, IHtmlFormElement form, IReadOnlyDictionary<string, string?>? values)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in data)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var file in form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "file" && values?.ContainsKey(i.Name!) == true))
        {
            // "name.pdf" and the content, separated by a line break.
            var parts = values![file.Name!]!.Split('\n', 2);
            content.Add(new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(parts[1])), file.Name!, parts[0]);
        }

        return content;
    }

    private static IEnumerable<KeyValuePair<string, string>> ValuesOf(IHtmlElement element, IReadOnlyDictionary<string, string?>? values)
    {
        if (element.GetAttribute("name") is not { Length: > 0 } name || element.HasAttribute("disabled"))
        {
            yield break;
        }

        var named = values?.ContainsKey(name) == true;
        var wanted = named ? values![name] : null;
        switch (element)
        {
            case IHtmlInputElement { Type: "file" } or IHtmlButtonElement or IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" }:
                break;
            case IHtmlInputElement { Type: "radio" or "checkbox" } choice:
                if (named ? wanted?.Split('\n').Contains(choice.Value, StringComparer.Ordinal) == true : choice.IsChecked)
                {
                    yield return new(name, choice.Value);
                }

                break;
            case IHtmlInputElement input:
                yield return new(name, (named ? wanted : input.Value) ?? "");
                break;
            case IHtmlTextAreaElement area:
                yield return new(name, (named ? wanted : area.Value) ?? "");
                break;
            case IHtmlSelectElement select:
                yield return new(name, (named ? wanted : select.Value) ?? "");
                break;
            default:
                break;
        }
    }

    private static IHtmlFormElement FormOf(ShownPage page, string? button, out IHtmlElement? pressed)
    {
        var buttons = page.Document.QuerySelectorAll("main button[type=submit], main button:not([type]), main input[type=submit]").OfType<IHtmlElement>()
            .Where(b => button is null || b.TextContent.Trim() == button)
            .ToList();
        if (buttons.Count != 1)
        {
            throw new InvalidOperationException($"{page.Address} has {buttons.Count} buttons{(button is null ? "" : $" '{button}'")}; its buttons are: {string.Join(", ", page.Document.QuerySelectorAll("main button").Select(b => $"'{b.TextContent.Trim()}'"))}.");
        }

        pressed = buttons[0];
        return (pressed is IHtmlButtonElement b ? b.Form : (pressed as IHtmlInputElement)?.Form)
            ?? throw new InvalidOperationException($"The button '{button}' of {page.Address} belongs to no form.");
    }

    private async Task<ShownPage> Follow(HttpRequestMessage request)
    {
        var answer = await http.SendAsync(request);
        for (var i = 0; i < MostRedirects && answer.Headers.Location is { } next && (int)answer.StatusCode is >= 300 and < 400; i++)
        {
            var from = answer.RequestMessage!.RequestUri!;
            answer.Dispose();
            answer = await http.GetAsync(new Uri(from, next));
        }

        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            var document = new HtmlParser().ParseDocument(answer.Content.Headers.ContentType?.MediaType == "text/html" ? text : "");
            return new ShownPage(answer.RequestMessage!.RequestUri!, answer.StatusCode, document, text, answer.Headers, answer.Content.Headers);
        }
    }
}
