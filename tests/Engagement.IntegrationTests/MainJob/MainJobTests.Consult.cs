using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Engagement.Kernel;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.MainJob;

/// <summary>Steps 4 to 6: consult, respond, close.</summary>
public sealed partial class MainJobTests
{
    /// <summary>
    /// Seconds within which the worker notices an instant while every other test runs on the same machine. The 2 seconds that the
    /// program promises are measured where it has the machine to itself: by the fault tests.
    /// </summary>
    private const double BusyMachine = 10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Receipts by who responded.</summary>
    private readonly Dictionary<string, JsonElement> receipts = new(StringComparer.Ordinal);

    private string lateResponse = "";

    private async Task Consult()
    {
        opensAt = WholeMinuteAfter(program.Clock.Now + Minute);
        closesAt = opensAt + (3 * Minute);
        var created = await author.Post("/api/v1/consultations", Details());
        (consultation, slug) = (created.Text("id"), created.Text("slug"));
        var address = $"/api/v1/consultations/{consultation}";
        await author.Sends(HttpMethod.Post, $"{address}/schedule", new { }).Refused(409, "not-ready");
        await author.Put($"{address}/questionnaire", Questionnaire());
        using (var paper = new HttpRequestMessage(HttpMethod.Put, $"{address}/documents/Plan of the field.txt"))
        {
            paper.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("The field, the brook, the path."));
            paper.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            var read = await author.VersionOf(address);
            paper.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{read}\"")));
            (await author.SendAsync(paper)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        var timetable = (await author.Get($"{address}/timetable")).GetProperty("timetable");
        timetable.GetProperty("findings").EnumerateArray().ShouldContain(f => f.Text("grade") == "risk");
        var breaches = (await author.Sends(HttpMethod.Post, $"{address}/schedule", new { }).Refused(409, "reason-needed")).GetProperty("breaches");
        breaches.EnumerateArray().ShouldContain(b => b.Text("rule").StartsWith("good-practice-period/"));
        var unjudged = (await author.Sends(HttpMethod.Post, $"{address}/schedule", new { goodPracticeReason = "Everybody stands on the field this minute." }).Refused(409, "not-ready")).GetProperty("breaches");
        unjudged.EnumerateArray().Select(b => b.Text("rule")).ShouldBe(["consultation/gunning", "consultation/charter"]);
        await author.Post($"{address}/assurance/judgements", Judged("publication"));
        var scheduled = await author.Post($"{address}/schedule", new { goodPracticeReason = "Everybody stands on the field this minute." });
        scheduled.Text("status").ShouldBe("awaiting-approval");

        await author.Sends(HttpMethod.Post, $"{address}/approval", ifMatch: scheduled.Number("version")).Refused(403, "second-approver-required");
        (await anyone.GetAsync($"/api/v1/public/consultations/{slug}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var approved = await approver.Post($"{address}/approval", ifMatch: scheduled.Number("version"));
        approved.Text("status").ShouldBe("scheduled");
        (await anyone.Get($"/api/v1/public/consultations/{slug}")).Text("status").ShouldBe("forthcoming");
        await Submit("early", new() { ["q1"] = "swings" }).Refused(409, "consultation-not-open");

        program.Clock.SkipTo(opensAt.AddSeconds(-1));
        await program.Until(() => StatusOf(consultation), s => s == "Open", "the consultation has not opened");
        (await SecondsFrom(opensAt, "ConsultationOpened")).ShouldBeInRange(0, BusyMachine);
        await program.Until(
            () => program.Value<string>("select state from engagements.engagement where id = $1", Guid.Parse(engagement)), s => s == "Live", "the engagement has not gone live");
        (await anyone.Get("/api/v1/public/consultations")).GetProperty("items").EnumerateArray().ShouldContain(c => c.Text("slug") == slug);
    }

    private async Task Respond()
    {
        await Submit("nobody", new() { ["q1"] = "no-such-option" }).Refused(400, "validation-failed");
        receipts["asha"] = await Submit("asha", new() { ["q1"] = "swings", ["q2"] = 5, ["q3"] = "A swing that a wheelchair fits on, please." }, "asha@example.org", consent: true).Success();
        receipts["ben"] = await Submit("ben", new() { ["q1"] = "slide", ["q3"] = "Please keep the football goal." }, "ben@example.org").Success();
        receipts["chris"] = await Submit("chris", new() { ["q1"] = "none", ["q4"] = "It floods there every winter." }).Success();

        // The same again is no second response: it gets the same receipt.
        (await Submit("asha", new() { ["q1"] = "swings", ["q2"] = 5, ["q3"] = "A swing that a wheelchair fits on, please." }, "asha@example.org", consent: true).Success())
            .Text("secret").ShouldBe(receipts["asha"].Text("secret"));
        await Submit("asha", new() { ["q1"] = "slide" }).Refused(422, "idempotency-key-reused");

        var own = $"/api/v1/public/responses/{receipts["ben"].Text("reference")}";
        await anyone.Sends(HttpMethod.Get, own, secret: receipts["asha"].Text("secret")).Refused(404, "not-found");
        await anyone.Sends(
            HttpMethod.Put, own, new { answers = new { q1 = "slide", q2 = 2, q3 = "Please keep the football goal, and the path." } }, ifMatch: 1, secret: receipts["ben"].Text("secret")).Success();
        await anyone.Sends(
            HttpMethod.Put, "/api/v1/public/equality-answers", new { answers = new Dictionary<string, string> { ["age-group"] = "35-44" } }, secret: receipts["asha"].Text("secret")).Success();
        receipts["kiosk"] = await author.Sends(
            HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", new { answers = new { q1 = "swings", q2 = 4 }, channel = "kiosk" }, key: "walk-through-kiosk-0001").Success();
        (await author.Post($"/api/v1/consultations/{consultation}/responses", new { channel = "paper", receivedOn = Today(), answers = new { q1 = "slide" } }))
            .Text("standing").ShouldBe("in-time");
        (await ResponseCount()).ShouldBe(5);
        (await program.Value<int>("select count(*) from participation.response where answers::text like '%@example.org%'")).ShouldBe(0);
    }

    private async Task Close()
    {
        program.Clock.SkipTo(closesAt.AddSeconds(-3));
        receipts["last"] = await Submit("last", new() { ["q1"] = "swings", ["q3"] = "In the last second: some shade." }, "last@example.org").Success();
        receipts["last"].GetProperty("submittedAt").GetDateTimeOffset().ShouldBeLessThan(closesAt);
        await program.Until(() => Task.FromResult(program.Clock.Now), now => now >= closesAt, "the deadline has not come");
        (await Submit("too-late", new() { ["q1"] = "slide" }).Refused(409, "consultation-closed")).GetProperty("closesAt").GetDateTimeOffset().ShouldBe(closesAt);
        (await anyone.Get($"/api/v1/public/consultations/{slug}")).Text("status").ShouldBe("closed");

        await program.Until(() => StatusOf(consultation), s => s == "Closed", "the responses have not been sealed");
        (await SecondsFrom(closesAt, "ConsultationClosing")).ShouldBeInRange(0, BusyMachine);
        (await SecondsFrom(closesAt, "ConsultationClosed")).ShouldBeInRange(DrainWindow.TotalSeconds, DrainWindow.TotalSeconds + (2 * BusyMachine));
        var shown = await author.Get($"/api/v1/consultations/{consultation}");
        shown.Number("responseCount").ShouldBe(6);
        shown.Text("responseDigest").Length.ShouldBe(64);
        await anyone.Sends(HttpMethod.Delete, $"/api/v1/public/responses/{receipts["ben"].Text("reference")}", ifMatch: 2, secret: receipts["ben"].Text("secret")).Refused(409, "consultation-closed");

        // One that came late stays outside the count until somebody other than who logged it rules on it.
        var late = await author.Post(
            $"/api/v1/consultations/{consultation}/responses",
            new { channel = "email", receivedAt = program.Clock.Now, answers = new { q1 = "slide", q3 = "Sorry to be late: mind the brook." }, email = "late@example.org", evidence = "Header of the e-mail" });
        late.Text("standing").ShouldBe("late");
        lateResponse = late.Text("id");
        var ruling = $"/api/v1/consultations/{consultation}/responses/{lateResponse}/ruling";
        await author.Sends(HttpMethod.Post, ruling, new { admit = true, reason = "Our mail server was down." }).Refused(403, "second-approver-required");
        (await Results()).Number("responses").ShouldBe(6);
        await approver.Post(ruling, new { admit = true, reason = "Our mail server was down." });
        (await Results()).Number("responses").ShouldBe(7);
    }

    private object Details() => new
    {
        engagementId = engagement,
        title = "Which playground by the brook?",
        summary = "Swings, a slide, or nothing at all.",
        whyNow = "Nothing has been ordered yet.",
        whoDecides = "The Cabinet decides.",
        opens = Moment(opensAt),
        closes = Moment(closesAt),
        outcomeDueWeeks = 1,
        privacyNotice = "We use your answers to choose the equipment. Equality answers are kept with your answer.",
        privacyContact = "dpo@example.org",
        offlineRoute = "Forms are in the library.",
        alternativeFormats = "Ask parks@example.org.",
        whatCanChange = "What is built there.",
        whatCannotChange = "The field stays a field.",
        howAnswersCount = "This is no referendum: we weigh what you say and why.",
        whatHappensNext = "The Cabinet decides, and we publish what became of every theme.",
        easyReadWaiver = "The questions are three pictures of equipment.",
    };

    private static object Judged(string stage) => new { stage, judgements = SampleConsultation.AllMet.Select(j => new { practice = j.Practice, status = "met" }) };

    private static object Questionnaire() => new
    {
        pages = new object[]
        {
            new
            {
                title = "The playground",
                questions = new object[]
                {
                    new
                    {
                        code = "q1", type = "single", text = "What do you want there?", required = true,
                        options = new[] { new { code = "swings", label = "Swings" }, new { code = "slide", label = "A slide" }, new { code = "none", label = "Nothing" } },
                    },
                    new { code = "q2", type = "scale", text = "How often would you come?", scale = new { low = 1, high = 5, lowLabel = "Never", highLabel = "Daily" }, showWhen = When("none-of") },
                    new { code = "q3", type = "long-text", text = "What matters to you?", showWhen = When("none-of") },
                    new { code = "q4", type = "long-text", text = "Why nothing?", required = true, showWhen = When("any-of") },
                },
            },
        },
    };

    private static object When(string test) => new { terms = new[] { new { question = "q1", test, options = new[] { "none" } } } };

    private Task<HttpResponseMessage> Submit(string who, Dictionary<string, object> answers, string? email = null, bool consent = false) => anyone.Sends(
        HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", new { answers, email, consentToPublish = consent }, key: $"walk-through-of-{who}-0001");

    private Task<string> StatusOf(string id) => program.Value<string>("select status from consultations.consultation where id = $1", Guid.Parse(id));

    private Task<int> ResponseCount() => program.Value<int>("select count(*) from participation.response where consultation_id = $1", Guid.Parse(consultation));

    private Task<JsonElement> Results() => author.Get($"/api/v1/consultations/{consultation}/results");

    /// <summary>Seconds between an instant and the entry in the history that records it.</summary>
    private async Task<double> SecondsFrom(DateTimeOffset instant, string recorded) => await program.Value<double>(
        "select extract(epoch from occurred_at - $1) from consultations.history where aggregate_id = $2 and event = $3", instant, Guid.Parse(consultation), recorded);

    private string Today() => UkTime.DateOf(program.Clock.Now).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>As an officer enters it: the wall time of the UK, to the minute.</summary>
    private static object Moment(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        return new { date = wall.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), time = wall.ToString("HH:mm", CultureInfo.InvariantCulture) };
    }

    private static DateTimeOffset WholeMinuteAfter(DateTimeOffset instant) => instant.AddTicks(TimeSpan.TicksPerMinute - (instant.UtcTicks % TimeSpan.TicksPerMinute));
}
