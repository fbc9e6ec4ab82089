using System.Text.Json;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>
/// What must hold of every page in every state: no violation that axe finds (WCAG 2.2 A and AA, best practice), one first-level
/// heading, a title that begins with "Error: " exactly where there are errors, no sideways scroll at 320 CSS pixels, every stop of
/// the Tab key seen, marked and not covered, in forced colours too, nothing that moves where people want no motion, no complaint on the console, no request to anybody else.
/// </summary>
public sealed class PageAudit
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(RepositoryRoot(), "build", "node_modules", "axe-core", "axe.min.js")));
    private const int MostStops = 120;

    /// <summary>
    /// What is wrong with the focused element: <c>end</c> once the walk is round, null where nothing is. An outline that is
    /// transparent otherwise shows in forced colours, which is what the library relies on.
    /// </summary>
    private const string LookAtFocus =
        """
        stop => {
          const e = document.activeElement;
          if (!e || e === document.body || e.dataset.auditSeen) return 'end';
          e.dataset.auditSeen = '1';
          // Of a link that runs over two lines its first line: the box around both holds other words too.
          const box = e.getClientRects()[0] ?? e.getBoundingClientRect(), words = e.outerHTML.slice(0, 100);
          if (box.width === 0 || box.height === 0) return 'cannot be seen: ' + words;
          const style = getComputedStyle(e), label = e.labels && e.labels[0], mark = label ? getComputedStyle(label, '::before') : null;
          const marked = s => s && ((s.outlineStyle !== 'none' && s.outlineWidth !== '0px') || s.boxShadow !== 'none');
          if (!marked(style) && !marked(mark)) return 'has no mark of the focus: ' + words;
          const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 0), innerHeight - 1);
          const top = document.elementFromPoint(x, y);
          if (top && !e.contains(top) && !top.contains(e) && !(label && label.contains(top))) return 'is covered by ' + top.outerHTML.slice(0, 80) + ': ' + words;
          return null;
        }
        """;

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
        page.Request += (_, request) =>
        {
            // What our own pages are shown from in a test is this machine.
            if (new Uri(request.Url) is { Scheme: not ("data" or "blob"), IsLoopback: false } elsewhere && !request.IsNavigationRequest)
            {
                complaints.Add($"{page.Url}: asks {elsewhere.Host}");
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
        if (hasErrors)
        {
            await ErrorsAreShown();
        }

        // The title of a page that is still on its way is known before its heading.
        await page.WaitForLoadStateAsync();
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
        found.AddRange(await Walk());

        // A page that is refused on purpose is reported by the browser as such; that is no fault of the page.
        found.AddRange(complaints.Where(c => status == 200 || !c.Contains($"status of {status}", StringComparison.Ordinal)));
        complaints.Clear();
        found.ShouldBeEmpty($"{name} ({page.Url})");
    }

    /// <summary>A click does not wait for the page that answers it; what never comes is found by the title.</summary>
    private async Task ErrorsAreShown()
    {
        for (var tries = 0; tries < 150 && !(await page.TitleAsync()).StartsWith("Error: ", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100);
        }
    }

    /// <summary>Goes through the page with the Tab key, in forced colours and with motion reduced.</summary>
    private async Task<List<string>> Walk()
    {
        var found = new List<string>();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync("document.querySelectorAll('[data-audit-seen]').forEach(e => delete e.dataset.auditSeen); document.activeElement?.blur(); window.scrollTo(0, 0)");
        var stops = 0;
        for (; stops < MostStops; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            var fault = await page.EvaluateAsync<string?>(LookAtFocus, stops);
            if (fault == "end")
            {
                break;
            }

            if (fault is not null)
            {
                found.Add($"stop {stops + 1} of the Tab key: {fault}");
            }
        }

        if (stops == 0)
        {
            found.Add("the Tab key stops nowhere");
        }

        if (await page.EvaluateAsync<int>("document.getAnimations().filter(a => a.playState === 'running').length") is var moving and > 0)
        {
            found.Add($"{moving} animations run where people want no motion");
        }

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.None, ReducedMotion = ReducedMotion.NoPreference });
        return found;
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
