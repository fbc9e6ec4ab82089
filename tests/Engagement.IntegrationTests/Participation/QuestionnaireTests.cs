using System.Net;
using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Contracts;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Participation;

public sealed class QuestionnaireTests : ParticipationTest
{
    private const string One = """{"pages":[{"title":"One","questions":[{"code":"q1","type":"short-text","text":"Why?"}]}]}""";
    private const string Two = """{"pages":[{"title":"One","questions":[{"code":"q1","type":"single","text":"Why?","required":true,"options":[{"code":"a","label":"A"},{"code":"b","label":"B"}]},{"code":"q2","type":"scale","text":"How much?","scale":{"low":1,"high":3,"lowLabel":"Little","highLabel":"Much"},"showWhen":{"terms":[{"question":"q1","test":"any-of","options":["a"]}]}}]}]}""";

    private HttpClient officer = null!;
    private ConsultationFacts draft = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        officer = await Client("participation:read", "participation:write");
        draft = Neighbours.Add(OpensAt.AddDays(1), ClosesAt.AddDays(30));
    }

    public override async Task DisposeAsync()
    {
        officer.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Each_change_is_a_version_and_the_ones_before_stay()
    {
        var first = await Put(One);
        var second = await Put(Two, "\"1\"");
        var same = await Put(Two, "\"2\"");

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await same.Json()).GetProperty("version").GetInt32().ShouldBe(2, "the same content again changes nothing");
        var old = await (await officer.GetAsync($"{Address}?version=1")).Json();
        old.GetProperty("content").GetProperty("pages")[0].GetProperty("questions")[0].GetProperty("type").GetString().ShouldBe("short-text");
        old.GetProperty("latestVersion").GetInt32().ShouldBe(2);
        var facts = (await Send(new FindQuestionnaire(draft.Id))).ShouldNotBeNull();
        facts.Digest.ShouldBe((await second.Json()).GetProperty("digest").GetString());
        facts.Questions[1].Options.Select(o => o.Label).ShouldBe(["1 (Little)", "2", "3 (Much)"]);
        (await Send(new FindQuestions(draft.Id, 1)))[0].IsFreeText.ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(() => Send(new FindQuestions(draft.Id, 3)));
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read()
    {
        var tooSoon = await Put(One, "\"1\"");
        await Put(One);
        var without = await Put(Two);
        await Put(Two, "\"1\"");
        var stale = await Put(One, "\"1\"");

        tooSoon.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        ((int)without.StatusCode).ShouldBe(428);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task A_change_voids_the_approval_and_the_same_content_does_not()
    {
        await Put(One);
        Neighbours.Change(draft.Id, f => f with { Status = ConsultationStatus.Scheduled, QuestionnaireVersion = 1 });
        var before = Neighbours.ApprovalsVoided;

        await Put(One, "\"1\"");
        Neighbours.ApprovalsVoided.ShouldBe(before);
        await Put(Two, "\"1\"");
        Neighbours.ApprovalsVoided.ShouldBe(before + 1);
    }

    [Fact]
    [Trait("Attack", "A09")]
    [Trait("Attack", "E13")]
    public async Task Nothing_changes_once_the_consultation_has_opened()
    {
        await Put(One);
        Neighbours.Change(draft.Id, f => f with { Status = ConsultationStatus.Open, QuestionnaireVersion = 1 });

        var answer = await Put(Two, "\"1\"");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ProblemCode()).ShouldBe("questionnaire-locked");
        (await Scalar<int>("select count(*) from participation.questionnaire_version where consultation_id = $1", draft.Id.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task The_public_sees_the_approved_version_and_nothing_before()
    {
        await Put(One);
        var hidden = await Anyone.GetAsync($"/api/v1/public/consultations/{draft.Slug}/questionnaire");
        Neighbours.Change(draft.Id, f => f with { Status = ConsultationStatus.Scheduled, QuestionnaireVersion = 1 });
        var shown = await (await Anyone.GetAsync($"/api/v1/public/consultations/{draft.Slug}/questionnaire")).Json();

        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        shown.GetProperty("version").GetInt32().ShouldBe(1);
        shown.GetProperty("equalityAnswers").GetString().ShouldBe("linked");
        shown.GetProperty("content").GetProperty("pages").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_refused_at_its_place()
    {
        var answer = await Put("""{"pages":[{"title":"One","questions":[{"code":"q1","type":"single","text":"Why?","options":[{"code":"a","label":"A"}]},{"code":"q1","type":"date","text":"","showWhen":{"terms":[{"question":"q9","test":"answered"}]}}]}]}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(
            ["pages[0].questions[0].options", "pages[0].questions[1].text", "pages[0].questions[1].showWhen.terms[0].question", "pages[0].questions[1].code"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"pages":null}""")]
    [InlineData("""{"pages":[null]}""")]
    [InlineData("""{"pages":[{"title":"One","questions":[null]}]}""")]
    [InlineData("""{"pages":[{"title":"One","questions":[{"code":"q1","type":"single","text":"?","options":[null]}]}]}""")]
    [InlineData("""{"pages":[{"title":"One","questions":[{"code":"q1","type":"telepathy","text":"?"}]}]}""")]
    [InlineData("""{"pages":[{"title":"One","questions":[{"code":"q1","type":"scale","text":"?","scale":{"low":-2147483648,"high":2147483647,"lowLabel":"a","highLabel":"b"}}]}]}""")]
    public async Task Bad_input_is_a_400_and_stores_nothing(string body)
    {
        (await Put(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Scalar<int>("select count(*) from participation.questionnaire_version where consultation_id = $1", draft.Id.Value)).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "A09")]
    public async Task Nobody_writes_without_the_scope_and_nobody_writes_for_a_consultation_that_is_not_there()
    {
        using var reader = await Client("participation:read");

        (await SendJson(reader, HttpMethod.Put, Address, Json(One))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendJson(Anyone, HttpMethod.Put, Address, Json(One))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendJson(officer, HttpMethod.Put, $"/api/v1/consultations/{Guid.CreateVersion7()}/questionnaire", Json(One))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private string Address => $"/api/v1/consultations/{draft.Id}/questionnaire";

    private Task<HttpResponseMessage> Put(string body, string? ifMatch = null) => SendJson(officer, HttpMethod.Put, Address, Json(body), ("If-Match", ifMatch));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
