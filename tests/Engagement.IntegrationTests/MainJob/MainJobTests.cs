using System.Net;
using System.Text.Json;
using Engagement.Platform.Security;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.MainJob;

/// <summary>
/// The main job from one end to the other, over HTTP only and by the worker's own doing: what each step did is seen in the answer,
/// in the database, in the history and in the next step.
/// </summary>
public sealed partial class MainJobTests : IAsyncLifetime
{
    private static readonly TimeSpan DrainWindow = TimeSpan.FromSeconds(1);

    private WalkedProgram program = null!;
    private HttpClient author = null!;
    private HttpClient approver = null!;
    private HttpClient anyone = null!;
    private (string Id, string Secret) authorClient;
    private (string Id, string Secret) approverClient;

    private string engagement = "";
    private string consultation = "";
    private string slug = "";
    private DateTimeOffset opensAt;
    private DateTimeOffset closesAt;

    public async Task InitializeAsync()
    {
        program = await WalkedProgram.StartAsync(DrainWindow);
        anyone = program.Anyone();
    }

    public async Task DisposeAsync()
    {
        author.Dispose();
        approver.Dispose();
        anyone.Dispose();
        await program.DisposeAsync();
    }

    [Fact]
    public async Task A_consultation_goes_from_a_plan_to_a_closed_loop()
    {
        await SignInOfMachines();
        await Plan();
        await Timetable();
        await Consult();
        await Respond();
        await Close();
        await Analyse();
        await Escalate();
        await DecideAndCloseTheLoop();
        await TellThem();
        await Prove();
    }

    private async Task SignInOfMachines()
    {
        // The author holds every right there is, so that only being the author stands between them and approval.
        var created = await Task.WhenAll(
            program.CommandLine("client", "create", "--name", "Author", "--scopes", string.Join(' ', Scopes.All)),
            program.CommandLine("client", "create", "--name", "Approver", "--scopes", string.Join(' ', Scopes.All)));
        authorClient = Credentials(created[0]);
        approverClient = Credentials(created[1]);

        using (var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", authorClient.Id), new("client_secret", approverClient.Secret)]))
        using (var refused = await anyone.PostAsync("/api/v1/oauth/token", form))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await anyone.GetAsync("/api/v1/engagements")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await SignIn();
    }

    private async Task SignIn()
    {
        author = await program.SignIn(authorClient);
        approver = await program.SignIn(approverClient);
    }

    private async Task Plan()
    {
        engagement = (await author.Post("/api/v1/engagements", PlanOfAPlayground())).Text("id");
        var address = $"/api/v1/engagements/{engagement}";
        var read = await author.VersionOf(address);
        await author.Sends(HttpMethod.Patch, address, new { whatCannotChange = "The field stays open to everybody." }, mediaType: "application/merge-patch+json").Refused(428, "precondition-required");
        await author.Sends(HttpMethod.Patch, address, new { whatCannotChange = "The field stays open to everybody." }, read, "application/merge-patch+json").Success();
        await author.Sends(HttpMethod.Patch, address, new { whatCannotChange = "Something else." }, read, "application/merge-patch+json").Refused(412, "stale-version");
        await author.Post($"{address}/submission");
        var planVersion = (await author.Get($"{address}/readiness")).Number("planVersion");
        (await FailingChecks(address)).ShouldBe(["review-policy", "review-equalities", "review-communications"], ignoreOrder: true);

        await author.Sends(HttpMethod.Post, $"{address}/reviews", new { kind = "policy", verdict = "approve", planVersion }).Refused(403, "second-approver-required");
        await approver.Sends(HttpMethod.Post, $"{address}/approval", new { planVersion }).Refused(409, "not-ready");
        foreach (var kind in new[] { "policy", "equalities", "communications" })
        {
            await approver.Post($"{address}/reviews", new { kind, verdict = "approve", planVersion });
        }

        (await FailingChecks(address)).ShouldBeEmpty();
        await author.Sends(HttpMethod.Post, $"{address}/approval", new { planVersion }).Refused(403, "second-approver-required");
        (await approver.Post($"{address}/approval", new { planVersion })).Text("state").ShouldBe("approved");
        (await program.Value<string>("select state from engagements.engagement where id = $1", Guid.Parse(engagement))).ShouldBe("Approved");
        (await program.Value<string>("select actor from engagements.history where aggregate_id = $1 and event = 'EngagementApproved'", Guid.Parse(engagement))).ShouldBe($"client:{approverClient.Id}");
    }

    private async Task Timetable()
    {
        var timetable = await author.Post(
            "/api/v1/timetables", new { regimes = new[] { "tro-permanent" }, inputs = new { published = "2025-09-17", closes = "2025-10-08" } });

        var step = timetable.GetProperty("steps").EnumerateArray().Single(s => s.Text("key") == "min_close");
        step.Text("date").ShouldBe("2025-10-07");
        step.Text("citation").ShouldContain("SI 1996/2489");
        step.Text("working").ShouldNotBeNullOrWhiteSpace();
        timetable.GetProperty("compliant").GetBoolean().ShouldBeTrue();
        timetable.Number("shortByDays").ShouldBe(0);
        timetable.GetProperty("outsideWindow").GetBoolean().ShouldBeFalse();
    }

    private static object PlanOfAPlayground() => new
    {
        title = "A playground for the field by the brook",
        summary = "Which equipment, for whom, and where on the field?",
        purpose = "To choose the equipment with those who will use it.",
        decisionToInform = "The order for the equipment.",
        whatCanChange = "The equipment and where it stands.",
        level = "consult",
        department = "Parks",
        leadOfficer = new { name = "Lead Officer", email = "lead.officer@example.org" },
        areas = new[] { new { name = "Melton", code = "E07000133" } },
        targetGroups = new[] { new { key = "families", name = "Families", audience = "residents", reachAimedAt = 100 } },
        successCriteria = new[]
        {
            new { key = "heard", outcome = "Families are heard.", targetGroups = new[] { "families" }, measure = "Responses", targetValue = 3, unit = "responses", direction = "at-least" },
        },
        methods = new[] { new { type = "survey", approach = "quantitative" } },
        inclusionPlan = new { formats = new[] { "web", "print" }, languages = new[] { "English" }, places = new[] { "The field" }, digitalNeeds = "Paper lies in the library." },
        publicityPlan = new[] { new { medium = "poster", description = "On the field" }, new { medium = "website", description = "On our pages" } },
        equalityImpactAssessment = new { screeningOutcome = "no-full-assessment-needed", screenedOn = "2026-01-05" },
        governanceDates = new[] { new { body = "cabinet", date = "2099-06-02", purpose = "To decide", isDecision = true } },
    };

    private async Task<List<string>> FailingChecks(string address) =>
        [.. (await author.Get($"{address}/readiness")).GetProperty("checks").EnumerateArray().Where(c => c.Text("status") == "fail").Select(c => c.Text("key"))];

    private static (string Id, string Secret) Credentials((int ExitCode, string Output, string Errors) created)
    {
        created.ExitCode.ShouldBe(0, created.Errors);
        var lines = created.Output.Split('\n').Select(l => l.Split(": ")).Where(l => l.Length == 2).ToDictionary(l => l[0], l => l[1].Trim(), StringComparer.Ordinal);
        return (lines["client_id"], lines["client_secret"]);
    }
}
