using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.Kernel;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;
using Engagement.TestKit.Consultations;

namespace Engagement.FaultTests.Rig;

/// <summary>What officers do before the public is asked, through HTTP and by two clients.</summary>
internal static class OfficeWork
{
    private const int OpenAtOnce = 12;

    private static readonly JsonSerializerOptions Wire = CreateWire();

    /// <summary>An engagement whose plan is approved, with a decision far enough away that nothing about its dates is doubtful.</summary>
    public static async Task<Guid> ApprovedEngagement(this ProductionRig rig)
    {
        var today = UkTime.DateOf(Instants.Now);
        var plan = SamplePlan.Complete with
        {
            Statutory = false,
            ConsultationPeriod = null,
            PublicityPlan = [.. SamplePlan.Complete.PublicityPlan.Select(p => p with { From = today })],
            EqualityImpactAssessment = SamplePlan.Complete.EqualityImpactAssessment! with
            {
                ScreenedOn = today.AddDays(-20),
                ChallengeGroupReviewOn = today.AddDays(-10),
                FullAssessmentOn = today.AddDays(60),
            },
            GovernanceDates = [.. SamplePlan.Complete.GovernanceDates.Where(d => d.IsDecision).Select(d => d with { Date = today.AddDays(120) })],
        };
        var id = (await rig.Author.PostAsJsonAsync("/api/v1/engagements", plan, Wire).Success()).GetProperty("id").GetGuid();
        await rig.Author.PostAsync($"/api/v1/engagements/{id}/submission", null).Success();
        foreach (var kind in new[] { "policy", "legal", "equalities", "communications" })
        {
            await rig.Approver.PostAsJsonAsync($"/api/v1/engagements/{id}/reviews", new { kind, verdict = "approve", planVersion = 1 }).Success();
        }

        await rig.Approver.PostAsJsonAsync($"/api/v1/engagements/{id}/approval", new { planVersion = 1 }).Success();
        return id;
    }

    /// <summary>A consultation that is open for the whole day and that nobody else uses, for a test to which its opening and its close are all one. As many are made at once as a short run takes:
    /// later a web process that has just been started again would do it all for the first time, while a test waits.</summary>
    public static async Task<RiggedConsultation> OpenConsultation(this ProductionRig rig)
    {
        if (rig.Open.Count == 0)
        {
            foreach (var scheduled in await rig.ScheduledConsultations([.. Enumerable.Range(1, OpenAtOnce).Select(n => string.Create(CultureInfo.InvariantCulture, $"Route {n}"))], TimeSpan.FromDays(1)))
            {
                rig.Open.Enqueue(scheduled);
            }
        }

        var open = rig.Open.Dequeue();
        await Instants.Until(open.OpensAt);
        return open;
    }

    /// <summary>A consultation that is approved, opens soon and asks one thing, <c>view</c>.</summary>
    /// <param name="inWords">A text, which somebody has to read and code; else yes or no.</param>
    public static async Task<RiggedConsultation> ScheduledConsultation(this ProductionRig rig, string title, TimeSpan period, bool inWords = true) =>
        (await rig.ScheduledConsultations([title], period, inWords))[0];

    /// <summary>Some that open at the same instant and close at the same. It lies no further ahead than officers need; where they needed more, they begin again.</summary>
    public static async Task<IReadOnlyList<RiggedConsultation>> ScheduledConsultations(this ProductionRig rig, IReadOnlyList<string> titles, TimeSpan period, bool inWords = true)
    {
        // Each officer's request takes the web process and the database some time, so four at once take as long as one.
        var turns = Math.Max(1, titles.Count / 4.0);
        for (var notice = TimeSpan.FromMilliseconds(200) + (1.5 * turns * rig.OfficersTake); ; notice *= 2)
        {
            var (opensAt, started) = (SecondAfter(notice), TimeProvider.System.GetTimestamp());
            try
            {
                var scheduled = await Task.WhenAll(titles.Select(title => rig.Schedule(title, opensAt, opensAt + period, inWords)));
                rig.OfficersTook(TimeProvider.System.GetElapsedTime(started) / turns);
                return scheduled;
            }
            catch (InvalidOperationException) when (Instants.Now >= opensAt && notice < TimeSpan.FromSeconds(30))
            {
                // It would have opened before it was approved, which is refused. What was made for that opening is left as it is.
            }
        }
    }

    private static async Task<RiggedConsultation> Schedule(this ProductionRig rig, string title, DateTimeOffset opensAt, DateTimeOffset closesAt, bool inWords)
    {
        var draft = await rig.Author.PostAsJsonAsync("/api/v1/consultations", new
        {
            engagementId = rig.Engagement,
            title,
            summary = "We want to hear how you use the mobile library before we decide where it stops.",
            whyNow = "The contract ends and nothing is settled yet.",
            whoDecides = "The Cabinet.",
            opens = Moment(opensAt),
            closes = Moment(closesAt),
            privacyNotice = "We keep your answers for six years.",
            privacyContact = "data.protection@council.example",
            offlineRoute = "Paper forms are at all libraries.",
            alternativeFormats = "accessible@council.example",
            whatHappensNext = "We read every answer.",
            whatCanChange = "Where it stops.",
            whatCannotChange = "The budget.",
            howAnswersCount = "This is no referendum.",
            easyReadWaiver = "Nobody reads this one.",
        }).Success();
        var id = draft.GetProperty("id").GetGuid();
        object question = inWords
            ? new { code = "view", type = "long-text", text = "What should we know?", required = true }
            : new { code = "view", type = "single", text = "Do you agree?", required = true, options = new[] { new { code = "yes", label = "Yes" }, new { code = "no", label = "No" } } };
        await rig.Author.PutAsJsonAsync(
            $"/api/v1/consultations/{id}/questionnaire", new { pages = new[] { new { title = "Your view", questions = new[] { question } } } }).Success();
        await rig.Judge(id, "publication");
        var submitted = await rig.Author.PostAsJsonAsync($"/api/v1/consultations/{id}/schedule", new { goodPracticeReason = "A trial of seconds." }).Success();
        var approved = await rig.Approver.Change(HttpMethod.Post, $"/api/v1/consultations/{id}/approval", null, submitted.GetProperty("version").GetInt32());
        approved.GetProperty("opensAt").GetDateTimeOffset().ShouldBe(opensAt);
        approved.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(closesAt);
        return new RiggedConsultation(id, approved.GetProperty("slug").GetString()!, opensAt, closesAt);
    }

    private static Task Judge(this ProductionRig rig, Guid consultation, string stage) => rig.Author.PostAsJsonAsync(
        $"/api/v1/consultations/{consultation}/assurance/judgements",
        new { stage, judgements = SampleConsultation.AllMet.Select(j => new { practice = j.Practice, status = "met" }) }).Success();

    /// <summary>Everything after the close of a consultation without free texts, up to the published outcome.</summary>
    public static async Task PublishOutcome(this ProductionRig rig, RiggedConsultation consultation)
    {
        var address = $"/api/v1/consultations/{consultation.Id}";

        // Judged before it is taken up for consideration, which a worker writes into the same record a moment after the coding.
        await rig.Judge(consultation.Id, "decision");
        await rig.Author.PostAsync($"{address}/coding/completion", null).Success();
        await rig.Author.PostAsJsonAsync($"{address}/decision", new
        {
            body = "Cabinet",
            decidedOn = UkTime.DateOf(Instants.Now),
            minute = "Minute 42",
            decisionMaker = new { name = "Alex Okafor", role = "Leader of the Council" },
            confirmsConsideration = true,
            reportReference = "CAB/26/117",
            reportVersion = "1.0",
            reportReadOn = UkTime.DateOf(Instants.Now),
            summary = "The stops stay.",
        }).Success();
        await rig.Author.Change(HttpMethod.Put, $"{address}/outcome", new { introduction = "Thank you.", whatHappensNext = "We look again in a year." }, await Version());
        await rig.Approver.Change(HttpMethod.Post, $"{address}/outcome/publication", null, await Version());

        async Task<int> Version() => (await rig.Author.GetAsync($"{address}/outcome").Success()).GetProperty("version").GetInt32();
    }

    public static async Task<string> StatusOf(this ProductionRig rig, RiggedConsultation consultation) =>
        (await rig.Author.GetAsync($"/api/v1/consultations/{consultation.Id}").Success()).GetProperty("status").GetString()!;

    /// <summary>How many loops were begun for a consultation: one, once it is closed.</summary>
    public static Task<long> LoopsOf(this ProductionRig rig, Guid consultation) =>
        rig.Scalar<long>("select count(*) from closing_the_loop.loop where consultation_id = $1", consultation);

    /// <summary>When the one transaction that recorded the event was committed.</summary>
    public static Task<DateTimeOffset> CommitOf(this ProductionRig rig, RiggedConsultation consultation, string @event) => rig.Scalar<DateTimeOffset>(
        "select pg_xact_commit_timestamp(xmin) from consultations.history where aggregate_id = $1 and event = $2", consultation.Id, @event);

    /// <summary>The first whole second that is at least so far away and can be published: neither midnight nor the minute before it.</summary>
    public static DateTimeOffset SecondAfter(TimeSpan fromNow)
    {
        var second = Instants.Now + fromNow;
        second = second.AddTicks(TimeSpan.TicksPerSecond - (second.Ticks % TimeSpan.TicksPerSecond));
        var wall = TimeOnly.FromDateTime(UkTime.WallTimeOf(second));
        return wall == TimeOnly.MinValue || wall == new TimeOnly(23, 59) ? second.AddSeconds(1) : second;
    }

    /// <summary>Changes the version that was read.</summary>
    private static async Task<JsonElement> Change(this HttpClient client, HttpMethod method, string address, object? body, int version)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));
        return await client.SendAsync(request).Success();
    }

    private static JsonObject Moment(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        var (date, time) = (DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall));
        return new JsonObject
        {
            ["date"] = date.ToString("O", CultureInfo.InvariantCulture),
            ["time"] = time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["second"] = UkTime.At(date, time, second: false) != instant,
        };
    }

    private static JsonSerializerOptions CreateWire()
    {
        var options = new JsonSerializerOptions();
        WebRegistration.Configure(options);
        return options;
    }
}

/// <param name="OpensAt">The first instant at which a response is taken.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
internal sealed record RiggedConsultation(Guid Id, string Slug, DateTimeOffset OpensAt, DateTimeOffset ClosesAt);
