using System.Net;
using System.Text.Json.Nodes;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

public sealed class DraftTests : ConsultationsTest
{
    [Fact]
    public async Task Drafts_a_consultation_with_an_address_of_its_own()
    {
        using var first = await PostDraft(Body());
        using var second = await PostDraft(Body());
        using var third = await PostDraft(Body());

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var draft = await first.Json();
        first.Headers.Location!.ToString().ShouldBe($"/api/v1/consultations/{draft.GetProperty("id").GetGuid()}");
        draft.GetProperty("status").GetString().ShouldBe("draft");
        draft.GetProperty("slug").GetString().ShouldBe("the-future-of-mobile-libraries");
        draft.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(SampleConsultation.ClosesAt);
        draft.GetProperty("closesInWords").GetString().ShouldBe("11:59pm on Sunday 7 March 2027");
        draft.GetProperty("outcomeDueOn").GetString().ShouldBe("2027-05-30");
        (await second.Json()).GetProperty("slug").GetString().ShouldBe("the-future-of-mobile-libraries-2");
        (await third.Json()).GetProperty("slug").GetString().ShouldBe("the-future-of-mobile-libraries-3");
    }

    [Fact]
    public async Task Takes_a_time_of_day_and_asks_which_where_it_occurs_twice()
    {
        var body = Body();
        body["opens"] = new JsonObject { ["date"] = "2027-09-01", ["time"] = "09:00" };
        body["closes"] = new JsonObject { ["date"] = "2027-10-31", ["time"] = "01:30" };
        using var ambiguous = await PostDraft(body);
        body["closes"]!["second"] = true;
        using var clear = await PostDraft(body);

        ambiguous.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ambiguous.ProblemCode()).ShouldBe("time-occurs-twice");
        var draft = await clear.Json();
        draft.GetProperty("opensAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2027, 9, 1, 8, 0, 0, TimeSpan.Zero));
        draft.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2027, 10, 31, 1, 30, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("{\"title\":\"\"}", "title")]
    [InlineData("{\"title\":\"two\\nlines\"}", "title")]
    [InlineData("{\"summary\":\"   \"}", "summary")]
    [InlineData("{\"summary\":\"a\\u0007b\"}", "summary")]
    [InlineData("{\"outcomeDueWeeks\":0}", "outcomeDueWeeks")]
    [InlineData("{\"outcomeDueWeeks\":105}", "outcomeDueWeeks")]
    [InlineData("{\"answerThreshold\":{\"responses\":0,\"share\":null}}", "answerThreshold.responses")]
    [InlineData("{\"answerThreshold\":{\"responses\":null,\"share\":1.01}}", "answerThreshold.share")]
    [InlineData("{\"inputs\":{\"published\":\"2027-02-30\"}}", "inputs.published")]
    [InlineData("{\"inputs\":{\"closes\":\"2027-02-20\"}}", "inputs")]
    [InlineData("{\"regimes\":[\"tro-permanent\",\"tro-permanent\"]}", "regimes")]
    [InlineData("{\"topics\":[\"\"]}", "topics")]
    [InlineData("{\"closes\":{\"date\":\"2027-03-07\",\"time\":\"12:00:30\"}}", "closes")]
    [InlineData("{\"closes\":{\"date\":\"2027-03-07\",\"second\":true}}", "closes")]
    [InlineData("{\"easyReadDocument\":\"Easy Read.pdf\"}", "easyReadWaiver")]
    [InlineData("{\"events\":[{\"title\":\"\",\"where\":\"Hall\",\"starts\":{\"date\":\"2027-02-01\"}}]}", "events[0].title")]
    [InlineData("{\"events\":[{\"title\":\"Drop-in\",\"where\":\"Hall\",\"starts\":{\"date\":\"2027-02-01\",\"time\":\"16:00\"},\"ends\":{\"date\":\"2027-02-01\",\"time\":\"16:00\"}}]}", "events[0].ends")]
    public async Task Names_the_field_that_needs_correcting(string change, string field)
    {
        using var refused = await PostDraft(Changed(change));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await refused.Json();
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([field]);
    }

    [Theory]
    [InlineData("{\"status\":\"open\"}", "unknown-member")]
    [InlineData("{\"slug\":\"mine\"}", "unknown-member")]
    [InlineData("{\"closes\":{\"date\":\"2027-02-30\"}}", "invalid-json")]
    [InlineData("{\"closes\":\"2027-03-07T00:00:00Z\"}", "invalid-json")]
    [InlineData("{\"outcomeDueWeeks\":\"12\"}", "invalid-json")]
    [InlineData("{\"equalityAnswers\":\"both\"}", "invalid-json")]
    public async Task Refuses_what_a_draft_does_not_have(string change, string code)
    {
        using var refused = await PostDraft(Changed(change));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.ProblemCode()).ShouldBe(code);
    }

    [Theory]
    [InlineData("{\"regimes\":[\"no-such-law\"]}", "unknown-regime")]
    [InlineData("{\"inputs\":{\"nonsense\":\"2027-01-01\"}}", "unknown-input")]
    [InlineData("{\"closes\":{\"date\":\"2027-03-28\",\"time\":\"01:30\"}}", "time-does-not-exist")]
    [InlineData("{\"closes\":{\"date\":\"2027-03-07\",\"time\":\"00:00\"}}", "closes-at-midnight")]
    [InlineData("{\"closes\":{\"date\":\"2027-01-10\"}}", "period-ends-before-it-opens")]
    public async Task Refuses_dates_and_laws_that_cannot_be(string change, string code)
    {
        using var refused = await PostDraft(Changed(change));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.ProblemCode()).ShouldBe(code);
    }

    [Fact]
    public async Task Serves_an_engagement_that_exists_and_goes_on()
    {
        var body = Body();
        body["engagementId"] = Guid.CreateVersion7().ToString();
        using var unknown = await PostDraft(body);
        await Author.PostAsync(At(EngagementId, "cancellation"), Content("""{"publicReason":"The proposal was given up."}""")).Success();
        using var cancelled = await PostDraft(Body());

        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await unknown.Json()).GetProperty("errors").GetProperty("engagementId")[0].GetString().ShouldBe("There is no such engagement");
        (await cancelled.ProblemCode()).ShouldBe("engagement-cancelled");
    }

    [Fact]
    public async Task A_patch_replaces_removes_and_leaves_the_rest()
    {
        var id = await Drafted();

        var patched = await PatchConsultation(id, """{"title":"Mobile libraries","whyNow":null,"closes":{"date":"2027-03-14"}}""", 1).Success();

        patched.GetProperty("version").GetInt32().ShouldBe(2);
        patched.GetProperty("title").GetString().ShouldBe("Mobile libraries");
        patched.GetProperty("whyNow").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        patched.GetProperty("summary").GetString().ShouldBe(SampleConsultation.Details.Summary);
        patched.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(SampleConsultation.ClosesAt.AddDays(7));
        patched.GetProperty("slug").GetString().ShouldBe("the-future-of-mobile-libraries");
    }

    [Fact]
    public async Task A_patch_names_the_version_it_was_made_for()
    {
        var id = await Drafted();
        await PatchConsultation(id, """{"title":"First"}""", 1).Success();
        using var without = await PatchConsultation(id, """{"title":"Second"}""", null);
        using var stale = await PatchConsultation(id, """{"title":"Second"}""", 1);
        using var unknown = await PatchConsultation(id, """{"state":"open"}""", 2);
        using var ofAnotherType = await SendJson(Writer, HttpMethod.Patch, Of(id), """{"title":"Second"}""", 2);
        using var ofNothing = await PatchConsultation(Guid.CreateVersion7(), """{"title":"Second"}""", 1);

        without.StatusCode.ShouldBe((HttpStatusCode)428);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ofAnotherType.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        ofNothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ReadConsultation(id)).GetProperty("title").GetString().ShouldBe("First");
    }

    [Fact]
    public async Task Lists_newest_first_page_by_page_and_by_what_is_asked_for()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await Drafted());
        }

        await Post(Writer, ids[2], "withdrawal", new { publicReason = "A mistake" }).Success();

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await Writer.GetAsync($"/api/v1/consultations?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}").Success();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.ShouldBe(ids.AsEnumerable().Reverse());
        var withdrawn = await Writer.GetAsync("/api/v1/consultations?status=withdrawn").Success();
        withdrawn.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()).ShouldBe([ids[2]]);
        (await Writer.GetAsync($"/api/v1/consultations?engagementId={EngagementId}").Success()).GetProperty("items").GetArrayLength().ShouldBe(5);
        (await Writer.GetAsync($"/api/v1/consultations?engagementId={Guid.CreateVersion7()}").Success()).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Writer.GetAsync("/api/v1/consultations?status=awaiting-approval").Success()).GetProperty("items").GetArrayLength().ShouldBe(0);
        foreach (var query in new[] { "sort=title", "status=AwaitingApproval", "status=3", "cursor=zzz" })
        {
            using var refused = await Writer.GetAsync($"/api/v1/consultations?{query}");
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
        }
    }

    [Fact]
    public async Task Writes_only_with_the_right_to()
    {
        var id = await Drafted();
        using var reader = await Client("consultations:read");
        using var create = await reader.PostAsync("/api/v1/consultations", Content(Body().ToJsonString()));
        using var stranger = await Anyone.GetAsync(Of(id));
        using var approve = await Post(Writer, id, "approval", null, 1);

        create.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        approve.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await approve.ProblemCode()).ShouldBe("insufficient-scope");
    }

    private JsonObject Changed(string change)
    {
        var body = Body();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }
}
