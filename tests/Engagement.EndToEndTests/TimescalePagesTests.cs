using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Calendars;
using Engagement.TestKit.Demo;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>The calculator in a browser, and every page of timescales in its states.</summary>
[Collection(BrowserTests.Name)]
public sealed class TimescalePagesTests(Browser browser, LoadedCouncil council) : IClassFixture<LoadedCouncil>
{
    [Fact]
    public async Task The_calculator_answers_a_question_and_can_be_used_by_everybody()
    {
        await using var context = await SignedIn();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        await page.GotoAsync($"{council.Program.Address}admin/timescales");
        await audit.Check("timescales");

        await page.SelectOptionAsync("#Regime", "tro-permanent");
        await page.ClickAsync("main button:has-text('Continue')");
        await page.FillAsync("[name='Inputs[0].Date.Day']", "11");
        await page.FillAsync("[name='Inputs[0].Date.Month']", "1");
        await page.FillAsync("[name='Inputs[0].Date.Year']", "2027");
        await page.FillAsync("#Closes_Day", "30");
        await page.FillAsync("#Closes_Month", "1");
        await page.FillAsync("#Closes_Year", "2027");
        await page.ClickAsync("main button:has-text('Calculate')");
        (await page.InnerTextAsync("main")).ShouldContain("The earliest lawful last day is Sunday 31 January 2027.");
        await audit.Check("timescales-calculated");

        await page.ClickAsync("main button:has-text('Find the earliest dates')");
        (await page.InnerTextAsync("main")).ShouldContain("The earliest lawful opening is");
        await audit.Check("timescales-planned");
        await page.FillAsync("#NewCloses_Day", "8");
        await page.FillAsync("#NewCloses_Month", "2");
        await page.FillAsync("#NewCloses_Year", "2027");
        await page.ClickAsync("main button:has-text('Compare')");
        (await page.InnerTextAsync("main")).ShouldContain("What it would mend");
        await audit.Check("timescales-compared");
        await page.ClickAsync("main a:has-text('Count it day by day: Earliest lawful')");
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(21);
        await audit.Check("timescales-count");
        await page.GotoAsync($"{council.Program.Address}admin/timescales?Regime=tro-permanent&Closes.Day=42");
        await audit.Check("timescales-refused", hasErrors: true);
    }

    [Fact]
    public async Task Calendars_local_regimes_and_the_feed_can_be_used_by_everybody()
    {
        var entry = (await council.Program.SendAsync(new RecordCalendarEntry(
            CalendarEntryKind.Poll, "County election", new(2029, 5, 3), null, null, "Order of the Secretary of State", "https://www.legislation.gov.uk/"))).Entry;
        await using var context = await SignedIn();
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        foreach (var (name, address) in new[]
        {
            ("calendars", "calendars"), ("calendar-new", "calendars/new"), ("calendar-entry", $"calendars/{entry.Id}"), ("local-regime-new", "local-regimes/new"), ("date-feed", "feed"),
        })
        {
            await page.GotoAsync($"{council.Program.Address}admin/timescales/{address}");
            await audit.Check(name);
        }

        // The audit's walk with the Tab key is over when the page is opened anew.
        await page.GotoAsync($"{council.Program.Address}admin/timescales/feed");
        await page.ClickAsync("main button:has-text('Make an address')");
        await page.WaitForSelectorAsync(".site-code");
        await audit.Check("date-feed-made");
        await Refused("calendars/new", "Record the days", "calendar-new-refused");
        await Refused($"calendars/{entry.Id}", "Withdraw it", "calendar-entry-refused");
        await Refused("local-regimes/new", "Add the regime", "local-regime-refused");
        var open = (await council.Program.SendAsync(new BrowseConsultations([ConsultationStatus.Open]))).Items[0].Id;
        await page.GotoAsync($"{council.Program.Address}admin/consultations/{open}/timetable");
        await page.ClickAsync("main a:has-text('Count it day by day') >> nth=0");
        await audit.Check("consultation-timetable-count");

        async Task Refused(string address, string button, string name)
        {
            await page.GotoAsync($"{council.Program.Address}admin/timescales/{address}");
            await page.ClickAsync($"main button:has-text('{button}')");
            await audit.Check(name, hasErrors: true);
        }
    }

    private async Task<IBrowserContext> SignedIn()
    {
        using var pages = await council.Program.OfficerPagesAsync("administrator");
        var session = pages.Cookies.GetCookies(new Uri(council.Program.Address, "admin")).Single();
        var context = await browser.Chromium.NewContextAsync();
        await context.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Domain = council.Program.Address.Host, Path = "/admin" }]);
        return context;
    }
}
