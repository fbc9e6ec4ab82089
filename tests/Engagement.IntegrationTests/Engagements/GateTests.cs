using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;

namespace Engagement.IntegrationTests.Engagements;

public sealed class GateTests : EngagementsTest
{
    [Fact]
    public async Task The_readiness_list_says_of_every_check_how_it_stands_and_what_to_do()
    {
        var id = await Created(SamplePlan.Complete with { PublicityPlan = [], Areas = [] });
        await Approver.PostAsJsonAsync(At(id, "waivers"), new { check = "areas", reason = "It concerns no place", planVersion = 1 }).Success();

        var readiness = await Author.GetAsync(At(id, "readiness")).Success();

        readiness.GetProperty("ready").GetBoolean().ShouldBeFalse();
        readiness.GetProperty("planVersion").GetInt32().ShouldBe(1);
        var checks = readiness.GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("key").GetString()!);
        checks.Count.ShouldBe(18);
        checks["purpose"].GetProperty("status").GetString().ShouldBe("pass");
        checks["publicity-plan"].GetProperty("status").GetString().ShouldBe("fail");
        checks["publicity-plan"].GetProperty("reason").GetString().ShouldBe("No publicity is planned.");
        checks["publicity-plan"].GetProperty("remedy").GetString().ShouldNotBeEmpty();
        checks["areas"].GetProperty("status").GetString().ShouldBe("waived");
        checks["areas"].GetProperty("reason").GetString().ShouldBe("It concerns no place");
        checks["areas"].GetProperty("waivedBy").GetString().ShouldStartWith("client:");
    }

    [Fact]
    public async Task A_plan_goes_from_submission_by_reviews_to_approval_and_the_other_modules_are_told()
    {
        var id = await Reviewed();
        (await Author.GetAsync(At(id, "readiness")).Success()).GetProperty("ready").GetBoolean().ShouldBeTrue();
        (await IsApproved(id)).ShouldBeFalse();

        using var answer = await Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Json()).GetProperty("state").GetString().ShouldBe("approved");
        answer.Headers.ETag!.Tag.ShouldBe($"\"{await VersionOf(id)}\"");
        var facts = (await Send(new FindEngagement(new EngagementId(id))))!;
        facts.IsApproved.ShouldBeTrue();
        facts.IsCancelled.ShouldBeFalse();
        facts.Reference.ShouldBe("ENG-2026-0001");
        facts.Department.ShouldBe("Adults and Communities");
        facts.LeadOfficerEmail.ShouldBe("lindiwe.marsh@council.example");
        facts.DecisionOn.ShouldBe(SamplePlan.DecisionOn);
        facts.WhatCannotChange.ShouldBe("The budget of 2027, which the council has set.");
        var sent = JsonSerializer.Deserialize<JsonElement>(await Scalar<string>("select payload from platform.outbox where type = 'EngagementApprovedV1'"));
        sent.GetProperty("engagementId").GetGuid().ShouldBe(id);
        sent.GetProperty("reference").GetString().ShouldBe("ENG-2026-0001");
    }

    [Fact]
    public async Task Approval_is_refused_with_each_check_that_fails_and_nothing_is_half_done()
    {
        var id = await InReview();

        using var answer = await Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 });

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await answer.Json();
        problem.GetProperty("type").GetString().ShouldEndWith(":not-ready");
        problem.GetProperty("breaches").EnumerateArray().Select(b => b.GetProperty("rule").GetString())
            .ShouldBe(["review-policy", "review-legal", "review-equalities", "review-communications"]);
        (await StateOf(id)).ShouldBe("in-review");
        (await Scalar<int>("select count(*) from platform.outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_wrote_the_plan_is_refused_as_reviewer_waiver_and_approver()
    {
        using var both = await Client("engagements:read", "engagements:write", "engagements:approve");
        var id = await Created();
        using (var edit = await Patch(both, id, """{"title":"Mobile libraries","publicityPlan":[]}""", 1))
        {
            edit.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await both.PostAsync(At(id, "submission"), null).Success();
        using var review = await both.PostAsJsonAsync(At(id, "reviews"), new { kind = "policy", verdict = "approve", planVersion = 2 });
        using var waiver = await both.PostAsJsonAsync(At(id, "waivers"), new { check = "publicity-plan", reason = "Agreed", planVersion = 2 });
        using var approval = await both.PostAsJsonAsync(At(id, "approval"), new { planVersion = 2 });

        foreach (var answer in new[] { review, waiver, approval })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await answer.ProblemCode()).ShouldBe("second-approver-required");
        }

        (await VersionOf(id)).ShouldBe(3);
    }

    [Fact]
    public async Task An_edit_voids_the_approval_at_once_for_the_other_modules_too()
    {
        var id = await Approved();
        var version = await VersionOf(id);

        using var edit = await Patch(Author, id, """{"whatCanChange":"The stops only."}""", version);

        edit.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await IsApproved(id)).ShouldBeFalse();
        var read = await Read(id);
        read.GetProperty("state").GetString().ShouldBe("planning");
        read.GetProperty("planVersion").GetInt32().ShouldBe(2);
        read.GetProperty("approval").ValueKind.ShouldBe(JsonValueKind.Null);
        read.GetProperty("reviews").GetArrayLength().ShouldBe(4);
        (await Author.GetAsync(At(id, "readiness")).Success()).GetProperty("ready").GetBoolean().ShouldBeFalse();
        (await Scalar<string>("select data::jsonb ->> 'approvalVoided' from engagements.history where event = 'PlanEdited'")).ShouldBe("true");

        await Author.PostAsync(At(id, "submission"), null).Success();
        await ReviewAll(id, planVersion: 2);
        using var stale = await Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 });
        stale.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await stale.Json();
        problem.GetProperty("type").GetString().ShouldEndWith(":plan-version-not-current");
        problem.GetProperty("planVersion").GetInt32().ShouldBe(2);
        await Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 2 }).Success();
        (await IsApproved(id)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_an_approval_and_an_edit_at_the_same_moment_one_wins_and_nothing_stale_is_approved()
    {
        var id = await Reviewed();
        var version = await VersionOf(id);

        var approving = Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 });
        var editing = Patch(Author, id, """{"title":"Changed meanwhile"}""", version);
        using var approval = await approving;
        using var edit = await editing;

        var read = await Read(id);
        if (edit.StatusCode == HttpStatusCode.OK)
        {
            read.GetProperty("approval").ValueKind.ShouldBe(JsonValueKind.Null);
        }
        else
        {
            edit.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
            approval.StatusCode.ShouldBe(HttpStatusCode.OK);
            read.GetProperty("title").GetString().ShouldBe(SamplePlan.Complete.Title);
        }
    }

    [Fact]
    public async Task A_review_that_asks_for_changes_is_kept_with_its_words_and_stops_the_approval()
    {
        var id = await Reviewed();
        await Reviewer.PostAsJsonAsync(At(id, "reviews"), new { kind = "legal", verdict = "changes-needed", comment = "Cite the Act", planVersion = 1 }).Success();

        using var answer = await Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 });

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Json()).GetProperty("breaches")[0].GetProperty("message").GetString()!.ShouldContain("Cite the Act");
        (await Scalar<string>("select reason from engagements.history where aggregate_id = $1 order by position desc limit 1", id)).ShouldBe("Cite the Act");
    }

    [Theory]
    [InlineData("reviews", """{"kind":"policy","verdict":"changes-needed","planVersion":1}""", "validation-failed")]
    [InlineData("reviews", """{"kind":"astrology","verdict":"approve","planVersion":1}""", "invalid-json")]
    [InlineData("reviews", """{"kind":"policy","verdict":"approve"}""", "invalid-json")]
    [InlineData("waivers", """{"check":"nothing","reason":"Agreed","planVersion":1}""", "validation-failed")]
    [InlineData("waivers", """{"check":"areas","reason":" ","planVersion":1}""", "validation-failed")]
    [InlineData("approval", """{"planVersion":"1"}""", "invalid-json")]
    public async Task A_request_of_the_wrong_shape_is_refused(string part, string json, string code)
    {
        var id = await InReview();

        using var answer = await SendJson(Approver, HttpMethod.Post, At(id, part), json);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCode()).ShouldBe(code);
    }

    [Theory]
    [InlineData("""{"publicReason":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"publicReason":"The scheme has lost its funding."}""", HttpStatusCode.OK)]
    public async Task A_cancellation_tells_the_public_why(string json, HttpStatusCode status)
    {
        var id = await Approved();

        using var answer = await SendJson(Author, HttpMethod.Post, At(id, "cancellation"), json);

        answer.StatusCode.ShouldBe(status);
        var facts = (await Send(new FindEngagement(new EngagementId(id))))!;
        facts.IsCancelled.ShouldBe(status == HttpStatusCode.OK);
        facts.IsApproved.ShouldBe(status != HttpStatusCode.OK);
        (await Scalar<int>(
            "select count(*) from platform.outbox where type = 'EngagementCancelledV1' and payload::jsonb ->> 'publicReason' = 'The scheme has lost its funding.'"))
            .ShouldBe(status == HttpStatusCode.OK ? 1 : 0);
    }

    [Fact]
    public async Task What_is_cancelled_is_not_cancelled_or_changed_again()
    {
        var id = await Created();
        await Author.PostAsJsonAsync(At(id, "cancellation"), new { publicReason = "No funding" }).Success();

        using var again = await Author.PostAsJsonAsync(At(id, "cancellation"), new { publicReason = "No funding" });
        using var edit = await Patch(Author, id, """{"title":"Again"}""", await VersionOf(id));

        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.ProblemCode()).ShouldBe("cannot-be-cancelled");
        edit.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await edit.ProblemCode()).ShouldBe("plan-is-closed");
    }

    [Fact]
    public async Task An_approval_repeated_under_its_key_is_answered_the_same_and_told_once()
    {
        var id = await Reviewed();
        var key = Guid.CreateVersion7().ToString();

        using var first = await SendJson(Approver, HttpMethod.Post, At(id, "approval"), """{"planVersion":1}""", key: key);
        using var second = await SendJson(Approver, HttpMethod.Post, At(id, "approval"), """{"planVersion":1}""", key: key);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
        (await Scalar<int>("select count(*) from platform.outbox where type = 'EngagementApprovedV1'")).ShouldBe(1);
    }
}
