using System.Globalization;
using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Application;
using Engagement.Kernel;
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
            foreach (var part in new[] { "", "/timetable", "/documents", "/notices", "/consultees", "/approve", "/live", "/extend", "/withdraw", "/restart", "/history", "/bundle", "/about", "/people", "/taking-part", "/privacy", "/promise", "/regimes", "/dates" })
            {
                await page.GotoAsync($"{council.Program.Address}admin/consultations/{id}{part}");
                await audit.Check($"consultation-{name}{part.Replace('/', '-')}");
            }
        }

        var closed = await First(ConsultationStatus.Decided);
        foreach (var (name, id, parts) in new (string, ConsultationId, string[])[]
        {
            ("open", open, ["", "/add?practice=visibility", "/checkpoints", "/mid-point"]),
            ("draft", draft, ["", "/publication", "/checkpoints", "/mid-point"]),
            ("decided", closed, ["", "/decision", "/checkpoints"]),
        })
        {
            foreach (var part in parts)
            {
                await page.GotoAsync($"{council.Program.Address}admin/consultations/{id}/evidence{part}");
                await audit.Check($"evidence-{name}{part.Split('?')[0].Replace('/', '-')}");
            }
        }

        var root = $"{council.Program.Address}admin/consultations/{draft}";
        await Refused("/evidence/add", "Add the evidence", null, "");
        await Refused("/evidence/publication", "Save the judgements", null, "");
        await Refused("/evidence/checkpoints", "Sign the checkpoint", null, "");
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
        await Refused("/restart", "Withdraw this round", null, "");
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
    public async Task Officers_record_what_really_happened_to_a_notice_and_every_page_says_what_follows()
    {
        await using var context = await SignedIn("administrator");
        var page = await context.NewPageAsync();
        var audit = PageAudit.Of(page);
        var root = $"{council.Program.Address}admin/consultations/{await First(ConsultationStatus.Open, "20 mph")}";
        await page.GotoAsync($"{root}/notices");
        await audit.Check("notices");
        await page.ClickAsync("a:has-text('Add a notice of your own')");
        await audit.Check("notice-new");
        await page.ClickAsync("main button:has-text('Add the notice')");
        await audit.Check("notice-new-refused", hasErrors: true);
        await page.FillAsync("#What", "Letter to every household");
        await page.ClickAsync("main button:has-text('Add the notice')");
        await audit.Check("notices-own");
        await page.ClickAsync("a:has-text('Record or plan: Letter to every household')");
        await audit.Check("notice-to-do");
        await page.ClickAsync("main button:has-text('Record it')");
        await audit.Check("notice-refused", hasErrors: true);
        var today = UkTime.DateOf(council.Program.Clock.GetUtcNow());
        await PublishedToday();
        await page.FillAsync("#PublishedWhere", "Church Street");
        await page.CheckAsync("input[name=Kind][value=Photograph]");
        await page.SetInputFilesAsync("#Paper", new FilePayload { Name = "letter.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 the letter"u8.ToArray() });
        await page.ClickAsync("main button:has-text('Record it')");
        await audit.Check("notices-published");
        await page.ClickAsync("a:has-text('See: newspaper')");
        await audit.Check("notice-published");
        await PublishedToday();
        await page.FillAsync("#RecordReason", "The newspaper came out later.");
        await page.ClickAsync("main button:has-text('Change the record')");

        await audit.Check("notices-late");
        (await page.TextContentAsync("main"))!.ShouldContain("The timetable that was recorded stays as it was.");
        await page.GotoAsync(root);
        (await page.TextContentAsync(".moj-alert")).ShouldNotBeNull().ShouldContain("so this closes 4 days too early");
        await audit.Check("consultation-closes-too-early");
        await page.ClickAsync("a:has-text('Propose the later deadline that cures it')");
        (await page.InputValueAsync("#NewLastDay_Day")).ShouldBe(today.AddDays(20).Day.ToString(CultureInfo.InvariantCulture));
        await page.GotoAsync($"{root}/consultees");
        await page.ClickAsync("main button:has-text('Add them')");
        await audit.Check("consultees-refused", hasErrors: true);
        await page.ClickAsync("a:has-text('Chief officer of police')");
        await audit.Check("consultee");
        await page.ClickAsync("main button:has-text('Record it')");
        await audit.Check("consultee-refused", hasErrors: true);
        await page.GotoAsync($"{root}/notices");
        await page.ClickAsync("a:has-text('See: newspaper')");
        await page.FillAsync("#WhatWasWrong", "It named the wrong street.");
        await page.ClickAsync("main button:has-text('Begin the correction')");
        await audit.Check("notice-correction-refused", hasErrors: true);

        async Task PublishedToday()
        {
            await page.FillAsync("#PublishedOn_Day", today.Day.ToString(CultureInfo.InvariantCulture));
            await page.FillAsync("#PublishedOn_Month", today.Month.ToString(CultureInfo.InvariantCulture));
            await page.FillAsync("#PublishedOn_Year", today.Year.ToString(CultureInfo.InvariantCulture));
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

    private async Task<ConsultationId> First(ConsultationStatus status, string? words = null) =>
        (await council.Program.SendAsync(new BrowseConsultations([status], Words: words))).Items[0].Id;

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
