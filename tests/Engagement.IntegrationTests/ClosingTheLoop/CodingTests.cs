using System.Net;
using System.Text.Json;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Participation.Contracts;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.ClosingTheLoop;

public sealed class CodingTests : LoopTest
{
    [Fact]
    public async Task A_text_is_coded_under_an_etag_of_its_own()
    {
        var response = await Respond("Open on Saturdays, and the car park is dark");
        await Close();
        var (saturdays, parking) = (await AddTheme("Saturdays"), await AddTheme("Parking"));
        using var before = await Writer.GetAsync(Address($"responses/{response}/themes"));
        before.Headers.ETag!.Tag.ShouldBe("\"0\"");
        (await before.Json()).GetProperty("uncoded").EnumerateArray().Select(u => u.GetString()).ShouldBe(["q3"]);

        using var coded = await Put(Writer, $"responses/{response}/themes", new { q3 = Coding(saturdays, parking) }, version: 0);

        coded.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        coded.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var shown = await Writer.GetAsync(Address($"responses/{response}/themes")).Success();
        shown.GetProperty("answers").GetProperty("q3").GetArrayLength().ShouldBe(2);
        shown.GetProperty("uncoded").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "E20")]
    public async Task Of_two_officers_who_code_the_same_response_the_second_is_told_and_nothing_is_lost()
    {
        var response = await Respond("Open on Saturdays");
        await Close();
        var (saturdays, hours) = (await AddTheme("Saturdays"), await AddTheme("Hours"));

        var answers = await Task.WhenAll(
            Put(Writer, $"responses/{response}/themes", new { q3 = Coding(saturdays) }, version: 0),
            Put(Colleague, $"responses/{response}/themes", new { q3 = Coding(hours) }, version: 0));

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed]);
        (await Scalar<int>("select count(*) from closing_the_loop.coded_theme")).ShouldBe(1);

        using var stale = await Put(Colleague, $"responses/{response}/themes", new { q3 = Coding(hours) }, version: 0);
        (await stale.ProblemCode()).ShouldBe("stale-version");
        using var informed = await Put(Colleague, $"responses/{response}/themes", new { q3 = Coding(saturdays, hours) }, version: 1);
        informed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Scalar<int>("select count(*) from closing_the_loop.coded_theme")).ShouldBe(2);
    }

    [Fact]
    public async Task Coding_without_saying_what_was_read_is_refused()
    {
        var response = await Respond("Open on Saturdays");
        await Close();

        using var answer = await SendJson(Writer, HttpMethod.Put, Address($"responses/{response}/themes"), new { q3 = "none" });

        answer.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
    }

    [Theory]
    [InlineData("""{"q3":[]}""", "invalid-json")]
    [InlineData("""{"q3":"nothing"}""", "invalid-json")]
    [InlineData("""{"q3":["not-an-id"]}""", "invalid-json")]
    [InlineData("""{"q1":"none"}""", "validation-failed")]
    [InlineData("""{"q9":"none"}""", "validation-failed")]
    public async Task Only_themes_or_none_for_a_free_text_are_a_coding(string body, string code)
    {
        var response = await Respond("Open on Saturdays");
        await Close();

        using var answer = await Put(Writer, $"responses/{response}/themes", JsonSerializer.Deserialize<JsonElement>(body), version: 0);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe(code);
        (await Scalar<int>("select count(*) from closing_the_loop.response_coding")).ShouldBe(0);
    }

    [Fact]
    public async Task A_response_or_a_consultation_that_is_not_there_is_not_found()
    {
        await Close();

        using var noResponse = await Put(Writer, $"responses/{ResponseId.New()}/themes", new { q3 = "none" }, version: 0);
        using var noConsultation = await Writer.GetAsync($"/api/v1/consultations/{Guid.CreateVersion7()}/themes");

        noResponse.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        noConsultation.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Coding_is_declared_complete_only_when_every_text_has_a_theme_or_none()
    {
        var (first, second) = (await Respond("Open on Saturdays"), await Respond("Thank you"));
        await Respond(new { q1 = "no" });
        await Close();
        await Code(first, await AddTheme("Saturdays"));

        using var tooEarly = await Post(Writer, "coding/completion");
        tooEarly.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var refusal = await tooEarly.Json();
        refusal.GetProperty("type").GetString().ShouldBe("urn:engagement:problem:texts-not-coded");
        refusal.GetProperty("uncoded").GetInt32().ShouldBe(1);
        refusal.GetProperty("breaches")[0].GetProperty("subject").GetString().ShouldBe("q3");
        var progress = await Writer.GetAsync(Address("coding")).Success();
        progress.GetProperty("next")[0].GetProperty("responseId").GetGuid().ShouldBe(second.Value);

        await Code(second);
        await CompleteCoding();

        (await Scalar<int>("select count(*) from platform.outbox where type like '%CodingCompletedV1%'")).ShouldBe(1);
        using var tooLate = await Put(Writer, $"responses/{second}/themes", new { q3 = "none" }, version: 1);
        (await tooLate.ProblemCode()).ShouldBe("coding-complete");
    }

    [Fact]
    public async Task A_late_response_with_free_text_reopens_the_coding_and_one_without_does_not()
    {
        var response = await Respond("Open on Saturdays");
        var wordless = await Respond(new { q1 = "no" });
        await Close();
        await Code(response, await AddTheme("Saturdays"));
        await CompleteCoding();

        await AdmitLateCopyOf(wordless);
        (await Outcome()).GetProperty("codingCompletedAt").ValueKind.ShouldBe(JsonValueKind.String);

        var late = await AdmitLateCopyOf(response);
        (await Outcome()).GetProperty("codingCompletedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Scalar<string>("select data from closing_the_loop.history where event = 'CodingReopened'")).ShouldContain(late.ToString());

        await Code(late);
        await CompleteCoding();
    }

    [Fact]
    [Trait("Attack", "E18")]
    public async Task A_theme_in_use_is_not_deleted_and_one_that_is_not_is()
    {
        var response = await Respond("Open on Saturdays");
        await Close();
        var (used, unused) = (await AddTheme("Saturdays"), await AddTheme("Parking"));
        await Code(response, used);

        using var refused = await Delete(used);
        (await refused.ProblemCode()).ShouldBe("theme-in-use");
        using var deleted = await Delete(unused);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await Scalar<int>("select count(*) from closing_the_loop.theme")).ShouldBe(1);
        (await Scalar<int>("select count(*) from closing_the_loop.coded_theme")).ShouldBe(1);
    }

    [Fact]
    public async Task A_merged_theme_counts_where_it_now_belongs_and_a_response_once()
    {
        var (first, second) = (await Respond("Open on Saturdays"), await Respond("Longer on Saturdays"));
        await Close();
        var (kept, old) = (await AddTheme("Saturdays"), await AddTheme("Sat"));
        await Code(first, kept, old);
        await Code(second, old);

        await Post(Writer, $"themes/{old}/merge", new { into = kept.Value }).Success();

        var themes = (await Writer.GetAsync(Address("themes")).Success()).GetProperty("themes").EnumerateArray().ToList();
        themes.Single(t => t.GetProperty("id").GetGuid() == kept.Value).GetProperty("raisedIn").GetInt32().ShouldBe(2);
        var old2 = themes.Single(t => t.GetProperty("id").GetGuid() == old.Value);
        old2.GetProperty("raisedIn").GetInt32().ShouldBe(0);
        old2.GetProperty("mergedInto").GetGuid().ShouldBe(kept.Value);
        var shown = await Writer.GetAsync(Address($"responses/{first}/themes")).Success();
        shown.GetProperty("answers").GetProperty("q3").EnumerateArray().Select(t => t.GetGuid()).ShouldBe([kept.Value]);
    }

    [Fact]
    public async Task A_repeated_post_under_one_key_adds_one_theme()
    {
        await Close();
        var key = ("Idempotency-Key", $"test-{Guid.CreateVersion7():N}");

        var first = await Post(Writer, "themes", new { name = "Saturdays" }, key).Success();
        var again = await Post(Writer, "themes", new { name = "Saturdays" }, key).Success();

        again.GetProperty("id").GetGuid().ShouldBe(first.GetProperty("id").GetGuid());
        (await Scalar<int>("select count(*) from closing_the_loop.theme")).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"A | B"}""", "name")]
    public async Task A_theme_needs_a_name_of_one_line(string body, string field)
    {
        await Close();

        using var answer = await Post(Writer, "themes", JsonSerializer.Deserialize<JsonElement>(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Reading_takes_the_scope_to_read_and_writing_that_to_write()
    {
        await Close();
        using var reader = await Client("outcomes:read");

        using var read = await reader.GetAsync(Address("themes"));
        using var written = await Post(reader, "themes", new { name = "Saturdays" });
        using var unknown = await Anyone.GetAsync(Address("themes"));

        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        written.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<HttpResponseMessage> Delete(ThemeId theme) =>
        await SendJson(Writer, HttpMethod.Delete, Address($"themes/{theme}"), body: null, ("If-Match", $"\"{await Version()}\""));

    private async Task<ResponseId> AdmitLateCopyOf(ResponseId response)
    {
        var late = ResponseId.New();
        await AsAdministrator(
            $"""
            insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language, consent_to_publish,
                   submitted_at, received_on, is_late, entered_after_seal, logged_by, ruling, ruled_by, ruled_at, ruling_reason, answers, asked, answers_digest)
            select consultation_id, '{late}', upper(translate(right(replace('{late}', '-', ''), 12), 'ilou', 'abcd')), '{late}', fingerprint, version, questionnaire_version, channel, language,
                   consent_to_publish, submitted_at, received_on, true, false, 'client:test', 'Admitted', 'client:test', submitted_at, 'The post was late', answers, asked, answers_digest
              from participation.response where id = '{response}'
            """);
        await Publish<Engagement.ClosingTheLoop.Infrastructure.Persistence.ClosingTheLoopDbContext>(
            "closing_the_loop", new LateResponseAdmittedV1(Guid.CreateVersion7(), Consultation.Id, late, Clock.Now));
        return late;
    }
}
