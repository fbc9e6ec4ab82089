using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Host.Demo;
using Engagement.Platform.Audit;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Engagement.TestKit.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Host;

public sealed class DemoLoadTests(LoadedCouncil council) : IClassFixture<LoadedCouncil>, IAsyncLifetime
{
    private const string Open = "20-mph-limit-and-waiting-restrictions-coventry-road-and-fosse-way-sapcote";
    private const string Closing = "public-footpath-at-foxton-diversion-order";
    private const string HalfCoded = "rural-bus-journeys-changes-to-the-enhanced-partnership";
    private const string Answered = "opening-hours-of-coalville-hinckley-and-lutterworth-libraries";

    private HttpClient officer = null!;
    private HttpClient anyone = null!;

    public async Task InitializeAsync()
    {
        officer = await council.Program.ClientAsync([.. Scopes.All]);
        anyone = council.Program.Anyone();
    }

    public Task DisposeAsync()
    {
        officer.Dispose();
        anyone.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void Progress_is_told_situation_by_situation() =>
        council.Progress.ShouldBe(Enumerable.Range(1, 5).Select(i => $"Loading the demonstration council: {i} of 5"));

    [Fact]
    public async Task One_engagement_is_in_planning_and_its_gate_names_what_is_missing()
    {
        var planning = (await officer.GetAsync("/api/v1/engagements?state=planning").Success()).GetProperty("items");
        planning.GetArrayLength().ShouldBe(1);

        var readiness = await officer.GetAsync($"/api/v1/engagements/{planning[0].GetProperty("id").GetString()}/readiness").Success();

        var failing = readiness.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("status").GetString() == "fail").Select(c => c.GetProperty("key").GetString()).ToList();
        failing.ShouldBe(
            ["success-criteria", "method-fits-level", "inclusion-plan", "publicity-plan", "equality-screening", "review-policy", "review-equalities", "review-communications"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task One_consultation_is_open_asks_every_type_of_question_and_takes_a_response()
    {
        var shown = await anyone.GetAsync($"/api/v1/public/consultations/{Open}").Success();
        shown.GetProperty("status").GetString().ShouldBe("open");
        shown.GetProperty("summary").GetString()!.ShouldContain("This is a demonstration");
        var questionnaire = (await anyone.GetAsync($"/api/v1/public/consultations/{Open}/questionnaire").Success()).GetProperty("content");
        var questions = questionnaire.GetProperty("pages").EnumerateArray().SelectMany(p => p.GetProperty("questions").EnumerateArray()).ToList();
        questions.Select(q => q.GetProperty("type").GetString()).Distinct(StringComparer.Ordinal)
            .ShouldBe(["single", "multiple", "short-text", "long-text", "number", "date", "scale"], ignoreOrder: true);
        questions.Count(q => q.TryGetProperty("showWhen", out var condition) && condition.ValueKind == JsonValueKind.Object).ShouldBeGreaterThan(2);
        var before = await ResponsesTo(Open);
        before.ShouldBeGreaterThanOrEqualTo(24);

        using var response = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{Open}/responses");
        response.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        response.Content = JsonContent.Create(new { answers = new Dictionary<string, object> { ["q1"] = "near", ["q5"] = "support", ["q8"] = "neither" } });
        (await anyone.SendAsync(response)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await ResponsesTo(Open)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Its_dates_are_lawful_by_its_regime()
    {
        var id = await IdOf(Open);

        var timetable = (await officer.GetAsync($"/api/v1/consultations/{id}/timetable").Success()).GetProperty("timetable");

        timetable.GetProperty("compliant").GetBoolean().ShouldBeTrue();
        timetable.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("key").GetString()).ShouldContain("min_close");
    }

    [Fact]
    public async Task One_consultation_closes_two_minutes_after_loading_and_then_takes_nothing_more()
    {
        var clock = council.Program.Clock;
        var loadedAt = clock.Now;
        var shown = await anyone.GetAsync($"/api/v1/public/consultations/{Closing}").Success();
        var closesAt = shown.GetProperty("closesAt").GetDateTimeOffset();
        (closesAt - loadedAt).ShouldBeInRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        shown.GetProperty("status").GetString().ShouldBe("open");

        clock.MoveTo(closesAt);
        using var late = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{Closing}/responses");
        late.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        late.Content = JsonContent.Create(new { answers = new Dictionary<string, object> { ["q1"] = "weekly", ["q3"] = "neither" } });
        using var refused = await anyone.SendAsync(late);
        clock.MoveTo(loadedAt);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.ProblemCode()).ShouldBe("consultation-closed");
    }

    [Fact]
    public async Task One_consultation_is_closed_and_about_half_of_its_free_text_is_coded()
    {
        var id = await IdOf(HalfCoded);
        (await officer.GetAsync($"/api/v1/consultations/{id}").Success()).GetProperty("status").GetString().ShouldBe("closed");

        var coding = await officer.GetAsync($"/api/v1/consultations/{id}/coding").Success();

        var questions = coding.GetProperty("questions").EnumerateArray().ToList();
        var texts = questions.Sum(q => q.GetProperty("texts").GetInt32());
        var uncoded = questions.Sum(q => q.GetProperty("uncoded").GetInt32());
        ((double)uncoded / texts).ShouldBeInRange(0.3, 0.6);
    }

    [Fact]
    public async Task One_loop_is_closed_with_a_decision_an_answer_to_each_theme_quotations_and_commitments()
    {
        var shown = await anyone.GetAsync($"/api/v1/public/consultations/{Answered}/outcome").Success();

        var outcome = shown.GetProperty("outcome");
        outcome.GetProperty("decision").GetProperty("body").GetString().ShouldBe("Cabinet");
        var themes = outcome.GetProperty("themes").EnumerateArray().ToList();
        themes.Select(t => t.GetProperty("disposition").GetString()).ShouldBe(["adopted", "partly-adopted", "already-planned", "not-adopted", "out-of-scope"], ignoreOrder: true);
        themes.Sum(t => t.GetProperty("quotations").GetArrayLength()).ShouldBe(2);
        outcome.GetProperty("commitments").EnumerateArray().Select(c => c.GetProperty("status").GetString()).ShouldBe(["in-progress", "done"]);
        outcome.GetProperty("responses").GetInt32().ShouldBe(23);
    }

    [Fact]
    public async Task Everybody_who_left_an_address_with_the_answered_consultation_was_told_exactly_once_in_a_file()
    {
        var id = Guid.Parse(await IdOf(Answered));
        var addresses = await council.Value<int>("select count(*) from participation.contact where consultation_id = $1", id);
        addresses.ShouldBeGreaterThan(5);

        (await council.Value<int>("select count(*) from platform.notification where subject_id = $1 and kind = 'outcome-published'", id)).ShouldBe(addresses);
        (await council.Value<int>("select count(*) from platform.notification where subject_id = $1 and kind = 'outcome-published' and sent_at is not null and channel = 'file'", id))
            .ShouldBe(addresses);
        (await council.Value<int>("select count(*) from platform.notification where sent_at is null")).ShouldBe(0);
        Directory.GetFiles(council.MailDirectory, "*.eml").Length.ShouldBe(await council.Value<int>("select count(*) from platform.notification"));
    }

    [Fact]
    public async Task Two_officers_did_it_and_neither_approved_what_they_wrote()
    {
        const string actorsOf = "select string_agg(distinct actor, ' ' order by actor) from {0} where event = any($1)";
        string[] written = ["EngagementCreated", "PlanSubmitted", "ConsultationDrafted", "ConsultationSubmitted", "OutcomeDrafted", "QuotationProposed"];
        string[] approved = ["PlanReviewed", "EngagementApproved", "ConsultationApproved", "OutcomePublished", "QuotationCleared"];
        const string all = "(select event, actor from engagements.history union all select event, actor from consultations.history union all select event, actor from closing_the_loop.history)";

        var author = await council.Value<string>(string.Format(System.Globalization.CultureInfo.InvariantCulture, actorsOf, $"{all} h"), (object)written);
        var approver = await council.Value<string>(string.Format(System.Globalization.CultureInfo.InvariantCulture, actorsOf, $"{all} h"), (object)approved);

        author.ShouldStartWith("officer:");
        approver.ShouldStartWith("officer:");
        author.ShouldNotContain(" ");
        approver.ShouldNotContain(" ");
        author.ShouldNotBe(approver);
    }

    [Fact]
    public async Task The_history_is_whole_sealed_and_holds_nothing_that_is_still_to_come()
    {
        var result = await council.Program.Services.GetRequiredService<ChainVerifier>().VerifyAsync(null, CancellationToken.None);

        result.Problems.ShouldBeEmpty();
        result.Entries.ShouldBeGreaterThan(100);
        result.Seals.ShouldBeGreaterThan(0);
        foreach (var schema in new[] { "access", "engagements", "consultations", "participation", "closing_the_loop" })
        {
            (await council.Value<int>($"select count(*) from {schema}.history where occurred_at > $1", council.Program.Clock.Now)).ShouldBe(0);
            (await council.Value<int>($"select count(*) from {schema}.history a join {schema}.history b on b.aggregate_id = a.aggregate_id and b.position = a.position + 1 where b.occurred_at < a.occurred_at"))
                .ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_second_load_changes_nothing_and_says_that_it_is_there()
    {
        var before = await council.Value<int>("select count(*) from engagements.history");

        var again = await council.LoadAgain();

        again.State.ShouldBe(DemoState.LoadedEarlier);
        (await council.Value<int>("select count(*) from engagements.history")).ShouldBe(before);
        (await council.Value<int>("select count(*) from access.api_client where name like 'Demonstration%'")).ShouldBe(2);
    }

    [Fact]
    public async Task The_accounts_stand_in_a_file_of_their_owners_and_sign_in()
    {
        var file = Path.Combine(council.DataDirectory, "demo-credentials.txt");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var pairs = (await File.ReadAllTextAsync(file)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(p => p.StartsWith("client_", StringComparison.Ordinal)).ToList();
        pairs.Count.ShouldBe(4);
        foreach (var client in pairs.Chunk(2))
        {
            using var form = new StringContent($"grant_type=client_credentials&{client[0]}&{client[1]}", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
            var token = await anyone.PostAsync("/api/v1/oauth/token", form).Success();
            token.GetProperty("scope").GetString()!.Split(' ').Length.ShouldBeGreaterThan(6);
        }
    }

    private async Task<string> IdOf(string slug) => await council.Value<string>("select id::text from consultations.consultation where slug = $1", slug);

    private async Task<int> ResponsesTo(string slug) =>
        await council.Value<int>("select count(*) from participation.response r join consultations.consultation c on c.id = r.consultation_id where c.slug = $1", slug);
}
