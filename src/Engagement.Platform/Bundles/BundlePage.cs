using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Engagement.Platform.Bundles;

/// <summary>What stands in one cell or line of a page: text, or a link to a file of the bundle.</summary>
/// <param name="Address">Relative to the page; null where it is no link.</param>
public readonly record struct BundleText(string? Text, string? Address = null)
{
    public static implicit operator BundleText(string? text) => new(text);

    public static implicit operator BundleText(int number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

    public static BundleText Link(string name, string text) => new(text, name);
}

/// <summary>
/// A page of the bundle: one h1, headings, tables with captions, no script. Whatever is put into it is text and stays text.
/// </summary>
public sealed class BundlePage
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(new TextEncoderSettings(UnicodeRanges.All));

    /// <summary>In each page: some browsers let no page on a disk read another file.</summary>
    private static readonly Lazy<string> Style = new(() =>
    {
        using var reader = new StreamReader(typeof(BundlePage).Assembly.GetManifestResourceStream("bundle.css") ?? throw new InvalidOperationException("bundle.css is not part of the program."));
        return reader.ReadToEnd();
    });

    private readonly StringBuilder body = new();

    public BundlePage Heading(string text) => Element("h2", text);

    public BundlePage Subheading(string text) => Element("h3", text);

    /// <param name="text">Line breaks in it are shown.</param>
    public BundlePage Paragraph(string text) => Element("p", text);

    /// <summary>Something that must not be overlooked.</summary>
    public BundlePage Notice(string text)
    {
        body.Append("<p class=\"notice\">").Append(Html.Encode(text)).Append("</p>\n");
        return this;
    }

    /// <summary>Nothing where there are no lines.</summary>
    public BundlePage List(IEnumerable<BundleText> lines)
    {
        var items = string.Concat(lines.Select(line => $"<li>{Encoded(line)}</li>\n"));
        if (items.Length > 0)
        {
            body.Append("<ul>\n").Append(items).Append("</ul>\n");
        }

        return this;
    }

    /// <summary>Names with what they stand for; those without are left out.</summary>
    public BundlePage Facts(params IEnumerable<(string Name, BundleText Value)> facts)
    {
        body.Append("<dl>\n");
        foreach (var (name, value) in facts.Where(f => !string.IsNullOrEmpty(f.Value.Text)))
        {
            body.Append("<div><dt>").Append(Html.Encode(name)).Append("</dt><dd>").Append(Encoded(value)).Append("</dd></div>\n");
        }

        body.Append("</dl>\n");
        return this;
    }

    /// <summary>The first cell of each row is its heading. Without a row it says that there is none.</summary>
    public BundlePage Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<BundleText>> rows)
    {
        body.Append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"").Append(Html.Encode(caption)).Append("\">\n<table>\n<caption>")
            .Append(Html.Encode(caption)).Append("</caption>\n<thead><tr>");
        foreach (var heading in headings)
        {
            body.Append("<th scope=\"col\">").Append(Html.Encode(heading)).Append("</th>");
        }

        body.Append("</tr></thead>\n<tbody>\n");
        var any = false;
        foreach (var row in rows)
        {
            any = true;
            body.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                body.Append(i == 0 ? "<th scope=\"row\">" : "<td>").Append(Encoded(row[i])).Append(i == 0 ? "</th>" : "</td>");
            }

            body.Append("</tr>\n");
        }

        if (!any)
        {
            body.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{headings.Count}\">None</td></tr>\n");
        }

        body.Append("</tbody>\n</table>\n</div>\n");
        return this;
    }

    /// <param name="root">From this page to the bundle's first folder, such as <c>../</c>; empty on the page that lies there.</param>
    internal async Task WriteAsync(Stream stream, string title, string root, CancellationToken cancellationToken)
    {
        var head =
            $"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html.Encode(title)}</title>
            <style>
            {Style.Value}</style>
            </head>
            <body>
            {(root.Length == 0 ? "" : $"<nav aria-label=\"Bundle\"><a href=\"{root}index.html\">Index of the bundle</a></nav>\n")}<main>
            <h1>{Html.Encode(title)}</h1>

            """;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head), cancellationToken);
        foreach (var chunk in body.GetChunks())
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(chunk.ToArray()), cancellationToken);
        }

        await stream.WriteAsync("</main>\n</body>\n</html>\n"u8.ToArray(), cancellationToken);
    }

    private static string Encoded(BundleText text) => text.Address is { } address
        ? $"<a href=\"{Html.Encode(address)}\">{Html.Encode(text.Text ?? "")}</a>"
        : Html.Encode(text.Text ?? "");

    private BundlePage Element(string name, string text)
    {
        body.Append('<').Append(name).Append('>').Append(Html.Encode(text)).Append("</").Append(name).Append(">\n");
        return this;
    }
}
