using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;

namespace Engagement.IntegrationTests.Engagements;

public sealed class PlanTests : EngagementsTest
{
    [Fact]
    public async Task A_new_plan_is_stored_whole_and_read_back_as_it_was_sent()
    {
        using var answer = await SendJson(Author, HttpMethod.Post, "/api/v1/engagements", Json(SamplePlan.Complete));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var created = await answer.Json();
        created.GetProperty("reference").GetString().ShouldBe("ENG-2026-0001");
        created.GetProperty("state").GetString().ShouldBe("planning");
        var read = await Author.GetAsync(answer.Headers.Location).Success();
        foreach (var field in JsonSerializer.Deserialize<JsonElement>(Json(SamplePlan.Complete)).EnumerateObject())
        {
            JsonElement.DeepEquals(read.GetProperty(field.Name), field.Value).ShouldBeTrue(field.Name);
        }
    }

    [Fact]
    public async Task References_run_without_a_gap_though_one_request_was_refused_and_many_come_at_once()
    {
        using var refused = await SendJson(Author, HttpMethod.Post, "/api/v1/engagements", "{}");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Created()));

        (await Scalar<string>("select string_agg(reference, ',' order by reference) from engagements.engagement"))
            .ShouldBe(string.Join(',', Enumerable.Range(1, 8).Select(n => $"ENG-2026-000{n}")));
    }

    [Fact]
    public async Task Numbers_begin_again_with_the_uk_year()
    {
        await Created();
        Clock.MoveTo(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

        (await Read(await Created())).GetProperty("reference").GetString().ShouldBe("ENG-2027-0001");
    }

    [Fact]
    public async Task A_repeat_under_the_same_key_creates_nothing_again()
    {
        var key = Guid.CreateVersion7().ToString();
        using var first = await SendJson(Author, HttpMethod.Post, "/api/v1/engagements", Json(SamplePlan.Complete), key: key);
        using var second = await SendJson(Author, HttpMethod.Post, "/api/v1/engagements", Json(SamplePlan.Complete), key: key);
        using var other = await SendJson(Author, HttpMethod.Post, "/api/v1/engagements", Json(SamplePlan.InformOnly), key: key);

        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.Headers.Location.ShouldBe(first.Headers.Location);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Scalar<int>("select count(*) from engagements.engagement")).ShouldBe(1);
        (await Scalar<int>("select last from engagements.reference_number")).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"title":"T","summary":"S"}""", "validation-failed", "department")]
    [InlineData("""{"title":"T","summary":"S","department":"D","targetGroups":[{"key":"a","name":"","audience":"residents","reachAimedAt":1}]}""", "validation-failed", "targetGroups[0].name")]
    [InlineData("""{"title":"T","summary":"S","department":"D","purpose":"\u0000"}""", "invalid-json", "purpose")]
    [InlineData("""{"title":"T","summary":"S","department":"D","state":"approved"}""", "unknown-member", "state")]
    [InlineData("""{"title":"T","summary":"S","department":"D","level":"shout"}""", "invalid-json", "level")]
    [InlineData("""{"title":"T","summary":"S","department":"D","consultationPeriod":{"opensOn":"2026-02-29","lastDay":"2026-03-31"}}""", "invalid-json", "consultationPeriod.opensOn")]
    [InlineData("""{"title":"T","title":"U","summary":"S","department":"D"}""", "invalid-json", null)]
    [InlineData("""{"title":null,"summary":"S","department":"D"}""", "invalid-json", "title")]
    [InlineData("""{"title":7,"summary":"S","department":"D"}""", "invalid-json", "title")]
    public async Task A_plan_of_the_wrong_shape_is_refused_at_its_field(string json, string code, string? field)
    {
        using var answer = await SendJson(Author, HttpMethod.Post, "/api/v1/engagements", json);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Json();
        problem.GetProperty("type").GetString().ShouldEndWith(":" + code);
        if (field is not null)
        {
            problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
        }

        (await Scalar<int>("select count(*) from engagements.engagement")).ShouldBe(0);
    }

    [Fact]
    public async Task A_patch_replaces_what_it_names_removes_what_is_null_and_leaves_the_rest()
    {
        var id = await Created();

        using var answer = await Patch(Author, id, """{"title":"Mobile libraries","purpose":null,"inclusionPlan":{"languages":["English"]},"areas":[]}""", 1);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var read = await Read(id);
        read.GetProperty("title").GetString().ShouldBe("Mobile libraries");
        read.GetProperty("purpose").ValueKind.ShouldBe(JsonValueKind.Null);
        read.GetProperty("inclusionPlan").GetProperty("languages").GetArrayLength().ShouldBe(1);
        read.GetProperty("inclusionPlan").GetProperty("places").GetArrayLength().ShouldBe(2);
        read.GetProperty("areas").GetArrayLength().ShouldBe(0);
        read.GetProperty("planVersion").GetInt32().ShouldBe(2);
        (await Scalar<string>("select title from engagements.engagement")).ShouldBe("Mobile libraries");
    }

    [Fact]
    public async Task A_patch_says_which_version_it_was_made_to()
    {
        var id = await Created();

        using var missing = await Patch(Author, id, """{"title":"A"}""", null);
        using var ahead = await Patch(Author, id, """{"title":"A"}""", 2);
        using var right = await Patch(Author, id, """{"title":"A"}""", 1);
        using var stale = await Patch(Author, id, """{"title":"B"}""", 1);

        missing.StatusCode.ShouldBe((HttpStatusCode)428);
        ahead.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await stale.ProblemCode()).ShouldBe("stale-version");
        (await Read(id)).GetProperty("title").GetString().ShouldBe("A");
    }

    [Fact]
    public async Task Of_two_patches_to_one_version_at_the_same_moment_one_is_refused()
    {
        var id = await Created();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Patch(Author, id, $$"""{"title":"Title {{n}}"}""", 1)));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(5);
        (await VersionOf(id)).ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"state":"approved"}""", 400)]
    [InlineData("""{"title":null}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("{", 400)]
    public async Task A_patch_that_cannot_be_applied_changes_nothing(string json, int status)
    {
        var id = await Created();

        using var answer = await Patch(Author, id, json, 1);

        ((int)answer.StatusCode).ShouldBe(status);
        (await VersionOf(id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_patch_comes_as_a_merge_patch_only()
    {
        var id = await Created();

        using var answer = await SendJson(Author, HttpMethod.Patch, At(id), """{"title":"A"}""", 1);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_leaves_the_version()
    {
        var id = await Created();

        using var answer = await Patch(Author, id, """{"title":"The future of mobile libraries"}""", 1);

        answer.Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await Scalar<int>("select count(*) from engagements.history where aggregate_id = $1", id)).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var id = Guid.CreateVersion7();

        (await Author.GetAsync(At(id))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Author.GetAsync(At(id, "readiness"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Author.GetAsync(At(id, "history"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Patch(Author, id, "{}", 1)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Author.PostAsync(At(id, "submission"), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(new FindEngagement(new EngagementId(id)))).ShouldBeNull();
    }

    [Fact]
    public async Task Each_request_needs_its_scope()
    {
        var id = await Created();
        using var reader = await Client("engagements:read");
        using var writer = await Client("engagements:write");
        using var stranger = await Client("consultations:read");
        using var anyone = App.Anyone();

        (await anyone.GetAsync(At(id))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await stranger.GetAsync(At(id))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsync(At(id, "submission"), null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Patch(reader, id, """{"title":"A"}""", 1)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await writer.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await writer.PostAsJsonAsync(At(id, "reviews"), new { kind = "policy", verdict = "approve", planVersion = 1 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await writer.PostAsJsonAsync(At(id, "waivers"), new { check = "areas", reason = "None", planVersion = 1 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await VersionOf(id)).ShouldBe(1);
    }

    [Fact]
    public async Task The_register_shows_the_newest_first_page_by_page_and_by_state_and_department()
    {
        var ids = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            ids.Add(await Created(SamplePlan.Complete with { Department = n % 2 == 0 ? "Highways" : "Children and Families", LeadOfficer = n == 4 ? null : SamplePlan.Complete.LeadOfficer }));
        }

        var first = await Author.GetAsync("/api/v1/engagements?limit=3").Success();
        var second = await Author.GetAsync($"/api/v1/engagements?limit=3&cursor={first.GetProperty("next").GetString()}").Success();

        Ids(first).Concat(Ids(second)).ShouldBe(ids.AsEnumerable().Reverse());
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        Ids(await Author.GetAsync("/api/v1/engagements?state=idea").Success()).ShouldBe([ids[4]]);
        Ids(await Author.GetAsync("/api/v1/engagements?department=Highways&state=planning").Success()).ShouldBe([ids[2], ids[0]]);
        Ids(await Author.GetAsync("/api/v1/engagements?state=in-review").Success()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?state=somewhere", "validation-failed")]
    [InlineData("?state=InReview", "validation-failed")]
    [InlineData("?limit=0", "validation-failed")]
    [InlineData("?limit=201", "validation-failed")]
    [InlineData("?cursor=abc", "validation-failed")]
    [InlineData("?department=%00", "bad-request")]
    [InlineData("?page=2", "unknown-parameter")]
    public async Task A_list_that_cannot_be_made_is_refused(string query, string code)
    {
        using var answer = await Author.GetAsync($"/api/v1/engagements{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe(code);
    }

    [Fact]
    public async Task The_history_tells_each_edit_with_before_and_after_and_no_name_of_a_person()
    {
        var id = await Created();
        using var answer = await Patch(Author, id, """{"title":"Mobile libraries","leadOfficer":{"name":"Ola Brandt","email":"ola.brandt@council.example"}}""", 1);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var history = await Author.GetAsync(At(id, "history")).Success();

        history.GetArrayLength().ShouldBe(2);
        history[0].GetProperty("event").GetString().ShouldBe("EngagementCreated");
        history[1].GetProperty("event").GetString().ShouldBe("PlanEdited");
        history[1].GetProperty("previousHash").GetString().ShouldBe(history[0].GetProperty("hash").GetString());
        var changes = history[1].GetProperty("data").GetProperty("changes").EnumerateArray().ToDictionary(c => c.GetProperty("field").GetString()!);
        changes.Keys.ShouldBe(["title", "leadOfficer"], ignoreOrder: true);
        changes["title"].GetProperty("before").GetString().ShouldBe("The future of mobile libraries");
        changes["title"].GetProperty("after").GetString().ShouldBe("Mobile libraries");
        changes["leadOfficer"].GetProperty("after").ValueKind.ShouldBe(JsonValueKind.Null);
        var stored = await Scalar<string>("select string_agg(data, ' ') from engagements.history");
        foreach (var personal in new[] { "Brandt", "Lindiwe", "council.example", "Quill" })
        {
            stored.ShouldNotContain(personal);
        }
    }

    private static List<Guid> Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
}
