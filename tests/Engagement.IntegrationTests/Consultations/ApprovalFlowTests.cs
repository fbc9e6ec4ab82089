using System.Net;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Npgsql;

namespace Engagement.IntegrationTests.Consultations;

public sealed class ApprovalFlowTests : ConsultationsTest
{
    [Fact]
    public async Task Refuses_unlawful_dates_with_rule_source_and_earliest_lawful_date()
    {
        var id = await WithQuestionnaire(SampleConsultation.TrafficOrder(new DateOnly(2027, 1, 11), new DateOnly(2027, 1, 30)));

        using var refused = await Post(Writer, id, "schedule", new { });

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var breach = (await Breaches(refused, "timetable-unlawful")).ShouldHaveSingleItem();
        breach.GetProperty("rule").GetString().ShouldBe("tro-permanent/min_close");
        breach.GetProperty("citation").GetString().ShouldBe("SI 1996/2489 reg 8");
        breach.GetProperty("earliestLawful").GetString().ShouldBe("2027-01-31");
        (await StatusOf(id)).ShouldBe("draft");
    }

    [Fact]
    public async Task Shows_a_drafts_timetable_as_computed_and_a_submitted_ones_as_recorded()
    {
        var id = await WithQuestionnaire(SampleConsultation.TrafficOrder(new DateOnly(2027, 1, 11), new DateOnly(2027, 1, 31)));

        var computed = await Writer.GetAsync(Of(id, "timetable")).Success();
        await Post(Writer, id, "schedule", new { }).Success();
        Clock.Advance(TimeSpan.FromMinutes(5));
        var recorded = await Writer.GetAsync(Of(id, "timetable")).Success();

        computed.GetProperty("recordedAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        computed.GetProperty("timetable").GetProperty("compliant").GetBoolean().ShouldBeTrue();
        recorded.GetProperty("recordedAt").GetDateTimeOffset().ShouldBe(TestClock.Start);
        recorded.GetProperty("timetable").GetProperty("steps").GetRawText().ShouldBe(computed.GetProperty("timetable").GetProperty("steps").GetRawText());
        recorded.GetProperty("timetable").GetProperty("versions")[0].GetProperty("regime").GetString().ShouldBe("tro-permanent");
    }

    [Fact]
    public async Task Names_the_missing_questionnaire_and_the_engagement_that_is_not_approved()
    {
        var body = Body();
        body["engagementId"] = (await Created()).ToString();
        var id = (await PostDraft(body).Success()).GetProperty("id").GetGuid();

        using var refused = await Post(Writer, id, "schedule", new { });

        (await Breaches(refused, "not-ready")).Select(b => b.GetProperty("rule").GetString())
            .ShouldBe(["consultation/engagement", "consultation/questionnaire"]);
    }

    [Fact]
    public async Task Asks_for_a_reason_below_good_practice_and_records_it()
    {
        var id = await WithQuestionnaire(SampleConsultation.Details with { Closes = new(SampleConsultation.OpensOn.AddDays(27)) });

        using var refused = await Post(Writer, id, "schedule", new { });
        await Post(Writer, id, "schedule", new { goodPracticeReason = "Funding ends in March." }).Success();

        (await refused.ProblemCode()).ShouldBe("reason-needed");
        (await Writer.GetAsync(Of(id, "timetable")).Success()).GetProperty("reasons")
            .GetProperty("good-practice-period/recommended_close_6_weeks").GetString().ShouldBe("Funding ends in March.");
    }

    [Fact]
    public async Task Is_public_only_once_a_second_person_has_approved_it()
    {
        var id = await Submitted();
        var slug = await SlugOf(id);
        using var before = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}");

        await Post(Checker, id, "approval", null, await VersionOfConsultation(id)).Success();
        await App.DeliverEventsAsync();
        var after = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}").Success();

        before.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        after.GetProperty("status").GetString().ShouldBe("forthcoming");
        (await StatusOf(id)).ShouldBe("scheduled");
        (await TimesPublished(id, nameof(ConsultationScheduledV1))).ShouldBe(1);
        (await Scalar<long>("select count(*) from participation.response_form where consultation_id = $1", id)).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "A08")]
    public async Task Whoever_wrote_it_may_not_approve_it_though_they_have_the_right()
    {
        using var both = await Client("consultations:read", "consultations:write", "consultations:approve");
        var id = (await both.PostAsync("/api/v1/consultations", Content(Body().ToJsonString())).Success()).GetProperty("id").GetGuid();
        await Send(new ReviseQuestionnaire(new ConsultationId(id), Questions, null));
        await JudgeAllMet(id);
        await Post(Writer, id, "schedule", new { }).Success();

        using var refused = await Post(both, id, "approval", null, await VersionOfConsultation(id));

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ProblemCode()).ShouldBe("second-approver-required");
        (await StatusOf(id)).ShouldBe("awaiting-approval");
    }

    [Fact]
    public async Task Whoever_wrote_the_questionnaire_may_not_approve_it()
    {
        using var asker = await Client("participation:write", "consultations:read", "consultations:approve");
        var id = await Drafted();
        await asker.PutAsync(Of(id, "questionnaire"), Content("""{"pages":[{"title":"Your view","questions":[{"code":"q1","type":"long-text","text":"What should we know?"}]}]}""")).Success();
        await JudgeAllMet(id);
        await Post(Writer, id, "schedule", new { }).Success();

        using var refused = await Post(asker, id, "approval", null, await VersionOfConsultation(id));

        (await refused.ProblemCode()).ShouldBe("second-approver-required");
    }

    [Fact]
    public async Task An_approval_names_the_version_that_was_read()
    {
        var id = await Submitted();
        var read = await VersionOfConsultation(id);
        await Send(new ReviseQuestionnaire(new ConsultationId(id), OtherQuestions, 1));

        using var without = await Post(Checker, id, "approval", null);
        using var stale = await Post(Checker, id, "approval", null, read);
        var approved = await Post(Checker, id, "approval", null, await VersionOfConsultation(id)).Success();

        without.StatusCode.ShouldBe((HttpStatusCode)428);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        approved.GetProperty("approval").GetProperty("questionnaireVersion").GetInt32().ShouldBe(2);
        approved.GetProperty("approval").GetProperty("version").GetInt32().ShouldBe(read + 1);
    }

    [Fact]
    [Trait("Attack", "A08")]
    public async Task Of_two_who_approve_at_once_one_does()
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);
        using var other = await Client("consultations:read", "consultations:approve");

        var answers = await Task.WhenAll(Post(Checker, id, "approval", null, version), Post(other, id, "approval", null, version));

        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
        (await TimesPublished(id, nameof(ConsultationScheduledV1))).ShouldBe(1);
    }

    [Fact]
    public async Task Repeated_under_its_key_an_approval_is_answered_as_the_first_time()
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);

        var first = await Post(Checker, id, "approval", null, version, "approve-once-0001").Success();
        using var repeated = await Post(Checker, id, "approval", null, version, "approve-once-0001");

        repeated.StatusCode.ShouldBe(HttpStatusCode.OK);
        repeated.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await repeated.Json()).GetRawText().ShouldBe(first.GetRawText());
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
    }

    [Fact]
    public async Task An_edit_takes_it_from_the_public_until_it_is_approved_again()
    {
        var id = await Scheduled();
        var slug = await SlugOf(id);

        await PatchConsultation(id, """{"summary":"Other words."}""", await VersionOfConsultation(id)).Success();
        await App.DeliverEventsAsync();
        using var hidden = await Anyone.GetAsync($"/api/v1/public/consultations/{slug}");
        Clock.MoveTo(SampleConsultation.OpensAt);
        await RunJob<OpenDueConsultationsJob>();

        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await StatusOf(id)).ShouldBe("draft");
        (await TimesPublished(id, nameof(ConsultationApprovalLapsedV1))).ShouldBe(1);
        (await TimesPublished(id, nameof(ConsultationOpenedV1))).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "E13")]
    public async Task Another_questionnaire_voids_the_approval_and_after_the_opening_none_is_taken()
    {
        var id = await Scheduled();

        await Send(new ReviseQuestionnaire(new ConsultationId(id), OtherQuestions, 1));
        (await StatusOf(id)).ShouldBe("awaiting-approval");
        await Post(Checker, id, "approval", null, await VersionOfConsultation(id)).Success();
        Clock.MoveTo(SampleConsultation.OpensAt);
        await RunJob<OpenDueConsultationsJob>();
        using var late = await SendJson(Writer, HttpMethod.Put, Of(id, "questionnaire"), """{"pages":[{"title":"Your view","questions":[{"code":"q1","type":"long-text","text":"Other?"}]}]}""", 2);

        (await StatusOf(id)).ShouldBe("open");
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await late.ProblemCode()).ShouldBe("questionnaire-locked");
    }

    [Fact]
    public async Task What_is_not_approved_stays_as_it_is_at_its_opening_and_appears_nowhere()
    {
        var id = await Submitted();
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(1));

        await RunJob<OpenDueConsultationsJob>();
        using var late = await Post(Checker, id, "approval", null, await VersionOfConsultation(id));
        using var shown = await Anyone.GetAsync($"/api/v1/public/consultations/{await SlugOf(id)}");

        (await StatusOf(id)).ShouldBe("awaiting-approval");
        (await late.ProblemCode()).ShouldBe("opening-passed");
        shown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var list in new[] { "open", "forthcoming", "closed" })
        {
            (await Anyone.GetAsync($"/api/v1/public/consultations?status={list}").Success()).GetProperty("items").GetArrayLength().ShouldBe(0);
        }
    }

    [Fact]
    public async Task The_database_itself_refuses_an_author_as_approver_and_a_change_of_what_was_recorded()
    {
        var id = await Scheduled();

        (await Should.ThrowAsync<PostgresException>(() => Scalar<int>(
            "update consultations.consultation set approved_by = authors[1] where id = $1 returning 1", id))).SqlState.ShouldBe("23514");
        (await Should.ThrowAsync<PostgresException>(() => Scalar<int>(
            "update consultations.timetable set reasons = '{}' where consultation_id = $1 returning 1", id))).SqlState.ShouldBe("42501");
    }

    private static QuestionnaireContent OtherQuestions => new(
        [new QuestionnairePage("Your view", [new Question("q1", QuestionType.LongText, "What else should we know?", MaximumLength: 1000)])]);
}
