namespace Engagement.EndToEndTests;

/// <summary>The audit sees what it is there to see.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageAuditTests(Browser browser)
{
    [Fact]
    public async Task The_audit_finds_each_kind_of_fault_that_it_looks_for()
    {
        await using var context = await browser.Chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        await page.RouteAsync("**/*", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = """
                <!doctype html><html lang="en"><head><title>Error: none</title><style>
                a { outline: none !important } #turning { animation: turn 1s infinite } @keyframes turn { to { transform: rotate(1turn) } }
                </style></head><body><main><h2>Lower</h2><img src="data:," id="turning"><img src="http://elsewhere.invalid/pixel.gif"><p style="width: 900px">Wide</p><a href="/x">Unmarked</a></main>
                <script>console.error('complaint')</script></body></html>
                """,
        }));
        await page.GotoAsync("http://faulty.invalid/");

        var failure = (await Record.ExceptionAsync(() => audit.Check("faulty")))!.Message;

        failure.ShouldContain("the title is 'Error: none'");
        failure.ShouldContain("0 first-level headings");
        failure.ShouldContain("axe image-alt");
        failure.ShouldContain("pixels wide on a screen of 320");
        failure.ShouldContain("has no mark of the focus");
        failure.ShouldContain("animations run");
        failure.ShouldContain("complaint");
        failure.ShouldContain("asks elsewhere.invalid");
    }
}
