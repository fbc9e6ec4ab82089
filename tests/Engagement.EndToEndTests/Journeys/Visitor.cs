using Microsoft.Playwright;

namespace Engagement.EndToEndTests.Journeys;

/// <summary>How somebody uses a browser.</summary>
public enum Way
{
    Mouse,
    MouseWithoutScript,

    /// <summary>Tab, Enter, Space, arrow keys and letters; never the mouse.</summary>
    Keyboard,
}

/// <summary>
/// Somebody who uses the pages by what stands on them: links, buttons and labels, by mouse or by the keyboard alone. What they look
/// for must be there exactly once.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private const int MostStops = 200;
    private readonly IBrowserContext context;
    private readonly bool keyboard;

    private Visitor(IBrowserContext context, IPage page, bool keyboard)
    {
        this.context = context;
        this.keyboard = keyboard;
        Page = page;
        Page.SetDefaultTimeout(15_000);
    }

    public IPage Page { get; }

    public static async Task<Visitor> Arrive(Browser browser, Uri address, Way way)
    {
        var fresh = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions { BaseURL = address.ToString(), JavaScriptEnabled = way != Way.MouseWithoutScript });
        return new Visitor(fresh, await fresh.NewPageAsync(), way == Way.Keyboard);
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    public async Task Open(string address) => await Page.GotoAsync(address);

    /// <summary>The words of the page's content.</summary>
    public Task<string> Main() => Page.Locator("main").InnerTextAsync();

    public async Task ShouldSee(string words)
    {
        if (await Main() is var main && !main.Contains(words, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"{Page.Url} does not say '{words}'. It says: {main}");
        }
    }

    /// <summary>A link, also one that looks like a button.</summary>
    public Task Follow(string link)
    {
        var place = Page.Locator("main, nav, .govuk-back-link");
        return Use(place.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).Or(place.Locator("a").GetByText(link, new() { Exact = true })).Or(place.Locator("a[role=button]").Filter(new() { HasText = link })).First);
    }

    public Task Press(string button) => Use(Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First);

    public Task Fill(string label, string text) => Try($"fill in '{label}'", () => FillField(label, text));

    private async Task FillField(string label, string text)
    {
        var field = Page.Locator("main").GetByLabel(label, new() { Exact = true }).First;
        if (!keyboard)
        {
            await field.FillAsync(text);
            return;
        }

        await TabTo(field);
        await Page.Keyboard.PressAsync("Control+a");
        await Page.Keyboard.PressAsync("Delete");
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>A date of three fields under one legend.</summary>
    public async Task FillDate(string legend, DateOnly date)
    {
        var group = Page.Locator("main").GetByRole(AriaRole.Group, new() { Name = legend }).First;
        foreach (var (label, value) in new[] { ("Day", date.Day), ("Month", date.Month), ("Year", date.Year) })
        {
            var field = group.GetByLabel(label, new() { Exact = true });
            var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (keyboard)
            {
                await TabTo(field);
                await Page.Keyboard.PressAsync("Control+a");
                await Page.Keyboard.TypeAsync(text);
            }
            else
            {
                await field.FillAsync(text);
            }
        }
    }

    /// <summary>A radio button or a checkbox by its label; of several with one label, that of the group with the legend.</summary>
    public Task Choose(string label, string? legend = null) => Try($"choose '{label}'", () => ChooseOne(label, legend));

    private async Task ChooseOne(string label, string? legend)
    {
        var within = legend is null ? Page.Locator("main") : Page.Locator("main").GetByRole(AriaRole.Group, new() { Name = legend }).First;
        var choice = within.GetByLabel(label, new() { Exact = true }).First;
        if (await choice.IsCheckedAsync())
        {
            return;
        }

        if (!keyboard)
        {
            await choice.CheckAsync(new() { Force = true });
            return;
        }

        if (await choice.GetAttributeAsync("type") == "checkbox")
        {
            await TabTo(choice);
            await Page.Keyboard.PressAsync("Space");
            return;
        }

        // The Tab key stops once in a group of radio buttons, the arrows go through it.
        await TabTo(choice, "(one, e) => one.type === 'radio' && one.name === e.name && one.form === e.form");
        await Page.Keyboard.PressAsync("Space");
        for (var i = 0; i < MostStops && !await choice.IsCheckedAsync(); i++)
        {
            await Page.Keyboard.PressAsync("ArrowDown");
        }

        (await choice.IsCheckedAsync()).ShouldBeTrue($"{label} cannot be reached with the arrow keys at {Page.Url}");
    }

    public async Task Select(string label, string option)
    {
        var list = Page.Locator("main").GetByLabel(label, new() { Exact = true }).First;
        if (!keyboard)
        {
            await list.SelectOptionAsync(new SelectOptionValue { Label = option });
            return;
        }

        await TabTo(list);
        await Page.Keyboard.TypeAsync(option);
    }

    private Task Use(ILocator element) => Try($"use {element}", () => UseElement(element));

    private async Task UseElement(ILocator element)
    {
        var before = await PageBegan();
        if (!keyboard)
        {
            await element.ClickAsync();
        }
        else
        {
            await TabTo(element);
            await Page.Keyboard.PressAsync("Enter");
        }

        // A key press does not wait for the page that it leads to, as a click does.
        for (var i = 0; i < 300 && (await PageBegan() is not { } began || began == before); i++)
        {
            await Task.Delay(50);
        }
    }

    /// <summary>Tells one page from the next; null while none is complete.</summary>
    private async Task<double?> PageBegan()
    {
        try
        {
            return await Page.EvaluateAsync<double?>("document.readyState === 'complete' ? performance.timeOrigin : null");
        }
        catch (PlaywrightException)
        {
            // The page went away while it was asked.
            return null;
        }
    }

    /// <summary>Says where somebody was and what stood there when they could not go on.</summary>
    private async Task Try(string what, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (TimeoutException error)
        {
            throw new InvalidOperationException($"Nobody could {what} at {Page.Url}. It says: {await Main()}", error);
        }
    }

    private async Task TabTo(ILocator element, string same = "(one, e) => one === e")
    {
        await element.WaitForAsync();
        for (var i = 0; i < MostStops; i++)
        {
            if (await element.EvaluateAsync<bool>($"e => ({same})(document.activeElement, e)"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The Tab key does not reach {element} at {Page.Url}.");
    }
}
