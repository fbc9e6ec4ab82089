using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Application;
using Engagement.TestKit.Demo;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>Officers' pages of consultations and regimes, each empty, filled and refused.</summary>
[Collection(BrowserTests.Name)]
public sealed class ConsultationPagesTests(Browser browser, LoadedCouncil council) : IClassFixture<LoadedCouncil>
{
    [Fact]
    public async Task Every_page_of_a_consultation_can_be_used_by_everybody()
    {
        await using var context = await SignedIn("administrator");
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        var open = await First(ConsultationStatus.Open);
        var draft = await Draft();

        foreach (var (name, id) in new[] { ("open", open), ("draft", draft) })
        {
            foreach (var part in new[] { "", "/timetable", "/documents", "/approve", "/live", "/extend", "/withdraw", "/history", "/bundle", "/about", "/people", "/taking-part", "/privacy", "/promise", "/regimes", "/dates" })
            {
                await page.GotoAsync($"{council.Program.Address}admin/consultations/{id}{part}");
                await audit.Check($"consultation-{name}{part.Replace('/', '-')}");
            }
        }

        var root = $"{council.Program.Address}admin/consultations/{draft}";
        await page.GotoAsync($"{root}/dates?handler=Propose");
        await audit.Check("consultation-dates-proposed");
        await Refused("/about", "Save", "#Title", "");
        await Refused("/promise", "Save", "#OutcomeDueWeeks", "soon");
        await Refused("/dates", "Save and see the timetable", "#Closes_Day", "42");
        await Refused("/taking-part", "Save", "[name='Events[0].Title']", "A drop-in without a day");
        await Refused("/documents", "Add the document", null, "");
        await Refused("/timetable", "Put it forward for approval", null, "");
        await Refused("/withdraw", "Continue", "#PublicReason", "");
        await page.FillAsync("#PublicReason", "The proposal was given up.");
        await page.ClickAsync("main button:has-text('Continue')");
        await audit.Check("consultation-withdraw-confirm");
        root = $"{council.Program.Address}admin/consultations/{open}";
        await Refused("/extend", "Propose the later deadline", "#NewLastDay_Day", "99");

        async Task Refused(string part, string button, string? field, string text)
        {
            await page.GotoAsync(root + part);
            if (field is not null)
            {
                await page.FillAsync(field, text);
            }

            await page.ClickAsync($"main button:has-text('{button}')");
            await audit.Check($"consultation{part.Replace('/', '-')}-refused", hasErrors: true);
        }
    }

    [Fact]
    public async Task The_lists_can_be_used_by_everybody()
    {
        await using var context = await SignedIn("administrator");
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);

        foreach (var (name, address) in new[]
        {
            ("consultations", "admin/consultations"),
            ("consultations-filtered", "admin/consultations?status=Open&words=road&within=90"),
            ("consultations-none", "admin/consultations?words=nothing-has-these-words"),
            ("consultation-new", "admin/consultations/new"),
            ("regimes", "admin/regimes"),
            ("regimes-none", "admin/regimes?words=nothing-has-these-words"),
            ("regime", "admin/regimes/tro-permanent"),
        })
        {
            await page.GotoAsync(council.Program.Address + address);
            await audit.Check(name);
        }

        await page.GotoAsync($"{council.Program.Address}admin/consultations/new");
        await page.ClickAsync("main button:has-text('Draft it')");
        await audit.Check("consultation-new-refused", hasErrors: true);
    }

    [Fact]
    public async Task The_picture_of_a_timetable_is_told_apart_in_forced_colours()
    {
        await using var context = await SignedIn("administrator", ForcedColors.Active);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{council.Program.Address}admin/consultations/{await First(ConsultationStatus.Open)}/timetable");

        var period = await Fill(".site-timetable__period");
        var paper = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var text = await Fill(".site-timetable__label");

        period.ShouldNotBe(paper);
        text.ShouldNotBe(paper);
        (await Fill(".site-timetable__date--must")).ShouldNotBe(paper);

        Task<string> Fill(string selector) => page.EvaluateAsync<string>("s => getComputedStyle(document.querySelector('.site-chart ' + s)).fill", selector);
    }

    private async Task<IBrowserContext> SignedIn(string role, ForcedColors colours = ForcedColors.None)
    {
        using var pages = await council.Program.OfficerPagesAsync(role);
        var session = pages.Cookies.GetCookies(new Uri(council.Program.Address, "admin")).Single();
        var context = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ForcedColors = colours });
        await context.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Domain = council.Program.Address.Host, Path = "/admin" }]);
        return context;
    }

    private async Task<ConsultationId> First(ConsultationStatus status) =>
        (await council.Program.SendAsync(new BrowseConsultations([status]))).Items[0].Id;

    /// <summary>With a close that is a day too early and risks that want a reason.</summary>
    private async Task<ConsultationId> Draft()
    {
        var engagement = (await council.Program.SendAsync(new ListEngagements(null, null, null, 1)))[0].Id;
        var details = new ConsultationDetails
        {
            Title = "Closing Northfield School",
            Summary = "We propose to close the school at the end of the school year.",
            Regimes = ["school-discontinuance", "good-practice-period"],
            Inputs = new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal)
            {
                ["published"] = System.Text.Json.JsonSerializer.SerializeToElement("2027-04-05"),
                ["decided"] = System.Text.Json.JsonSerializer.SerializeToElement("2027-06-24"),
                ["poll"] = System.Text.Json.JsonSerializer.SerializeToElement("2027-05-06"),
            },
            Opens = new UkMoment(new DateOnly(2027, 4, 5)),
            Closes = new UkMoment(new DateOnly(2027, 4, 30)),
        };
        return (await council.Program.SendAsync(new CreateConsultation(engagement, details))).Id;
    }
}
