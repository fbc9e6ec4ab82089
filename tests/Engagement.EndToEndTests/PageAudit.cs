using System.Text.Json;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>
/// What must hold of every page in every state: no violation that axe finds (WCAG 2.2 A and AA, best practice), one first-level
/// heading, a title that begins with "Error: " exactly where there are errors, no sideways scroll at 320 CSS pixels, no complaint on the console.
/// </summary>
public sealed class PageAudit
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(RepositoryRoot(), "build", "node_modules", "axe-core", "axe.min.js")));
    private readonly IPage page;
    private readonly List<string> complaints = [];

    private PageAudit(IPage page)
    {
        this.page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
    }

    /// <summary>Begins to listen to a page; call it before the first address is opened.</summary>
    public static PageAudit Of(IPage page) => new(page);

    /// <summary>Titles of the pages looked at so far, by their address without the query: two addresses may not share one.</summary>
    public Dictionary<string, string> Titles { get; } = new(StringComparer.Ordinal);

    /// <param name="name">Names the page and its state in a failure and the picture, such as <c>respond-error</c>.</param>
    public async Task Check(string name, bool hasErrors = false, int status = 200)
    {
        var found = new List<string>();
        var title = await page.TitleAsync();
        if (title.StartsWith("Error: ", StringComparison.Ordinal) != hasErrors)
        {
            found.Add($"the title is '{title}'");
        }

        var address = new Uri(page.Url).AbsolutePath;
        AuditCoverage.Record(address);
        if (!hasErrors && Titles.FirstOrDefault(t => t.Value == title && t.Key != address) is { Key: { } other })
        {
            found.Add($"{other} has the same title '{title}'");
        }

        Titles.TryAdd(address, title);
        if (await page.Locator("h1").CountAsync() is var headings && headings != 1)
        {
            found.Add($"{headings} first-level headings");
        }

        found.AddRange(await Violations());
        await page.SetViewportSizeAsync(320, 640);
        var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (width > 320)
        {
            var wide = await page.EvaluateAsync<string>(
                "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.site-scroll')).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')");
            found.Add($"{width} pixels wide on a screen of 320: {wide}");
        }

        await Picture(name, 375);
        await Picture(name, 1280);

        // A page that is refused on purpose is reported by the browser as such; that is no fault of the page.
        found.AddRange(complaints.Where(c => status == 200 || !c.Contains($"status of {status}", StringComparison.Ordinal)));
        complaints.Clear();
        found.ShouldBeEmpty($"{name} ({page.Url})");
    }

    private async Task<IEnumerable<string>> Violations()
    {
        await page.EvaluateAsync(Axe.Value);
        var result = await page.EvaluateAsync<JsonElement>(
            "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }).then(r => r.violations.map(v => ({ id: v.id, help: v.help, nodes: v.nodes.map(n => n.html) })))");
        return [.. result.EnumerateArray().Select(v =>
            $"axe {v.GetProperty("id").GetString()}: {v.GetProperty("help").GetString()} {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Take(3).Select(n => n.GetString()))}")];
    }

    /// <summary>For people to look at, where <c>ENGAGEMENT_SCREENSHOTS</c> names a folder.</summary>
    private async Task Picture(string name, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        if (Environment.GetEnvironmentVariable("ENGAGEMENT_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
        }
    }

    private static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Engagement.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"Engagement.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
