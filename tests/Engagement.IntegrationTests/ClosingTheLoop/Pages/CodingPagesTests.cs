using System.Net;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.ClosingTheLoop.Pages;

public sealed class CodingPagesTests : LoopPagesTest
{
    [Fact]
    public async Task Themes_are_added_changed_merged_archived_and_deleted()
    {
        var response = await Respond("Open on Saturdays");
        await Close();
        var officer = await SignedIn();

        var empty = await officer.Open(At("themes"));
        empty.Main.ShouldContain("There are no themes yet");
        var form = await officer.Open(empty.Link("Add a theme"));
        (await officer.Submit(form, button: "Add the theme")).Errors.ShouldBe(["Enter the name of the theme"]);
        (await officer.Submit(form, Fields(("Name", "Opening hours"), ("Description", "When, not where")), "Add the theme")).Done.ShouldBe("“Opening hours” is in the coding frame.");
        var hours = await IdOf("Opening hours");
        form = await officer.Open(At("themes/new"));
        await officer.Submit(form, Fields(("Name", "Saturdays"), ("ParentId", hours.ToString())), "Add the theme");
        (await officer.Submit(form, Fields(("Name", "opening hours")), "Add the theme")).Errors.ShouldHaveSingleItem().ShouldContain("already");
        await officer.Submit(form, Fields(("Name", "Sat")), "Add the theme");
        await Code(response, new ThemeId(await IdOf("Sat")));

        var sat = await officer.Open(At($"themes/{await IdOf("Sat")}"));
        (await officer.Submit(sat, button: "Delete")).Errors.ShouldHaveSingleItem().ShouldContain("is used by 1 coded answer");
        (await officer.Submit(sat, button: "Merge")).Errors.ShouldBe(["Select the theme that it becomes part of"]);
        var merged = await officer.Submit(sat, Fields(("Into", (await IdOf("Saturdays")).ToString())), "Merge");

        merged.Done!.ShouldContain("merged");
        merged.Main.ShouldContain("Sat is part of Saturdays");
        merged.Document.QuerySelectorAll("main tbody th").Select(t => string.Join(' ', t.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["Opening hours When, not where", "Opening hours › Saturdays"]);
        var drill = await officer.Open(merged.Link("1 responses raise Saturdays"));
        drill.Main.ShouldContain("1 response matches");

        var parent = await officer.Open(At($"themes/{hours}"));
        (await officer.Submit(parent, Fields(("Name", "Hours"), ("Position", "x")), "Save")).Errors.ShouldBe(["Enter its place as a whole number, such as 3"]);
        (await officer.Submit(parent, Fields(("Name", "Hours")), "Save")).Main.ShouldContain("Hours");
        (await officer.Submit(parent, button: "Archive")).Main.ShouldContain("Archived");
    }

    [Fact]
    public async Task Of_two_who_change_a_theme_the_second_sees_both_and_decides()
    {
        await Close();
        var theme = await AddTheme("Hours");
        var (one, two) = (await SignedIn(), await SignedIn());
        var (a, b) = (await one.Open(At($"themes/{theme}")), await two.Open(At($"themes/{theme}")));
        await one.Submit(a, Fields(("Name", "Opening hours")), "Save");

        var refused = await two.Submit(b, Fields(("Name", "Times")), "Save");

        refused.Errors.ShouldHaveSingleItem().ShouldContain("Somebody else has changed this");
        refused.Main.ShouldContain("What is saved now: “Opening hours”");
        refused.Value("Name").ShouldBe("Times");
        (await two.Submit(refused, button: "Save")).Main.ShouldContain("Times");
    }

    [Fact]
    public async Task Free_text_is_coded_one_after_the_other_undone_and_declared_complete()
    {
        var first = await Respond("Open on Saturdays");
        await Respond("The car park is dark");
        await Close();
        var (saturdays, parking) = (await AddTheme("Saturdays"), await AddTheme("Parking"));
        var officer = await SignedIn();

        var desk = await officer.Open(At("coding"));
        desk.Main.ShouldContain("0 of 2 answers coded, 2 to go");
        desk.Main.ShouldContain("Open on Saturdays");
        desk.Document.QuerySelectorAll("kbd").Select(k => k.TextContent).ShouldBe(["s", "n", "p", "u", "x", "1", "2"], ignoreOrder: false);
        (await officer.Submit(desk, button: "Save and next")).Errors.ShouldBe(["Select the themes that this answer raises, or “None of the themes”"]);
        (await officer.Submit(desk, Fields(("Themes", $"{saturdays}\nnone")), "Save and next")).Errors.ShouldHaveSingleItem().ShouldContain("not both");

        var next = await officer.Submit(desk, Fields(("Themes", saturdays.ToString())), "Save and next");
        next.Main.ShouldContain("The car park is dark");
        next.Main.ShouldContain("1 of 2 answers coded");
        var undone = await officer.Submit(next, button: "Undo");
        undone.Main.ShouldContain("Open on Saturdays");
        undone.Main.ShouldContain("0 of 2 answers coded");

        next = await officer.Submit(undone, Fields(("Themes", $"{saturdays}\n{parking}")), "Save and next");
        var last = await officer.Submit(next, Fields(("Themes", "none")), "Save and next");
        last.Main.ShouldContain("Every answer is coded");
        (await Scalar<int>("select count(*) from closing_the_loop.coded_theme")).ShouldBe(2);
        (await Scalar<int>("select count(*) from closing_the_loop.coded_answer")).ShouldBe(2);

        var complete = await officer.Submit(last, button: "Declare the coding complete");
        complete.Done!.ShouldContain("The coding is complete");
        var reopen = await officer.Open(At("coding/reopen"));
        (await officer.Submit(reopen, button: "Reopen the coding")).Errors.ShouldBe(["Enter why the coding is reopened"]);
        (await officer.Submit(reopen, Fields(("Reason", "One was misread.")), "Reopen the coding")).Done.ShouldBe("The coding is open again.");
        (await officer.Open(At($"coding?Response={first}&Question=q3"))).Document.QuerySelectorAll("main form input[checked]").Length.ShouldBe(2, "both themes");
    }

    [Fact]
    [Trait("Attack", "E20")]
    public async Task Of_two_who_code_the_same_text_the_second_sees_the_first_and_nothing_is_overwritten()
    {
        await Respond("Open on Saturdays");
        await Close();
        var (saturdays, hours) = (await AddTheme("Saturdays"), await AddTheme("Hours"));
        var (one, two) = (await SignedIn(), await SignedIn());
        var (a, b) = (await one.Open(At("coding")), await two.Open(At("coding")));
        var response = await Scalar<Guid>("select response_id from participation.v1_responses");
        await one.Submit(a, Fields(("Themes", saturdays.ToString())), "Save and next");

        b = await two.Open(At($"coding?Response={response}&Question=q3"));
        await Put(Writer, $"responses/{response}/themes", new { q3 = Coding(hours) }, version: 1).Success();
        var refused = await two.Submit(b, Fields(("Themes", $"{saturdays}\n{hours}")), "Save and next");

        refused.Title.ShouldStartWith("Error: ");
        refused.Main.ShouldContain("Saved now: Hours");
        refused.Document.QuerySelectorAll("[data-coding-form] input[checked]").Length.ShouldBe(2, "what was chosen is kept");
        (await Scalar<Guid>("select theme_id from closing_the_loop.coded_theme")).ShouldBe(hours.Value);
        await two.Submit(refused, button: "Save and next");
        (await Scalar<int>("select count(*) from closing_the_loop.coded_theme")).ShouldBe(2);
    }

    [Fact]
    public async Task Before_the_close_the_pages_say_what_has_to_happen_first()
    {
        var officer = await SignedIn();

        foreach (var path in (string[])["themes", "coding", "quotations", "decision", "outcome", "commitments"])
        {
            var page = await officer.Open(At(path));

            page.Status.ShouldBe(HttpStatusCode.OK, path);
            page.Heading.ShouldBe("This begins when the consultation has closed");
        }
    }

    [Fact]
    public async Task Results_read_as_charts_tables_and_sentences_and_lead_from_theme_to_response_to_quotation()
    {
        for (var i = 0; i < 10; i++)
        {
            await Respond(new { q1 = i < 7 ? "yes" : "no", q3 = "Open on Saturdays", q4 = i }, consentToPublish: true);
        }

        await Close();
        var theme = await AddTheme("Saturdays");
        var response = new Engagement.Participation.Contracts.ResponseId(await Scalar<Guid>("select response_id from participation.v1_responses order by response_id desc limit 1"));
        await Code(response, theme);
        var (officer, colleague) = (await SignedIn(), await SignedIn("moderator"));

        var results = await officer.Open(At("results"));
        results.Main.ShouldContain("“Yes” was chosen most often: by 7 of the 10 who answered (70.0%).");
        results.Main.ShouldContain("Base: 10 of 10 responses. This was open to everybody: no margin of error applies.");
        results.Main.ShouldContain("Mean 4.5, median 4.5; from 0 to 9 (10 answers).");
        results.Document.QuerySelectorAll("svg[aria-hidden=true]").Length.ShouldBeGreaterThan(5);
        results.Document.QuerySelectorAll("[style]").ShouldBeEmpty();

        var list = await officer.Open(results.Link("Saturdays"));
        var one = await officer.Open(list.Document.QuerySelector("main h3 a")!.GetAttribute("href")!);
        var quote = await officer.Open(one.Link("Quote from this answer to “What should change?”"));
        (await officer.Submit(quote, Fields(("Text", "Close on Saturdays")), "Propose these words")).Errors.ShouldHaveSingleItem().ShouldContain("own words");
        var proposed = await officer.Submit(quote, Fields(("Text", "on Saturdays")), "Propose these words");
        proposed.Main.ShouldContain("You chose these words, so a colleague must clear them.");

        var waiting = await colleague.Open(At("quotations"));
        var cleared = await colleague.Submit(waiting);
        cleared.Main.ShouldContain("Cleared");
        (await officer.Open(At($"responses/{response}"))).Main.ShouldContain("Cleared to be quoted: on Saturdays");
        var back = await officer.Open(At($"quotations/withdraw?Response={response}&Question=q3"));
        (await officer.Submit(back)).Errors.ShouldBe(["Enter why the quotation is taken back"]);
        (await officer.Submit(back, Fields(("Reason", "It names a neighbour.")))).Main.ShouldContain("Withdrawn");
    }

    [Fact]
    public async Task An_export_is_made_in_the_background()
    {
        await Respond("=1+1");
        await Close();
        var officer = await SignedIn();

        await officer.Submit(await officer.Open(At("export")), button: "Make the file");

        (await officer.Open(At("export"))).Main.ShouldContain("Waiting");
        (await Scalar<int>("select count(*) from platform.work where kind = 'export-responses'")).ShouldBe(1);
    }

    private Task<Guid> IdOf(string theme) => Scalar<Guid>("select id from closing_the_loop.theme where name = $1", theme);
}
