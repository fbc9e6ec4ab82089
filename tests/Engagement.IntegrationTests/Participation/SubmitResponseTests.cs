using System.Net;
using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Participation;

public sealed class SubmitResponseTests : ParticipationTest
{
    [Fact]
    public async Task Stores_a_response_and_answers_with_a_receipt()
    {
        var answer = await Post(new
        {
            answers = new { q1 = "yes", q2 = new[] { "sat", "mon" }, q3 = "Open later\r\non Mondays", q4 = 4, q5 = "2026-11-20", q6 = 5 },
            consentToPublish = true,
            onBehalfOf = "Markfield Parish Council",
            language = "cy",
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var receipt = await answer.Json();
        receipt.GetProperty("reference").GetString()!.ShouldMatch("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$");
        receipt.GetProperty("secret").GetString()!.Length.ShouldBeGreaterThan(12 + 2 + 1 + 21, "the secret must carry 128 bits and more");
        receipt.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(ClosesAt);
        (await Scalar<string>("select answers::text from participation.response"))
            .ShouldBe("""{"q1": ["yes"], "q2": ["mon", "sat"], "q3": "Open later\non Mondays", "q4": 4, "q5": {"date": "2026-11-20"}, "q6": ["5"]}""");
        (await Scalar<string>("select on_behalf_of || '/' || language || '/' || channel || '/' || consent_to_publish from participation.response"))
            .ShouldBe("Markfield Parish Council/cy/Web/true");
    }

    [Fact]
    [Trait("Attack", "E01")]
    public async Task Takes_a_response_that_arrives_at_the_opening_instant_and_refuses_one_a_microsecond_before()
    {
        Clock.MoveTo(OpensAt.AddMicroseconds(-1));
        var early = await Post(Answers());
        Clock.MoveTo(OpensAt);
        var punctual = await Post(Answers());

        early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await early.Json();
        problem.GetProperty("type").GetString().ShouldNotBeNull().ShouldEndWith(":consultation-not-open");
        problem.GetProperty("opensAt").GetDateTimeOffset().ShouldBe(OpensAt);
        punctual.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "E01")]
    public async Task Takes_a_response_that_arrives_a_microsecond_before_the_deadline_and_refuses_one_at_it()
    {
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        var punctual = await Post(Answers());
        Clock.MoveTo(ClosesAt);
        var late = await Post(Answers());

        punctual.StatusCode.ShouldBe(HttpStatusCode.Created);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await late.Json();
        problem.GetProperty("type").GetString().ShouldNotBeNull().ShouldEndWith(":consultation-closed");
        problem.GetProperty("opensAt").GetDateTimeOffset().ShouldBe(OpensAt);
        problem.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(ClosesAt);
        problem.GetProperty("detail").GetString()!.ShouldContain("late comments");
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task Takes_a_response_by_a_deadline_that_was_extended_though_nobody_was_told_yet()
    {
        await Respond();
        Neighbours.Change(Consultation.Id, f => f with { ClosesAt = ClosesAt.AddDays(7) });
        Clock.MoveTo(ClosesAt.AddMinutes(5));

        (await Post(Answers())).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Takes_a_response_to_a_consultation_whose_approval_has_not_been_delivered_yet()
    {
        var fresh = Neighbours.Add(OpensAt, ClosesAt);
        var version = (await Send(new Engagement.Participation.Application.Questionnaires.ReviseQuestionnaire(fresh.Id, Questions, null))).Version;
        Neighbours.Change(fresh.Id, f => f with { Status = ConsultationStatus.Open, QuestionnaireVersion = version });

        (await Post(Answers(), slug: fresh.Slug)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Refuses_a_response_once_the_approval_has_lapsed()
    {
        await Respond();
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Scheduled, QuestionnaireVersion = null });
        await Publish(new ConsultationApprovalLapsedV1(Guid.CreateVersion7(), Consultation.Id, "The title changed.", Clock.Now));

        (await (await Post(Answers())).ProblemCode()).ShouldBe("consultation-not-open");
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_a_response_to_a_withdrawn_consultation_and_says_so()
    {
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Withdrawn });
        await Publish(new ConsultationWithdrawnV1(Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, "Overtaken by events.", Clock.Now));

        (await (await Post(Answers())).ProblemCode()).ShouldBe("consultation-withdrawn");
    }

    [Fact]
    public async Task Knows_no_consultation_that_is_not_public()
    {
        var draft = Neighbours.Add(OpensAt, ClosesAt);

        var hidden = await Post(Answers(), slug: draft.Slug);
        var missing = await Post(Answers(), slug: "never-was");

        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Attack", "E04")]
    public async Task A_repeat_with_the_same_key_gets_the_same_receipt_even_after_the_close()
    {
        var key = NewKey();
        var first = await Respond(key: key);
        var again = await Post(Answers(), key);
        Clock.MoveTo(ClosesAt.AddMinutes(1));
        var afterwards = await Post(Answers(), key);

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await again.Json()).GetProperty("secret").GetString().ShouldBe(first.Secret);
        afterwards.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await afterwards.Json()).GetProperty("reference").GetString().ShouldBe(first.Reference);
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "E06")]
    public async Task A_key_used_for_other_content_is_refused_and_the_same_key_of_a_client_is_independent()
    {
        var key = NewKey();
        await Respond(key: key);
        using var client = await Client("participation:write");

        var reused = await Post(Answers("no"), key);
        var others = await Post(Answers("no"), key, client);

        reused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await reused.ProblemCode()).ShouldBe("idempotency-key-reused");
        others.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Stored()).ShouldBe(2);
    }

    [Fact]
    [Trait("Attack", "E05")]
    public async Task Fifty_posts_at_once_with_one_key_store_one_row_and_get_one_receipt()
    {
        var key = NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Post(Answers(), key)));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        var secrets = await Task.WhenAll(answers.Select(async a => (await a.Json()).GetProperty("secret").GetString()));
        secrets.Distinct().Count().ShouldBe(1);
        answers.Count(a => !a.Headers.Contains("Idempotency-Replayed")).ShouldBe(1);
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "E02")]
    public async Task When_a_response_arrived_is_nothing_that_its_sender_says()
    {
        foreach (var claimed in new[] { "receivedAt", "submittedAt", "arrivedAt" })
        {
            var refused = await Post(new Dictionary<string, object>(StringComparer.Ordinal) { ["answers"] = new { q1 = "yes" }, [claimed] = OpensAt });
            (await refused.ProblemCode()).ShouldBe("unknown-member");
        }

        Clock.MoveTo(ClosesAt);
        using var late = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{Consultation.Slug}/responses") { Content = new StringContent("""{"answers":{"q1":"yes"}}""", Encoding.UTF8, "application/json") };
        late.Headers.Date = OpensAt;
        late.Headers.Add("Idempotency-Key", NewKey());
        late.Headers.Add("Time-Zone", "Pacific/Honolulu");
        using var answer = await Anyone.SendAsync(late);

        (await answer.ProblemCode()).ShouldBe("consultation-closed");
        (await Stored()).ShouldBe(0);
    }

    [Fact]
    public async Task A_response_without_a_key_is_refused()
    {
        var answer = await SendJson(Anyone, HttpMethod.Post, $"/api/v1/public/consultations/{Consultation.Slug}/responses", Answers());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe("invalid-idempotency-key");
    }

    [Fact]
    [Trait("Attack", "E03")]
    [Trait("Attack", "E12")]
    public async Task Every_answer_that_needs_correcting_is_named_by_its_question()
    {
        var answer = await Post(new { answers = new { q2 = new[] { "mon" }, q3 = new string('x', 101), q4 = 32, q5 = "2026-02-30", q6 = 6, q9 = "?" } });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.Json()).GetProperty("errors");
        errors.EnumerateObject().Select(e => e.Name).ShouldBe(["answers.q1", "answers.q3", "answers.q4", "answers.q5", "answers.q6", "answers.q9"], ignoreOrder: true);
        errors.GetProperty("answers.q1")[0].GetString().ShouldBe("Choose an answer");
        (await Stored()).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "G06")]
    public async Task A_text_of_a_megabyte_is_not_read_and_one_that_is_too_long_for_its_question_is_refused_with_the_limit()
    {
        var huge = await Post(new { answers = new { q1 = "yes", q3 = new string('x', 1024 * 1024) } });
        var tooLong = await Post(new { answers = new { q1 = "yes", q3 = new string('x', 101) } });
        var fits = await Post(new { answers = new { q1 = "yes", q3 = new string('x', 100) } });

        huge.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await tooLong.Json()).GetProperty("errors").GetProperty("answers.q3")[0].GetString()!.ShouldContain("100");
        fits.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "E03")]
    public async Task An_answer_to_a_hidden_question_is_dropped_and_the_question_counts_as_not_asked()
    {
        await Respond(new { answers = new { q1 = "no", q2 = new[] { "mon" } } });

        (await Scalar<string>("select answers::text from participation.response")).ShouldBe("""{"q1": ["no"]}""");
        (await Scalar<string>("select array_to_string(asked, ',') from participation.response")).ShouldBe("q1,q3,q4,q5,q6");
    }

    [Theory]
    [InlineData("""{"answers":{"q1":"yes"},"receivedAt":"2020-01-01T00:00:00Z"}""", "unknown-member")]
    [InlineData("""{"answers":{"q1":"yes","q1":"no"}}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":true}}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":{"a":1}}}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes","q3":"\u0000"}}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes","q3":"\ud800"}}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes","q4":1e400}}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes","q4":NaN}}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes","\ud800":"x"}}""", "invalid-json")]
    [InlineData("""{"answers":[]}""", "invalid-json")]
    [InlineData("""{"answers":null}""", "invalid-json")]
    [InlineData("""{}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes"},"consentToPublish":"true"}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes"},"channel":"pigeon"}""", "invalid-json")]
    [InlineData("""{"answers":{"q1":"yes"},"email":"not an address"}""", "validation-failed")]
    [InlineData("""{"answers":{"q1":"yes"},"email":"a@example.org\nBcc: b@example.org"}""", "validation-failed")]
    [InlineData("""{"answers":{"q1":"yes"},"language":"English, please"}""", "validation-failed")]
    public async Task What_cannot_be_a_response_is_refused_and_nothing_is_stored(string body, string code)
    {
        var answer = await Post(new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe(code);
        (await Stored()).ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused()
    {
        var answer = await Post(new StringContent("answers=yes", Encoding.UTF8, "text/plain"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    [Trait("Attack", "E22")]
    public async Task Another_channel_needs_a_client_that_may_write()
    {
        using var reader = await Client("participation:read", "consultations:read");
        using var writer = await Client("participation:write");
        var kiosk = new { answers = new { q1 = "yes" }, channel = "kiosk" };

        var stranger = await Post(kiosk);
        var readOnly = await Post(Answers(), client: reader);
        var allowed = await Post(kiosk, client: writer);
        var broken = await SendJson(Anyone, HttpMethod.Post, $"/api/v1/public/consultations/{Consultation.Slug}/responses", Answers(), ("Idempotency-Key", NewKey()), ("Authorization", "Bearer nonsense"));

        stranger.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        readOnly.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await readOnly.ProblemCode()).ShouldBe("insufficient-scope");
        readOnly.Headers.WwwAuthenticate.ToString().ShouldContain("insufficient_scope");
        broken.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        allowed.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Scalar<string>("select channel from participation.response")).ShouldBe("Kiosk");
    }

    [Fact]
    [Trait("Attack", "E22")]
    public async Task What_a_client_sends_for_others_is_marked_with_its_channel_and_its_client_and_what_people_send_is_not()
    {
        using var writer = await Client("participation:read", "participation:write");
        await Post(Answers(), client: writer).Success();
        await Post(new { answers = new { q1 = "yes" }, channel = "web" }, client: writer).Success();
        await Post(new { answers = new { q1 = "yes" }, channel = "kiosk" }, client: writer).Success();
        await Respond();

        var listed = (await writer.GetAsync($"/api/v1/consultations/{Consultation.Id}/responses").Success()).GetProperty("items").EnumerateArray().ToList();

        listed.Select(r => r.GetProperty("channel").GetString()).ShouldBe(["api", "api", "kiosk", "web"]);
        var client = await Scalar<string>("select 'client:' || id from access.api_client");
        listed.Select(r => r.GetProperty("sentBy").GetString()).ShouldBe([client, client, client, null]);
    }
}
