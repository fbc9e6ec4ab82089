using System.Net;
using System.Text.Json;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Npgsql;

namespace Engagement.IntegrationTests.Consultations;

public sealed class AssuranceTests : ConsultationsTest
{
    /// <summary>Half of the eight weeks of the sample.</summary>
    private static readonly DateTimeOffset Middle = SampleConsultation.OpensAt + ((SampleConsultation.ClosesAt - SampleConsultation.OpensAt) / 2);

    [Fact]
    public async Task Neither_put_forward_nor_approved_before_each_principle_and_practice_is_judged()
    {
        var id = await Drafted();
        await Send(new ReviseQuestionnaire(new ConsultationId(id), Questions, null));
        await Judge(id, "publication", [.. SampleConsultation.AllMet.Where(j => j.Practice is not ("adequate-time" or "publication")).Select(j => (j.Practice, "met", (string?)null))]).Success();

        using var refused = await Post(Writer, id, "schedule", new { goodPracticeReason = "It is urgent." });

        var breaches = await Breaches(refused, "not-ready");
        breaches.Select(b => b.GetProperty("rule").GetString()).ShouldBe(["consultation/gunning", "consultation/charter"]);
        breaches[0].GetProperty("message").GetString()!.ShouldEndWith("Still open: Adequate time.");
        breaches[0].GetProperty("citation").GetString()!.ShouldContain("[2014] UKSC 56");
        (await StatusOf(id)).ShouldBe("draft");
        await Judge(id, "publication", ("adequate-time", "not-met", "The grant ends in March."), ("publication", "met", null)).Success();
        await Post(Writer, id, "schedule", new { goodPracticeReason = "It is urgent." }).Success();
        await AsAdministrator($"delete from consultations.judgement where consultation_id = '{id}' and practice = 'publication'");
        using var approval = await Post(Checker, id, "approval", body: null, await VersionOfConsultation(id));
        (await Breaches(approval, "not-ready")).ShouldHaveSingleItem().GetProperty("message").GetString()!.ShouldEndWith("Still open: Publication.");
        await Judge(id, "publication", ("publication", "met", null)).Success();
        await Post(Checker, id, "approval", body: null, await VersionOfConsultation(id)).Success();
    }

    [Fact]
    public async Task A_judgement_holds_what_the_system_knew_and_a_later_one_stands_beside_it()
    {
        var id = await Drafted();

        (await Judge(id, "publication", ("adequate-time", "partly", " Half of it falls into the holidays. ")).Success()).GetProperty("version").GetInt32().ShouldBe(1);
        await Judge(id, "publication", ("adequate-time", "met", null)).Success();

        var practice = await PracticeOf(id, "adequate-time");
        var judgements = practice.GetProperty("judgements").EnumerateArray().ToList();
        judgements.Select(j => j.GetProperty("status").GetString()).ShouldBe(["partly", "met"]);
        judgements[0].GetProperty("reason").GetString().ShouldBe("Half of it falls into the holidays.");
        judgements[0].GetProperty("known")[0].GetString().ShouldBe("People have 56 days to answer, first and last day counted in.");
        judgements[0].GetProperty("consultationVersion").GetInt32().ShouldBe(1);
        practice.GetProperty("atPublication").GetProperty("status").GetString().ShouldBe("met");
        practice.GetProperty("atDecision").ValueKind.ShouldBe(JsonValueKind.Null);
        (await TimesInHistory(id, "PracticesJudged")).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_not_met_says_why_and_each_is_named_once_and_known()
    {
        var id = await Drafted();

        using var bad = await Judge(id, "publication", ("adequate-time", "partly", " "), ("adequate-time", "met", null), ("fairness", "met", null));

        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bad.Json()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["judgements", "judgements[0].reason", "judgements[2].practice"], ignoreOrder: true);
        (await TimesInHistory(id, "PracticesJudged")).ShouldBe(0);
    }

    [Fact]
    public async Task How_it_stood_at_publication_is_judged_before_it_opens_and_at_the_decision_once_it_has_closed()
    {
        var id = await Scheduled();
        await RefusedToJudge(id, "decision", "judged-too-early");
        Clock.MoveTo(SampleConsultation.OpensAt.AddMicroseconds(-1));
        await Judge(id, "publication", ("integrity", "met", null)).Success();
        Clock.MoveTo(SampleConsultation.OpensAt);

        await RefusedToJudge(id, "publication", "judged-too-late");
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();
        await RefusedToJudge(id, "decision", "judged-too-early");
        await CloseSample();

        await Judge(id, "decision", ("integrity", "not-met", "The site was sold in February.")).Success();
        (await PracticeOf(id, "integrity")).GetProperty("atDecision").GetProperty("reason").GetString().ShouldBe("The site was sold in February.");
        (await Send(new FindGapsInAssurance(new ConsultationId(id)))).Select(g => g.Rule).ShouldBe(["consultation/gunning", "consultation/charter"]);
        await Post(Writer, id, "assurance/judgements", new { stage = "decision", judgements = SampleConsultation.AllMet.Select(j => new { practice = j.Practice, status = "met" }) }).Success();
        (await Send(new FindGapsInAssurance(new ConsultationId(id)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Evidence_points_to_an_address_or_to_a_paper_of_the_consultation_and_is_only_ever_added()
    {
        var id = await Drafted();
        await PutDocument(id, "Reasons.txt", "text/plain", "Because."u8.ToArray(), await VersionOfConsultation(id)).Success();
        var paper = (await ReadConsultation(id)).GetProperty("documents")[0].GetProperty("id").GetGuid();

        await Post(Writer, id, "assurance/evidence", new { practice = "visibility", text = " Posters in every library. ", link = "https://www.example.org/poster" }).Success();
        await Post(Writer, id, "assurance/evidence", new { practice = "visibility", text = "The reasons.", document = paper }).Success();
        using var foreign = await Post(Writer, id, "assurance/evidence", new { practice = "visibility", text = "Another's.", document = Guid.CreateVersion7() });
        using var bad = await Post(Writer, id, "assurance/evidence", new { practice = "luck", text = "", link = "javascript:alert(1)" });
        using var reader = await Post(Checker, id, "assurance/evidence", new { practice = "visibility", text = "Not mine to add." });

        (await foreign.Json()).GetProperty("type").GetString().ShouldEndWith(":document-unknown");
        (await bad.Json()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["practice", "text", "link"], ignoreOrder: true);
        reader.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var evidence = (await PracticeOf(id, "visibility")).GetProperty("evidence").EnumerateArray().ToList();
        evidence.Select(e => e.GetProperty("text").GetString()).ShouldBe(["Posters in every library.", "The reasons."]);
        evidence[0].GetProperty("link").GetString().ShouldBe("https://www.example.org/poster");
        evidence[1].GetProperty("document").GetString().ShouldBe("Reasons.txt (version 1)");
        (await TimesInHistory(id, "EvidenceAdded")).ShouldBe(2);
        (await Should.ThrowAsync<PostgresException>(() => Scalar<string>("update consultations.evidence set text = 'x' where consultation_id = $1 returning text", id))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await StatusOf(id)).ShouldBe("draft");
    }

    [Fact]
    public async Task A_checkpoint_is_signed_by_somebody_who_wrote_none_of_it_and_names_the_version_that_was_checked()
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);

        await Post(Checker, id, "assurance/checkpoints", new { kind = "scope", remark = "Clear." }).Success();
        await Post(Checker, id, "assurance/checkpoints", new { kind = "plan" }).Success();
        await Post(Checker, id, "assurance/checkpoints", new { kind = "closing-date" }).Success();
        using var own = await Post(await Client("consultations:approve", "consultations:write"), id, "assurance/checkpoints", new { kind = "scope" });
        own.StatusCode.ShouldBe(HttpStatusCode.OK, "it wrote nothing");
        foreach (var kind in new[] { "documents", "mid-point", "final-report" })
        {
            using var nothing = await Post(Checker, id, "assurance/checkpoints", new { kind });
            (await nothing.Json()).GetProperty("type").GetString().ShouldEndWith(":nothing-to-check", customMessage: kind);
        }

        using var writer = await Post(Writer, id, "assurance/checkpoints", new { kind = "scope" });
        writer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var signed = (await Assurance(id)).GetProperty("checkpoints").EnumerateArray().ToList();
        signed.Select(c => c.GetProperty("kind").GetString()).ShouldBe(["scope", "plan", "closing-date", "scope"]);
        signed[0].GetProperty("subject").GetString().ShouldBe($"Version {version} of “The future of mobile libraries”: what is asked, what is open, what is decided already");
        signed[0].GetProperty("consultationVersion").GetInt32().ShouldBe(version);
        signed[0].GetProperty("sha256").GetString().ShouldBe(signed[3].GetProperty("sha256").GetString());
        signed[2].GetProperty("subject").GetString().ShouldBe("The closing date: 11:59pm on Sunday 7 March 2027");
        (await TimesInHistory(id, "CheckpointSigned")).ShouldBe(4);
    }

    [Fact]
    public async Task An_author_who_may_approve_signs_nothing_of_what_they_wrote()
    {
        var both = await Client("consultations:read", "consultations:write", "consultations:approve");
        var id = (await both.PostAsync("/api/v1/consultations", Content(Body().ToJsonString())).Success()).GetProperty("id").GetGuid();

        using var refused = await Post(both, id, "assurance/checkpoints", new { kind = "scope" });

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Json()).GetProperty("type").GetString().ShouldEndWith(":second-approver-required");
        (await Assurance(id)).GetProperty("checkpoints").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_mid_point_is_reviewed_once_from_the_middle_until_the_close_with_the_figures_of_that_moment()
    {
        var id = await Opened();
        await LogOnPaper(id);
        Clock.MoveTo(Middle.AddMicroseconds(-1));
        await RefusedToReview(id, "mid-point-not-reached");
        Clock.MoveTo(Middle);
        using var vague = await Review(id, "add-outreach");
        (await vague.Json()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(["outreach"]);
        await LogOnPaper(id);

        await Review(id, "add-outreach", outreach: "Posters at every stop.").Success();

        await RefusedToReview(id, "mid-point-already-reviewed");
        await LogOnPaper(id);
        var review = (await Assurance(id)).GetProperty("midPoint");
        review.GetProperty("choice").GetString().ShouldBe("add-outreach");
        review.GetProperty("outreach").GetString().ShouldBe("Posters at every stop.");
        review.GetProperty("middle").GetDateTimeOffset().ShouldBe(Middle);
        var figures = review.GetProperty("figures");
        figures.GetProperty("responses").GetInt32().ShouldBe(2);
        figures.GetProperty("aimedAt").GetInt32().ShouldBeGreaterThan(0);
        figures.GetProperty("days").EnumerateArray().Select(d => (d.GetProperty("day").GetString(), d.GetProperty("channel").GetString(), d.GetProperty("responses").GetInt32()))
            .ShouldBe([("2027-01-11", "paper", 1), ("2027-02-08", "paper", 1)]);
        await Post(Checker, id, "assurance/checkpoints", new { kind = "mid-point" }).Success();
        (await TimesInHistory(id, "MidPointReviewed")).ShouldBe(1);
    }

    [Fact]
    public async Task After_the_close_no_review_can_be_made_up()
    {
        var id = await Opened();
        Clock.MoveTo(SampleConsultation.ClosesAt.AddMicroseconds(-1));
        (await Assurance(id)).GetProperty("midPointIsDue").GetBoolean().ShouldBeTrue();
        Clock.MoveTo(SampleConsultation.ClosesAt);

        await RefusedToReview(id, "mid-point-passed");
        (await Assurance(id)).GetProperty("midPointIsDue").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_lead_officer_is_reminded_of_the_mid_point_once_even_where_the_deadline_moves()
    {
        var id = await Opened();
        await RemindersAt(Middle.AddMicroseconds(-1), 0);
        (await MyWork()).ShouldNotContain("Record the mid-point review");
        await RemindersAt(Middle, 1);
        (await MyWork()).ShouldContain("Record the mid-point review");
        await Post(Writer, id, "extension", new { closes = new { date = "2027-04-14" }, publicReason = "The forms came late." }).Success();
        await Post(Checker, id, "extension/approval", null, await VersionOfConsultation(id)).Success();
        await App.DeliverEventsAsync();
        (await MyWork()).ShouldNotContain("Record the mid-point review");

        await RemindersAt((await Assurance(id)).GetProperty("midPointAt").GetDateTimeOffset(), 1);
        await Review(id, "carry-on").Success();
        (await MyWork()).ShouldNotContain("Record the mid-point review");
    }

    [Fact]
    public async Task A_reviewed_one_is_reminded_of_no_more()
    {
        var id = await Opened();
        Clock.MoveTo(Middle);
        await Review(id, "carry-on").Success();

        await RemindersAt(Middle, 0);
    }

    [Fact]
    public async Task Officers_add_evidence_sign_and_review_on_pages_that_show_it_all()
    {
        var id = await Opened();
        using var officer = await OfficerPages("officer");
        using var approver = await OfficerPages("approver");
        var root = $"/admin/consultations/{id}/evidence";

        var page = await officer.Submit(await officer.Open($"{root}/add?practice=visibility"), new Dictionary<string, string?> { ["Text"] = "Posters at every stop.", ["Link"] = "poster" });
        page.Errors.ShouldHaveSingleItem().ShouldStartWith("Give the whole address");
        page = await officer.Submit(page, new Dictionary<string, string?> { ["Link"] = "https://www.example.org/poster" });
        page.Done.ShouldBe("The evidence is added.");
        page.Main.ShouldContain("Posters at every stop.");
        page.Main.ShouldContain("officer, at ");
        page = await approver.Submit(await approver.Open($"{root}/checkpoints"), new Dictionary<string, string?> { ["Kind"] = "FinalReport" });
        page.Errors.ShouldHaveSingleItem().ShouldContain("there is no final report");
        page = await approver.Submit(page, new Dictionary<string, string?> { ["Kind"] = "ClosingDate", ["Remark"] = "Eight weeks." });
        page.Done.ShouldBe("Signed: Closing date.");
        (await officer.Open($"{root}/publication")).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.Open($"{root}/luck")).Status.ShouldBe(HttpStatusCode.NotFound);

        Clock.MoveTo(Middle);
        using var later = await OfficerPages("officer");
        page = await later.Submit(await later.Open($"{root}/mid-point"));
        page.Errors.ShouldContain("Choose one");
        page = await later.Submit(page, new Dictionary<string, string?> { ["Choice"] = "Extend", ["Reason"] = "Few answers from Melton." });
        page.Heading.ShouldBe("Move the deadline");
        page.Done.ShouldBe("The review is recorded. Now propose the later deadline.");
        (await later.Open($"{root}/mid-point")).Main.ShouldContain("The deadline has not moved yet.");
        (await later.Open($"/admin/consultations/{id}/history")).Main.ShouldContain("Mid-point review recorded: extend");
    }

    /// <summary>Of somebody who has just signed in: the clock has moved by weeks.</summary>
    private async Task<string> MyWork()
    {
        using var officer = await OfficerPages("administrator");
        return (await officer.Open("/admin")).Main;
    }

    private async Task CloseSample()
    {
        Clock.MoveTo(SampleConsultation.ClosesAt);
        await RunJob<CloseDueConsultationsJob>();
        await App.DeliverEventsAsync();
        Clock.Advance(TimeSpan.FromMinutes(2));
        await RunJob<SealDueResponsesJob>();
        await App.DeliverEventsAsync();
    }

    private async Task LogOnPaper(Guid id) => await Writer.PostAsync(
        Of(id, "responses"), Content(JsonSerializer.Serialize(new { channel = "paper", receivedAt = Clock.Now, answers = new { q1 = "Keep it." } }))).Success();

    private async Task RemindersAt(DateTimeOffset now, int sent)
    {
        Clock.MoveTo(now);
        await RunJob<RemindOfMidPointsJob>();
        (await Scalar<long>("select count(*) from platform.notification where kind = 'mid-point-review'")).ShouldBe(sent);
    }

    private Task<HttpResponseMessage> Review(Guid id, string choice, string? outreach = null) =>
        Post(Writer, id, "assurance/mid-point-review", new { choice, reason = "Few answers from Melton.", outreach });

    private async Task RefusedToReview(Guid id, string code)
    {
        using var refused = await Review(id, "carry-on");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Json()).GetProperty("type").GetString().ShouldEndWith(":" + code);
    }

    private Task<HttpResponseMessage> Judge(Guid id, string stage, params (string Practice, string Status, string? Reason)[] judgements) =>
        Post(Writer, id, "assurance/judgements", new { stage, judgements = judgements.Select(j => new { practice = j.Practice, status = j.Status, reason = j.Reason }) });

    private async Task RefusedToJudge(Guid id, string stage, string code)
    {
        using var refused = await Judge(id, stage, ("integrity", "met", null));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Json()).GetProperty("type").GetString().ShouldEndWith(":" + code);
    }

    private async Task<JsonElement> Assurance(Guid id) => await Writer.GetAsync(Of(id, "assurance")).Success();

    private async Task<JsonElement> PracticeOf(Guid id, string key) =>
        (await Assurance(id)).GetProperty("practices").EnumerateArray().Single(p => p.GetProperty("key").GetString() == key);
}
