using System.Text.Json;
using Engagement.Kernel;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.MainJob;

/// <summary>Steps 7 to 11: analyse, escalate, decide and close the loop, tell them, prove.</summary>
public sealed partial class MainJobTests
{
    /// <summary>Of everybody who left one.</summary>
    private static readonly string[] Addresses = ["asha@example.org", "ben@example.org", "last@example.org", "late@example.org"];

    private string access = "";
    private string keep = "";

    private async Task Analyse()
    {
        var results = (await Results()).GetProperty("questions").EnumerateArray().ToDictionary(q => q.Text("code"), StringComparer.Ordinal);
        results["q1"].Number("base").ShouldBe(7);
        results["q2"].Number("base").ShouldBe(3);
        results["q2"].Number("noAnswer").ShouldBe(3);
        results["q2"].Number("notAsked").ShouldBe(1);
        results["q1"].GetProperty("options").EnumerateArray().ToDictionary(o => o.Text("code"), o => o.Number("count"), StringComparer.Ordinal)
            .ShouldBe(new Dictionary<string, int>(StringComparer.Ordinal) { ["swings"] = 3, ["slide"] = 3, ["none"] = 1 }, ignoreOrder: true);

        var address = $"/api/v1/consultations/{consultation}";
        var responses = await AllResponses();
        responses.Count.ShouldBe(7);
        access = (await author.Post($"{address}/themes", new { name = "Equipment for everybody", position = 1 })).Text("id");
        keep = (await author.Post($"{address}/themes", new { name = "Keep what is there", position = 2 })).Text("id");
        await author.Sends(HttpMethod.Post, $"{address}/coding/completion").Refused(409, "texts-not-coded");
        await Code(responses, "asha", new { q3 = new[] { access } });
        await Code(responses, "ben", new { q3 = new[] { keep } });
        await Code(responses, "chris", new { q4 = "none" });
        await Code(responses, "last", new { q3 = "none" });
        await author.Put($"{address}/responses/{lateResponse}/themes", new { q3 = new[] { keep } }, ifMatch: 0);
        await author.Post($"{address}/coding/completion");

        var quotation = $"{address}/quotations/{responses[receipts["asha"].Text("reference")]}/q3";
        using (var proposed = await author.Sends(HttpMethod.Put, quotation, new { text = "A swing that a wheelchair fits on" }, ifMatch: 0))
        {
            proposed.IsSuccessStatusCode.ShouldBeTrue(await proposed.Content.ReadAsStringAsync());
            await author.Sends(HttpMethod.Post, $"{quotation}/clearance", ifMatch: proposed.Version()).Refused(403, "second-approver-required");
            await approver.Post($"{quotation}/clearance", ifMatch: proposed.Version());
        }

        var table = await author.GetStringAsync($"{address}/export.csv");
        table.TrimEnd().Split("\r\n").Length.ShouldBe(8);
        table.ShouldContain("Equipment for everybody");
        table.ShouldNotContain("@example.org");
        await program.Until(() => StatusOf(consultation), s => s == "UnderConsideration", "the coding has not reached the consultation");
    }

    private async Task Escalate()
    {
        (await author.Get("/api/v1/outcomes/overdue")).GetProperty("items").GetArrayLength().ShouldBe(0);

        // At noon a week and a day after the last day, at whatever hour this runs; the tokens of a quarter of an hour are long spent.
        program.Clock.SkipTo(UkTime.At(UkTime.DateOf(closesAt).AddDays(8), new TimeOnly(12, 0)));
        (await author.GetAsync("/api/v1/outcomes/overdue")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        await SignIn();

        var overdue = (await author.Get("/api/v1/outcomes/overdue")).GetProperty("items");
        overdue.GetArrayLength().ShouldBe(1);
        overdue[0].Text("slug").ShouldBe(slug);
        overdue[0].Number("daysLate").ShouldBe(1);
        await program.RunJob("remind-owners-of-overdue-outcomes");
        await program.RunJob("remind-owners-of-overdue-outcomes");
        var reminders = await program.Until(
            () => Task.FromResult(MailTo("lead.officer@example.org")), m => m.Count > 0, "the owner has not been reminded");
        reminders.Count.ShouldBe(1);
        reminders[0].ShouldContain("Which playground by the brook?");
    }

    private async Task DecideAndCloseTheLoop()
    {
        var address = $"/api/v1/consultations/{consultation}";
        var decision = new
        {
            body = "Cabinet",
            decidedOn = Today(),
            minute = "Minute 12",
            decisionMaker = new { name = "A. Member", role = "Leader" },
            reportReference = "Report 12",
            reportVersion = "1.0",
            reportReadOn = Today(),
            summary = "Swings for everybody; the goal stays.",
        };
        await author.Sends(HttpMethod.Post, $"{address}/decision", With(decision, new { confirmsConsideration = false })).Refused(409, "consideration-not-confirmed");
        await author.Sends(HttpMethod.Post, $"{address}/decision", With(decision, new { confirmsConsideration = true, decidedOn = DayOf(closesAt.AddDays(-1)) })).Refused(409, "decision-before-close");
        await author.Sends(HttpMethod.Post, $"{address}/decision", With(decision, new { confirmsConsideration = true })).Refused(409, "fairness-not-judged");
        await author.Post($"{address}/assurance/judgements", Judged("decision"));
        await author.Post($"{address}/decision", With(decision, new { confirmsConsideration = true }));
        await program.Until(() => StatusOf(consultation), s => s == "Decided", "the decision has not reached the consultation");

        var answered = new { themeId = access, asked = "What do you want there?", said = "A swing for wheelchairs.", disposition = "adopted", did = "It is ordered." };
        await Write([answered]);
        var standsInTheWay = (await approver.Sends(HttpMethod.Post, $"{address}/outcome/publication", new { }, await author.VersionOf($"{address}/outcome")).Refused(409, "outcome-incomplete"))
            .GetProperty("breaches").EnumerateArray().ToList();
        standsInTheWay.ShouldHaveSingleItem().Text("subject").ShouldBe("Keep what is there");
        await Write([answered, new { themeId = keep, asked = "What matters to you?", said = "Keep the goal.", disposition = "not-adopted", did = "The goal moves to the other end." }]);
        (await approver.Sends(HttpMethod.Post, $"{address}/outcome/publication", new { }, await author.VersionOf($"{address}/outcome")).Refused(409, "outcome-incomplete"))
            .GetProperty("breaches").EnumerateArray().ShouldHaveSingleItem().Text("subject").ShouldBe("Keep what is there");
        await Write([answered, new { themeId = keep, asked = "What matters to you?", said = "Keep the goal.", disposition = "not-adopted", did = "The goal moves to the other end.", reason = "The swings need its place." }]);
        var version = await author.VersionOf($"{address}/outcome");
        await author.Sends(HttpMethod.Post, $"{address}/outcome/publication", new { }, version).Refused(403, "second-approver-required");
        (await approver.Post($"{address}/outcome/publication", new { }, version)).Number("outcomeVersion").ShouldBe(1);

        var shown = (await anyone.Get($"/api/v1/public/consultations/{slug}/outcome")).GetProperty("outcome");
        shown.GetProperty("themes").GetArrayLength().ShouldBe(2);
        shown.GetProperty("commitments")[0].Text("text").ShouldBe("The swings stand by the summer.");
        (await author.Get("/api/v1/outcomes/overdue")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await program.Until(
            () => program.Value<string>("select state from engagements.engagement where id = $1", Guid.Parse(engagement)), s => s == "FedBack", "the engagement has not heard of the outcome");
    }

    private async Task TellThem()
    {
        await program.Until(
            () => program.Value<int>("select count(*) from platform.notification where kind = 'outcome-published' and sent_at is not null"), n => n >= Addresses.Length, "not everybody has been told");
        (await program.Value<int>("select count(*) from platform.notification where kind = 'outcome-published'")).ShouldBe(Addresses.Length);
        foreach (var address in Addresses)
        {
            MailTo(address).Count(m => m.Contains("You took part in the consultation", StringComparison.Ordinal)).ShouldBe(1, address);
        }

        var told = MailTo("asha@example.org").Single(m => m.Contains("You took part", StringComparison.Ordinal));
        told.IndexOf("WHAT YOU RAISED", StringComparison.Ordinal).ShouldBeLessThan(told.IndexOf("Equipment for everybody", StringComparison.Ordinal));
        told.IndexOf("Equipment for everybody", StringComparison.Ordinal).ShouldBeLessThan(told.IndexOf("WHAT OTHER PEOPLE RAISED", StringComparison.Ordinal));

        // Who left no address sees the same with the receipt.
        var themes = (await anyone.Sends(HttpMethod.Get, "/api/v1/public/receipts", secret: receipts["ben"].Text("secret")).Success()).GetProperty("outcome").GetProperty("themes");
        themes.EnumerateArray().Where(t => t.GetProperty("isYours").GetBoolean()).ShouldHaveSingleItem().Text("name").ShouldBe("Keep what is there");
        (await anyone.Sends(HttpMethod.Get, "/api/v1/public/receipts", secret: receipts["chris"].Text("secret")).Success())
            .GetProperty("outcome").GetProperty("themes").EnumerateArray().ShouldAllBe(t => !t.GetProperty("isYours").GetBoolean());
    }

    private async Task Prove()
    {
        List<JsonElement> history = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await author.Get($"/api/v1/consultations/{consultation}/history?limit=200{cursor}");
            history.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : null;
        }

        var actors = history.ToLookup(h => h.Text("event"), h => h.Text("actor"), StringComparer.Ordinal);
        actors["ConsultationSubmitted"].ShouldBe([$"client:{authorClient.Id}"]);
        actors["ConsultationApproved"].ShouldBe([$"client:{approverClient.Id}"]);
        actors["ConsultationClosing"].ShouldHaveSingleItem().ShouldStartWith("job:");
        actors["OutcomePublished"].ShouldBe([$"client:{approverClient.Id}"]);

        // The council's own words stand in it, and nobody else's: no answer, no quotation, no address of who left one.
        string[] personal = [.. Addresses, "wheelchair fits", "football goal", "floods there"];
        history.SelectMany(h => personal.Where(p => h.GetRawText().Contains(p, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();

        await program.RunJob("seal-chains");
        var whole = await program.CommandLine("audit", "verify");
        whole.ExitCode.ShouldBe(0, whole.Output + whole.Errors);
        whole.Output.ShouldContain("the record is whole");

        // One byte: the deciding body's first letter.
        (await program.AsAdministrator(
            $"update closing_the_loop.history set data = replace(data, '\"body\":\"Cabinet\"', '\"body\":\"Kabinet\"') where aggregate_id = '{consultation}' and event = 'DecisionRecorded'")).ShouldBe(1);
        var position = await program.Value<int>("select position from closing_the_loop.history where aggregate_id = $1 and event = 'DecisionRecorded'", Guid.Parse(consultation));
        var broken = await program.CommandLine("audit", "verify");
        broken.ExitCode.ShouldBe(1);
        broken.Output.ShouldContain($"closing_the_loop.history {consultation} entry {position} (DecisionRecorded): its content does not match its hash.");
    }

    private async Task Code(Dictionary<string, string> responses, string who, object themes) => await author.Put(
        $"/api/v1/consultations/{consultation}/responses/{responses[receipts[who].Text("reference")]}/themes", themes, ifMatch: 0);

    /// <summary>Ids of the counted responses by their references.</summary>
    private async Task<Dictionary<string, string>> AllResponses() =>
        (await author.Get($"/api/v1/consultations/{consultation}/responses?limit=200")).GetProperty("items").EnumerateArray()
            .ToDictionary(r => r.Text("reference"), r => r.Text("id"), StringComparer.Ordinal);

    private async Task Write(object[] themes) => await author.Put(
        $"/api/v1/consultations/{consultation}/outcome",
        new
        {
            introduction = "Thank you.",
            themes,
            commitments = new[] { new { text = "The swings stand by the summer.", dueOn = DayOf(program.Clock.Now.AddDays(90)), owner = "Head of Parks" } },
        },
        await author.VersionOf($"/api/v1/consultations/{consultation}/outcome"));

    private List<string> MailTo(string address) => [.. program.Mail().Where(m => m.Contains($"To: {address}", StringComparison.OrdinalIgnoreCase))];

    private static string DayOf(DateTimeOffset instant) => UkTime.DateOf(instant).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The members of the one with those of the other, which win.</summary>
    private static Dictionary<string, object?> With(object one, object other)
    {
        var result = Members(one);
        foreach (var (name, value) in Members(other))
        {
            result[name] = value;
        }

        return result;

        static Dictionary<string, object?> Members(object value) =>
            value.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(value), StringComparer.Ordinal);
    }
}
