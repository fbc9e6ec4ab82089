using System.Net;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Application.Questionnaires;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Consultations;

/// <summary>An officer writes, a second one approves, on the pages and without scripts.</summary>
public sealed class ConsultationPagesTests : ConsultationsTest
{
    private PageClient officer = null!;
    private PageClient approver = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await SignIn();
    }

    /// <summary>A session ends long before a consultation opens.</summary>
    private async Task SignIn()
    {
        officer?.Dispose();
        approver?.Dispose();
        officer = await App.OfficerPagesAsync("officer");
        approver = await App.OfficerPagesAsync("approver");
    }

    public override async Task DisposeAsync()
    {
        officer.Dispose();
        approver.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task An_officer_drafts_and_schedules_and_a_second_one_approves()
    {
        var page = await officer.Open($"/admin/consultations/new?engagement={EngagementId}");
        page = await officer.Submit(page, new Dictionary<string, string?>
        {
            ["Title"] = "Waiting restrictions in High Street",
            ["Summary"] = "We propose yellow lines.",
            ["Opens.Day"] = "11",
            ["Opens.Month"] = "January",
            ["Opens.Year"] = "2027",
            ["Closes.Day"] = "31",
            ["Closes.Month"] = "1",
            ["Closes.Year"] = "2027",
        });
        page.Heading.ShouldBe("Waiting restrictions in High Street");
        var root = page.Address.AbsolutePath;
        var id = Guid.Parse(root.Split('/')[^1]);
        page.Main.ShouldContain("Say why the council asks now");

        page = await officer.Submit(await officer.Open($"{root}/about"), new Dictionary<string, string?>
        {
            ["WhyNow"] = "Drivers park on the crossing.", ["WhoDecides"] = "The Director.", ["WhatHappensNext"] = "We publish the outcome.",
            ["HowAnswersCount"] = "This is no referendum.",
        });
        page.Done.ShouldBe("Your changes are saved.");
        await officer.Submit(await officer.Open($"{root}/people"), new Dictionary<string, string?> { ["Topics"] = "roads\nparking\nroads", ["Areas"] = "", ["Audiences"] = "residents" });
        await officer.Submit(await officer.Open($"{root}/taking-part"), new Dictionary<string, string?>
        {
            ["OfflineRoute"] = "Write to County Hall.", ["AlternativeFormats"] = "Ring 0116 000 0000.", ["EasyReadWaiver"] = "The plan is two lines long.",
            ["Events[0].Title"] = "Drop-in", ["Events[0].Where"] = "Village hall", ["Events[0].Day.Day"] = "20", ["Events[0].Day.Month"] = "1", ["Events[0].Day.Year"] = "2027", ["Events[0].From"] = "6pm", ["Events[0].Until"] = "8:30pm",
        });
        await officer.Submit(await officer.Open($"{root}/privacy"), new Dictionary<string, string?> { ["PrivacyNotice"] = "We keep answers for two years.", ["PrivacyContact"] = "dpo@council.example", ["EqualityAnswers"] = "Separate" });
        await officer.Submit(await officer.Open($"{root}/promise"), new Dictionary<string, string?> { ["OutcomeDueWeeks"] = "10", ["Threshold"] = "larger", ["ThresholdResponses"] = "3", ["ThresholdPercent"] = "5" });
        page = await officer.Open($"{root}/regimes?words=permanent+traffic");
        page.Main.ShouldContain("21 days beginning with the day on which all publicity requirements have been met");
        page = await officer.Submit(page, button: "Add Permanent traffic regulation order (waiting, speed limit, weight limit, one-way, bus lane)");
        page.Done.ShouldStartWith("Added: Permanent traffic regulation order");
        page.Address.Query.ShouldContain("words=permanent");

        page = await officer.Submit(
            await officer.Open($"{root}/dates"),
            new Dictionary<string, string?> { ["Inputs[0].Date.Day"] = "11", ["Inputs[0].Date.Month"] = "1", ["Inputs[0].Date.Year"] = "2027", ["Closes.Day"] = "30" },
            "Save and see the timetable");
        page.Heading.ShouldBe("Timetable");
        page.Main.ShouldContain("These dates break the law. The earliest lawful last day is Sunday 31 January 2027.");
        page.Document.QuerySelector("svg.site-timetable desc")!.TextContent.ShouldContain("so it closes 1 day too early");
        await Send(new ReviseQuestionnaire(new ConsultationId(id), Questions, null));
        page = await officer.Submit(await officer.Open($"{root}/timetable"), button: "Put it forward for approval");
        page.Title.ShouldStartWith("Error: ");
        page.Errors.ShouldContain(e => e.StartsWith("These dates would make the consultation unlawful", StringComparison.Ordinal));
        page.Errors.ShouldContain(e => e.Contains("Sunday 31 January 2027", StringComparison.Ordinal));

        page = await officer.Open($"{root}/dates?handler=Propose");
        page.Main.ShouldContain("Proposed last day: Sunday 31 January 2027");
        page.Main.ShouldContain("decides (SI 1996/2489 reg 8)");
        page.Value("Closes.Day").ShouldBe("31");
        (await ReadConsultation(id)).GetProperty("closes").GetProperty("date").GetString().ShouldBe("2027-01-30");
        page = await officer.Submit(page, button: "Save and see the timetable");
        page.Main.ShouldContain("These dates meet the law.");

        page = await officer.Submit(await officer.Open($"{root}/timetable"), ReasonsFor(page), "Put it forward for approval");
        page.Errors.ShouldContain(e => e.StartsWith("Judge each of the 4 principles of fair consultation", StringComparison.Ordinal));
        page = await officer.Submit(
            await officer.Open($"{root}/evidence/publication"),
            Enumerable.Range(0, SampleConsultation.AllMet.Count).ToDictionary(i => $"Judgements[{i}].Status", _ => (string?)"Met", StringComparer.Ordinal));
        page.Done.ShouldBe("The judgements are saved.");
        page = await officer.Submit(await officer.Open($"{root}/timetable"), ReasonsFor(await officer.Open($"{root}/timetable")), "Put it forward for approval");
        page.Heading.ShouldBe("Approve and publish");
        page.Main.ShouldContain("You wrote part of this, so a colleague must approve");
        page.Document.QuerySelectorAll("main form").ShouldBeEmpty();

        page = await approver.Open($"{root}/approve");
        page.Main.ShouldContain("11:59pm on Sunday 31 January 2027");
        page.Main.ShouldContain("the start of Monday 11 January 2027");
        page.Main.ShouldContain("Written by officer");
        page = await approver.Submit(page, button: "Approve and publish");
        page.Done.ShouldStartWith("Approved. It opens in");
        (await StatusOf(id)).ShouldBe("scheduled");

        page = await officer.Open($"{root}/history");
        page.Main.ShouldContain("Consultation approved");
        page.Main.ShouldContain("by approver");
    }

    [Fact]
    public async Task Whoever_comes_second_sees_both_versions_and_loses_nothing()
    {
        var id = await Drafted();
        var about = $"/admin/consultations/{id}/about";
        var mine = await officer.Open(about);
        using var colleague = await App.OfficerPagesAsync("officer");
        await colleague.Submit(await colleague.Open(about), new Dictionary<string, string?> { ["Title"] = "The colleague’s title" });

        var page = await officer.Submit(mine, new Dictionary<string, string?> { ["Title"] = "My title" });

        page.Title.ShouldStartWith("Error: ");
        page.Errors.Single().ShouldStartWith("Officer changed this at ");
        page.Main.ShouldContain("The colleague’s title");
        page.Value("Title").ShouldBe("My title");
        (await ReadConsultation(id)).GetProperty("title").GetString().ShouldBe("The colleague’s title");

        (await officer.Submit(page)).Done.ShouldBe("Your changes are saved.");
        (await ReadConsultation(id)).GetProperty("title").GetString().ShouldBe("My title");
    }

    [Fact]
    public async Task Errors_stand_beside_their_fields_with_what_was_typed()
    {
        var id = await Drafted();
        var root = $"/admin/consultations/{id}";

        var about = await officer.Submit(await officer.Open($"{root}/about"), new Dictionary<string, string?> { ["Title"] = "", ["Summary"] = "Kept" });
        var dates = await officer.Submit(
            await officer.Open($"{root}/dates"), new Dictionary<string, string?> { ["Closes.Day"] = "31", ["Closes.Month"] = "2", ["ClosesTime"] = "soon" }, "Save and see the timetable");
        var promise = await officer.Submit(await officer.Open($"{root}/promise"), new Dictionary<string, string?> { ["OutcomeDueWeeks"] = "many", ["Threshold"] = "larger" });
        var earlier = await officer.Submit(
            await officer.Open($"{root}/dates"), new Dictionary<string, string?> { ["Closes.Year"] = "2026" }, "Save and see the timetable");

        about.Errors.ShouldBe(["Enter a title"]);
        about.Document.QuerySelector("#Title-error").ShouldNotBeNull();
        about.Value("Summary").ShouldBe("Kept");
        dates.Errors.ShouldBe(["The last day must be a real date, such as 27 3 2027.", "Enter a time such as 9am, 5:30pm or 17:00, or leave it empty for the whole day"]);
        dates.Value("Closes.Day").ShouldBe("31");
        promise.Errors.Count.ShouldBe(2);
        promise.Value("OutcomeDueWeeks").ShouldBe("many");
        earlier.Errors.Single().ShouldStartWith("The consultation closes before it opens");
        earlier.Document.QuerySelector("#Closes-error").ShouldNotBeNull();
    }

    [Fact]
    public async Task Papers_are_added_versioned_downloaded_and_removed()
    {
        var id = await Drafted();
        var documents = $"/admin/consultations/{id}/documents";

        var page = await officer.Submit(await officer.Open(documents), new Dictionary<string, string?> { ["Paper"] = "plan.txt\nThe plan.", ["Name"] = "Draft order" }, "Add the document");
        page.Done.ShouldBe("Draft order.txt is added.");
        page = await officer.Submit(page, new Dictionary<string, string?> { ["Paper"] = "plan.txt\nThe plan, mended.", ["Name"] = "Draft order" }, "Add the document");
        page.Main.ShouldContain("2, added at");
        page.Main.ShouldContain("Earlier versions and removed documents");
        (await officer.Open(new Uri(page.Address, page.Link("Download Draft order.txt")).PathAndQuery)).Text.ShouldBe("The plan, mended.");

        var refused = await officer.Submit(page, new Dictionary<string, string?> { ["Paper"] = "page.html\n<p>x</p>" }, "Add the document");
        refused.Title.ShouldStartWith("Error: ");
        refused.Errors.Single().ShouldStartWith("Files of this kind are not taken. Use one of: pdf");
        (await officer.Submit(page, button: "Add the document")).Errors.ShouldBe(["Choose a file"]);

        page = await officer.Submit(page, button: "Remove Draft order.txt");
        page.Main.ShouldContain("No documents yet");
        (await TimesInHistory(id, "DocumentRemoved")).ShouldBe(1);
    }

    [Fact]
    public async Task One_person_proposes_a_later_deadline_and_another_confirms_it()
    {
        var id = await Opened();
        await SignIn();
        var root = $"/admin/consultations/{id}";
        (await officer.Open(root)).Main.ShouldContain("Closes in 55 days, at 11:59pm on Sunday 7 March 2027");

        var extend = await officer.Open($"{root}/extend");
        (await officer.Submit(extend, new Dictionary<string, string?> { ["NewLastDay.Day"] = "1", ["NewLastDay.Month"] = "3", ["NewLastDay.Year"] = "2027", ["PublicReason"] = "Snow." })).Errors.Single()
            .ShouldStartWith("The new deadline must be later than");
        var page = await officer.Submit(extend, new Dictionary<string, string?> { ["NewLastDay.Day"] = "21", ["NewLastDay.Month"] = "3", ["NewLastDay.Year"] = "2027", ["PublicReason"] = "Snow kept people at home." });
        page.Done.ShouldStartWith("The later deadline is proposed");
        (await officer.Open($"{root}/extend")).Main.ShouldContain("You proposed it, so a colleague must confirm it");

        page = await approver.Submit(await approver.Open($"{root}/extend"), button: "Confirm the later deadline");

        page.Done.ShouldBe("The deadline is now 11:59pm on Sunday 21 March 2027. Everybody who asked to be told is told.");
        (await TimesInHistory(id, "ConsultationExtended")).ShouldBe(1);
    }

    [Fact]
    public async Task Withdrawing_asks_for_a_reason_and_then_whether_it_is_meant()
    {
        var id = await Opened();
        await SignIn();
        var withdraw = $"/admin/consultations/{id}/withdraw";

        (await officer.Submit(await officer.Open(withdraw))).Errors.ShouldBe(["Say why, in words for the public"]);
        var sure = await officer.Submit(await officer.Open(withdraw), new Dictionary<string, string?> { ["PublicReason"] = "The money is gone." });
        sure.Main.ShouldContain("This cannot be undone");
        (await StatusOf(id)).ShouldBe("open");
        var page = await officer.Submit(sure, button: "Withdraw the consultation");

        page.Done.ShouldBe("The consultation is withdrawn.");
        page.Main.ShouldContain("The money is gone.");
        (await officer.Open(withdraw)).Heading.ShouldBe("It can no longer be withdrawn");
    }

    [Fact]
    public async Task The_list_filters_sorts_and_keeps_both_in_the_address()
    {
        var id = await Scheduled();
        await Drafted(SampleConsultation.Details with { Title = "A footpath at Foxton", Summary = "Of farmyards.", Regimes = ["public-path-order-ha1980"], Inputs = new Dictionary<string, System.Text.Json.JsonElement>() });

        var all = await officer.Open("/admin/consultations");
        var found = await officer.Submit(all, new Dictionary<string, string?> { ["Words"] = "MOBILE future", ["Status"] = "Scheduled" }, "Apply filters");
        var none = await officer.Open("/admin/consultations?words=100%25&status=Draft");
        var byTitle = await officer.Open(all.Link("Consultation"));
        var byRegime = await officer.Open("/admin/consultations?regime=public-path-order-ha1980");

        all.Main.ShouldContain("2 consultations");
        found.Main.ShouldContain("1 consultation found");
        found.Link("The future of mobile libraries").ShouldBe($"/admin/consultations/{id}");
        found.Address.Query.ShouldContain("MOBILE");
        found.Document.QuerySelectorAll(".moj-filter__tag").Length.ShouldBe(2);
        none.Main.ShouldContain("None fits all the filters");
        byTitle.Document.QuerySelectorAll("tbody th").Select(ShownPage.Words).First().ShouldStartWith("A footpath");
        byTitle.Document.QuerySelector("th[aria-sort=ascending]")!.TextContent.ShouldContain("Consultation");
        byRegime.Main.ShouldContain("1 consultation found");
    }

    [Fact]
    public async Task Each_page_is_for_those_who_may()
    {
        var id = await Drafted();
        var root = $"/admin/consultations/{id}";
        using var member = await App.OfficerPagesAsync("member");
        using var anyone = new PageClient(App.Address);

        foreach (var part in new[] { "", "/timetable", "/documents", "/approve", "/history", "/extend", "/evidence", "/evidence/checkpoints", "/evidence/mid-point" })
        {
            (await member.Open(root + part)).Status.ShouldBe(HttpStatusCode.OK, part);
        }

        foreach (var part in new[] { "/about", "/people", "/taking-part", "/privacy", "/promise", "/regimes", "/dates", "/withdraw", "/live", "/evidence/add", "/evidence/publication" })
        {
            (await member.Open(root + part)).Status.ShouldBe(HttpStatusCode.Forbidden, part);
        }

        (await anyone.Open(root)).Heading.ShouldContain("Sign in");
        (await member.Open($"/admin/consultations/{Guid.CreateVersion7()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await member.Open("/admin/consultations/none")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await member.Open("/admin/regimes/none")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await member.Open("/admin/regimes?words=speed")).Main.ShouldContain("Permanent traffic regulation order");
        (await member.Open("/admin/regimes/tro-permanent")).Main.ShouldContain("SI 1996/2489 reg 8");

        // What a member cannot press is refused although the page is open to them.
        var approve = await member.Submit(await member.Open($"{root}/timetable"), button: "Put it forward for approval");
        approve.Title.ShouldStartWith("Error: ");
        (await StatusOf(id)).ShouldBe("draft");
    }

    private static Dictionary<string, string?> ReasonsFor(ShownPage timetable) => timetable.Document.QuerySelectorAll("main textarea")
        .ToDictionary(t => t.GetAttribute("name")!, _ => (string?)"The notices went up early.", StringComparer.Ordinal);
}
