using System.Net;
using System.Text.Json;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.TestKit;
using Npgsql;

namespace Engagement.IntegrationTests.ClosingTheLoop;

public sealed class OutcomeTests : LoopTest
{
    [Fact]
    public async Task Publication_is_refused_and_every_theme_that_stands_in_the_way_is_named()
    {
        var (first, second) = (await Respond("Open on Saturdays, and light the car park"), await Respond("Free coffee"));
        await Close();
        var (saturdays, parking, coffee) = (await AddTheme("Saturdays"), await AddTheme("Parking"), await AddTheme("Coffee"));
        await Code(first, saturdays, parking);
        await Code(second, coffee);
        await Write(Answer(saturdays), Answer(parking, "not-adopted", reason: null));

        using var answer = await PublishOutcome(Approver);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await answer.Json();
        problem.GetProperty("type").GetString().ShouldBe("urn:engagement:problem:outcome-incomplete");
        problem.GetProperty("breaches").EnumerateArray()
            .Select(b => (b.GetProperty("rule").GetString(), b.GetProperty("subject").GetString()))
            .ShouldBe([("coding-not-complete", null), ("decision-not-recorded", null), ("theme-without-disposition", "Coffee"), ("no-without-reason", "Parking")], ignoreOrder: true);
        (await Outcome()).GetProperty("standsInTheWay").GetArrayLength().ShouldBe(4);
        (await PublicOutcome()).GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Scalar<int>("select count(*) from platform.outbox where type like '%OutcomePublishedV2%'")).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "E16")]
    public async Task An_outcome_that_is_ready_in_all_else_waits_for_the_decision()
    {
        var response = await Respond("Open on Saturdays");
        await Close();
        var saturdays = await AddTheme("Saturdays");
        await Code(response, saturdays);
        await CompleteCoding();
        await Write(Answer(saturdays));

        using var early = await PublishOutcome(Approver);

        early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await early.Json()).GetProperty("breaches").EnumerateArray().Select(b => b.GetProperty("rule").GetString()).ShouldBe(["decision-not-recorded"]);
        (await PublicOutcome()).GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Scalar<int>("select count(*) from platform.outbox where type like '%OutcomePublishedV2%'")).ShouldBe(0);
        await Decide();
        using var published = await PublishOutcome(Approver);
        published.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_theme_below_the_threshold_need_not_be_answered_and_one_that_reaches_it_must()
    {
        var responses = new List<ResponseId>();
        for (var i = 0; i < 5; i++)
        {
            responses.Add(await Respond($"Text {i}"));
        }

        await Close(new AnswerThreshold(3, null));
        var (often, seldom) = (await AddTheme("Often"), await AddTheme("Seldom"));
        for (var i = 0; i < 5; i++)
        {
            await Code(responses[i], i < 3 ? often : seldom);
        }

        await CompleteCoding();
        await Decide();
        await Write();
        using var refused = await PublishOutcome(Approver);
        (await refused.Json()).GetProperty("breaches").EnumerateArray().Select(b => b.GetProperty("subject").GetString()).ShouldBe(["Often"]);

        await Write(Answer(often));
        using var published = await PublishOutcome(Approver);
        published.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_wrote_the_outcome_may_not_publish_it()
    {
        var theme = await ReadyToPublish();
        (await Put(Approver, "outcome", new { introduction = "Thanks.", themes = new[] { Answer(theme) } }, await Version())).Dispose();

        using var own = await PublishOutcome(Approver);
        using var withoutRight = await PublishOutcome(Colleague);
        using var second = await Client("outcomes:approve");
        using var byOther = await PublishOutcome(second);

        (await own.ProblemCode()).ShouldBe("second-approver-required");
        withoutRight.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        byOther.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_published_is_what_was_read()
    {
        await ReadyToPublish();
        var read = await Version();
        await Write();

        using var stale = await Post(Approver, "outcome/publication", new { }, ("If-Match", $"\"{read}\""));
        using var blind = await Post(Approver, "outcome/publication");

        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        blind.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
    }

    [Fact]
    public async Task Everybody_sees_the_outcome_with_its_decision_its_counts_and_their_base()
    {
        await ReadyToPublish();

        await Task.FromResult(await PublishOutcome(Approver)).Success();

        var page = await PublicOutcome();
        page.GetProperty("state").GetString().ShouldBe("closed");
        var outcome = page.GetProperty("outcome");
        outcome.GetProperty("version").GetInt32().ShouldBe(1);
        outcome.GetProperty("responses").GetInt32().ShouldBe(2);
        outcome.GetProperty("method").GetString()!.ShouldContain("2 responses");
        outcome.GetProperty("decision").GetProperty("decisionMaker").GetProperty("name").GetString().ShouldBe("Alex Okafor");
        var theme = outcome.GetProperty("themes")[0];
        theme.GetProperty("raisedIn").GetInt32().ShouldBe(1);
        theme.GetProperty("disposition").GetString().ShouldBe("adopted");
        (await Scalar<int>("select count(*) from platform.outbox where type like '%OutcomePublishedV2%'")).ShouldBe(1);
        (await Scalar<int>("select count(*) from platform.outbox where type like '%DecisionRecordedV1%'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_correction_is_a_new_version_and_the_old_one_stays_as_it_was()
    {
        var theme = await ReadyToPublish();
        (await PublishOutcome(Approver)).Dispose();
        await Write(Answer(theme, did: "We open on Saturdays from May."));

        using var unexplained = await PublishOutcome(Approver);
        (await unexplained.ProblemCode()).ShouldBe("correction-without-reason");
        using var explained = await PublishOutcome(Approver, "The month was missing.");
        (await explained.Json()).GetProperty("outcomeVersion").GetInt32().ShouldBe(2);

        var page = await PublicOutcome();
        page.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("reason").GetString()).ShouldBe([null, "The month was missing."]);
        Did(page).ShouldBe("We open on Saturdays from May.");
        Did(await PublicOutcome("/versions/1")).ShouldBe("We open on Saturdays.");
        (await Scalar<int>("select count(*) from platform.outbox where type like '%OutcomePublishedV2%'")).ShouldBe(2);
        using var none = await Anyone.GetAsync($"/api/v1/public/consultations/{Consultation.Slug}/outcome/versions/3");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("update closing_the_loop.outcome_version set reason = 'other'")]
    [InlineData("delete from closing_the_loop.outcome_version")]
    [Trait("Attack", "E17")]
    public async Task The_program_itself_cannot_change_what_was_published(string sql)
    {
        await ReadyToPublish();
        (await PublishOutcome(Approver)).Dispose();

        (await Should.ThrowAsync<PostgresException>(() => Scalar<int>($"{sql} returning 1"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Participation_learns_what_became_of_each_response()
    {
        var (about, other) = (await Respond("Open on Saturdays"), await Respond("Thank you"));
        await Close();
        var (kept, merged) = (await AddTheme("Saturdays"), await AddTheme("Sat"));
        await Code(about, merged);
        await Code(other);
        await Post(Writer, $"themes/{merged}/merge", new { into = kept.Value }).Success();
        (await Send(new FindResponseOutcomes(Consultation.Id, [about, other]))).ShouldBeNull();

        await CompleteCoding();
        await Decide();
        await Write(Answer(kept, "partly-adopted", reason: "Not on bank holidays."));
        (await PublishOutcome(Approver)).Dispose();

        var outcome = (await Send(new FindResponseOutcomes(Consultation.Id, [about, other])))!;
        outcome.Version.ShouldBe(1);
        outcome.DecisionBody.ShouldBe("Cabinet");
        outcome.Themes.ShouldHaveSingleItem().Disposition.ShouldBe("partly-adopted");
        outcome.ThemesOf[about].ShouldBe([kept]);
        outcome.ThemesOf[other].ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1, true, "decision-before-close")]
    [InlineData(1, true, "decision-in-the-future")]
    [InlineData(0, false, "consideration-not-confirmed")]
    public async Task A_decision_that_cannot_have_considered_the_report_is_refused(int daysFromToday, bool confirms, string code)
    {
        await Close();
        await CompleteCoding();

        using var answer = await Post(Writer, "decision", Decision(Today.AddDays(daysFromToday), confirms));

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ProblemCode()).ShouldBe(code);
        (await Outcome()).GetProperty("decision").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_record_says_which_version_of_the_report_was_read_when_and_on_which_analysis_it_rests()
    {
        var response = await Respond("There is nowhere to park.");
        await Close();
        var theme = await AddTheme("Parking");
        await Code(response, theme);
        await CompleteCoding();
        using var incomplete = await Post(Writer, "decision", new
        {
            body = "Cabinet", decidedOn = Today, minute = "42", decisionMaker = new { name = "A", role = "B" }, confirmsConsideration = true, reportReference = "R", reportSha256 = "abc", summary = "S",
        });
        using var early = await Post(Writer, "decision", new
        {
            body = "Cabinet", decidedOn = Today, minute = "42", decisionMaker = new { name = "A", role = "B" }, confirmsConsideration = true, reportReference = "R", reportVersion = "1", reportReadOn = Today.AddDays(-1), summary = "S",
        });

        (await incomplete.Json()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["reportVersion", "reportReadOn", "reportSha256"], ignoreOrder: true);
        (await early.Json()).GetProperty("type").GetString().ShouldEndWith(":report-read-before-it-was-there");
        await Decide();
        var decision = (await Outcome()).GetProperty("decision");
        decision.GetProperty("reportVersion").GetString().ShouldBe("2.1");
        decision.GetProperty("reportReadOn").GetString().ShouldBe("2026-11-23");
        var lines = $"{new string('0', 64)}\n1 responses\n{theme} 1";
        decision.GetProperty("analysisSha256").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(lines))));
    }

    [Fact]
    public async Task A_decision_waits_until_the_consultation_has_been_judged_at_the_decision()
    {
        await Close();
        await CompleteCoding();
        Neighbours.Unjudged.Add(new Breach("consultation/gunning", "Judge each of the 4 principles."));

        using var refused = await Post(Writer, "decision", Decision(Today));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await refused.Json();
        problem.GetProperty("type").GetString().ShouldEndWith(":fairness-not-judged");
        problem.GetProperty("breaches")[0].GetProperty("rule").GetString().ShouldBe("consultation/gunning");
        (await Outcome()).GetProperty("decision").ValueKind.ShouldBe(JsonValueKind.Null);
        Neighbours.Unjudged.Clear();
        await Post(Writer, "decision", Decision(Today)).Success();
    }

    [Fact]
    public async Task A_decision_without_a_named_decision_maker_is_incomplete()
    {
        await Close();
        await CompleteCoding();

        using var answer = await Post(Writer, "decision", new
        {
            body = "Cabinet", decidedOn = Today, minute = "42", decisionMaker = new { name = " ", role = "" }, confirmsConsideration = true, reportReference = "R", reportVersion = "1", reportReadOn = Today, summary = "S",
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["decisionMaker.name", "decisionMaker.role"], ignoreOrder: true);
    }

    [Fact]
    public async Task Before_the_close_there_is_no_outcome_and_after_it_one_is_awaited()
    {
        using var before = await Anyone.GetAsync($"/api/v1/public/consultations/{Consultation.Slug}/outcome");
        before.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await Close();

        var page = await PublicOutcome();
        page.GetProperty("state").GetString().ShouldBe("awaited");
        page.GetProperty("dueOn").GetString().ShouldBe("2027-02-15");
    }

    [Fact]
    public async Task Closing_twice_begins_one_loop()
    {
        await Close();
        await Close();

        (await Scalar<int>("select count(*) from closing_the_loop.loop")).ShouldBe(1);
        (await Scalar<int>("select count(*) from closing_the_loop.history where event = 'OutcomePromised'")).ShouldBe(1);
    }

    /// <summary>Two responses, one of them about Saturdays; coded, decided, answered by the writer.</summary>
    private async Task<ThemeId> ReadyToPublish()
    {
        var (about, other) = (await Respond("Open on Saturdays"), await Respond("Thank you"));
        await Close();
        var theme = await AddTheme("Saturdays");
        await Code(about, theme);
        await Code(other);
        await CompleteCoding();
        await Decide();
        await Write(Answer(theme));
        return theme;
    }

    private static string? Did(JsonElement page) => page.GetProperty("outcome").GetProperty("themes")[0].GetProperty("did").GetString();
}
