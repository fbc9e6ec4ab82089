using System.Net;
using System.Text.Json;
using Engagement.Access.Application.Officers;
using Engagement.Consultations.Domain;
using Engagement.IntegrationTests.Consultations;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Pages;

/// <summary>The calculator, the calendars, local regimes and the officer's own feed, by their forms and without scripts.</summary>
public sealed class TimescalePagesTests : ConsultationsTest
{
    private PageClient administrator = null!;
    private PageClient officer = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        administrator = await App.OfficerPagesAsync("administrator");

        // The lead officer of the sample's engagement, so that its consultations are theirs.
        var lead = await Send(new CreateOfficer("lindiwe.marsh@council.example", "Lindiwe Marsh", ["officer"], MustChangePassword: false));
        officer = await App.PagesOfAsync(lead.Id);
    }

    public override async Task DisposeAsync()
    {
        administrator.Dispose();
        officer.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task An_officer_with_only_a_question_gets_dates_that_stand_in_the_address()
    {
        var page = await officer.Open("/admin/timescales");
        page = await officer.Submit(page, Fields(("Regime", "tro-permanent")));
        page = await officer.Submit(page, Fields(("Inputs[0].Date.Day", "17"), ("Inputs[0].Date.Month", "9"), ("Inputs[0].Date.Year", "2025"), ("Closes.Day", "6"), ("Closes.Month", "10"), ("Closes.Year", "2025")), "Calculate");

        page.Main.ShouldContain("These dates break the law. The earliest lawful last day is Tuesday 7 October 2025.");
        page.Main.ShouldContain("21 days beginning with Wednesday 17 September 2025, which counts as day 1");
        var again = await officer.Open(page.Address.PathAndQuery);
        again.Main.ShouldBe(page.Main);

        var count = await officer.Open(page.Link("Count it day by day: Earliest lawful last day for objections"));
        count.Main.ShouldContain("Tuesday 7 October 2025");
        count.Document.QuerySelectorAll("tbody tr").Length.ShouldBe(21);

        var refused = await officer.Submit(page, Fields(("Closes.Day", "42")), "Calculate");
        refused.Errors.ShouldBe(["The last day must be a real date, such as 27 3 2027."]);
        var removed = await officer.Open(page.Link("Remove: Permanent traffic regulation order (waiting, speed limit, weight limit, one-way, bus lane)"));
        removed.Main.ShouldNotContain("Every date");
    }

    [Fact]
    public async Task Finds_dates_forwards_and_backwards_and_compares()
    {
        var page = await officer.Open("/admin/timescales?Regime=tro-permanent&Opens.Day=11&Opens.Month=1&Opens.Year=2027");
        page = await officer.Submit(page, button: "Find the earliest dates");
        page.Main.ShouldContain("The earliest lawful opening is Monday 11 January 2027, with Sunday 31 January 2027 as the last day.");

        var refused = await officer.Submit(page, button: "Find the latest dates before the decision");
        refused.Errors.ShouldBe(["Enter the day of the decision to plan backwards from it"]);
        page = await officer.Submit(page, Fields(("Inputs[1].Date.Day", "14"), ("Inputs[1].Date.Month", "9"), ("Inputs[1].Date.Year", "2027"), ("Inputs[2].Date.Day", "14"), ("Inputs[2].Date.Month", "9"), ("Inputs[2].Date.Year", "2027")), "Find the latest dates before the decision");
        page.Main.ShouldContain("The latest lawful opening is");

        page = await officer.Open("/admin/timescales?Regime=tro-permanent&Inputs[0].Name=published&Inputs[0].Date.Day=11&Inputs[0].Date.Month=1&Inputs[0].Date.Year=2027&Opens.Day=11&Opens.Month=1&Opens.Year=2027&Closes.Day=5&Closes.Month=2&Closes.Year=2027");
        page = await officer.Submit(page, Fields(("NewOpens.Day", "18"), ("NewOpens.Month", "1"), ("NewOpens.Year", "2027")), "Compare");
        page.Main.ShouldContain("Sunday 31 January 2027 Sunday 7 February 2027 7 days later");
        page.Main.ShouldContain("What it would raise");
    }

    [Fact]
    public async Task An_administrator_records_days_and_sees_what_they_would_move()
    {
        var opens = new DateOnly(2027, 1, 11);
        var id = await Scheduled(SampleConsultation.Details with
        {
            Regimes = ["planning-application-publicity"],
            Inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["site_notice"] = JsonSerializer.SerializeToElement(opens) },
            Opens = new UkMoment(opens),
            Closes = new UkMoment(new DateOnly(2027, 2, 14)),
        });
        var form = await administrator.Open("/admin/timescales/calendars/new");
        var refused = await administrator.Submit(form, Fields(("Kind", "BankHoliday"), ("Title", "State funeral"), ("FirstDay.Day", "25"), ("FirstDay.Month", "12"), ("FirstDay.Year", "2026"), ("Source", "The London Gazette")));
        refused.Errors.ShouldBe(["Friday 25 December 2026 is a bank holiday already (Christmas Day)."]);
        (await administrator.Submit(form)).Errors.Count.ShouldBe(4);

        var page = await administrator.Submit(form, Fields(("Kind", "BankHoliday"), ("Title", "State funeral"), ("FirstDay.Day", "20"), ("FirstDay.Month", "1"), ("FirstDay.Year", "2027"), ("Source", "The London Gazette")));

        page.Done!.ShouldContain("They would move one recorded timetable: nothing of it was changed.");
        page.Main.ShouldContain("Monday 1 February 2027 instead of Sunday 31 January 2027");
        (await officer.Open($"/admin/consultations/{id}/timetable")).Main.ShouldContain("The calendar has changed since these dates were recorded");
        (await officer.Open($"/admin/consultations/{id}/dates")).Main.ShouldContain("The calendar has changed since these dates were recorded");
        (await officer.Open("/admin")).Main.ShouldContain("Look at dates that have moved");

        var taken = await officer.Submit(await officer.Open($"/admin/consultations/{id}/timetable"), button: "Record the new dates");
        taken.Done!.ShouldContain("The new dates are recorded.");
        taken.Main.ShouldNotContain("The calendar has changed");
        (await officer.Open("/admin")).Main.ShouldNotContain("Look at dates that have moved");

        (await administrator.Submit(page)).Errors.ShouldBe(["Say why it is withdrawn"]);
        page = await administrator.Submit(page, Fields(("Reason", "It was proclaimed for another day.")));
        page.Done.ShouldBe("The entry is withdrawn and counts no more.");
        page.Main.ShouldContain("It was proclaimed for another day.");
        (await officer.Open("/admin/timescales/calendars")).Main.ShouldContain("Withdrawn");
        (await officer.Open("/admin/timescales/calendars/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_administrator_adds_a_local_regime_by_a_form()
    {
        var form = await administrator.Open("/admin/timescales/local-regimes/new");
        (await administrator.Submit(form)).Errors.Count.ShouldBe(4);

        var page = await administrator.Submit(form, Fields(("Name", "Our promise"), ("Code", "libraries"), ("Decided", "Cabinet, 12 May 2026, minute 34"), ("Number", "8"), ("DaysToConsider", "20"), ("Source", "Minutes of the Cabinet")));

        page.Heading.ShouldBe("Our promise");
        page.Main.ShouldContain("8 weeks beginning with the first day");
        page.Main.ShouldContain("Recorded by this council on");
        (await administrator.Submit(form, Fields(("Name", "Again"), ("Code", "libraries"), ("Decided", "x"), ("Number", "8"), ("Source", "x")))).Errors.ShouldHaveSingleItem().ShouldContain("There is a regime 'local-libraries' already");
        (await officer.Open("/admin/timescales/local-regimes/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_calendar_program_reads_all_dates_at_an_address_that_can_be_replaced()
    {
        var id = await Scheduled(SampleConsultation.TrafficOrder(new(2027, 1, 11), new(2027, 2, 14)));
        var page = await officer.Submit(await officer.Open("/admin/timescales/feed"), button: "Make an address");
        var first = Address(page);

        var feed = await Anyone.GetStringAsync(first);

        feed.ShouldContain("DTSTART;VALUE=DATE:20270131");
        feed.ReplaceLineEndings("").Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain($"UID:{id}-tro-permanent-min_close@");
        feed.Split("\r\n").ShouldAllBe(l => l.Length <= 75);
        (await Scalar<long>("select count(*) from consultations.history where event = 'DateFeedOpened' and data like '%' || $1 || '%'", first.Split('/')[2])).ShouldBe(0);

        var second = Address(await officer.Submit(page, button: "Replace the address"));
        (await Anyone.GetAsync(first)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Anyone.GetAsync(second)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await AsAdministrator("update access.officer set disabled_at = now() where email = 'lindiwe.marsh@council.example'");
        (await Anyone.GetAsync(second)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await AsAdministrator("update access.officer set disabled_at = null");
        (await officer.Submit(await officer.Open("/admin/timescales/feed"), button: "End the address")).Done.ShouldBe("The address works no more.");
        (await Anyone.GetAsync(second)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Anyone.GetAsync($"/calendars/{new string('0', 64)}/dates.ics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        static string Address(ShownPage page) => new Uri(page.Document.QuerySelector(".site-code")!.TextContent.Trim()).AbsolutePath;
    }

    private static Dictionary<string, string?> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => (string?)f.Value, StringComparer.Ordinal);
}
