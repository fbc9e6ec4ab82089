using System.Net;
using System.Text.Json.Nodes;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Participation.Contracts;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Participation;

public sealed class ReceiptTests : ParticipationTest
{
    [Fact]
    public async Task The_secret_alone_shows_the_response_as_it_can_be_sent_again()
    {
        var receipt = await Respond(new { answers = new { q1 = "yes", q2 = new[] { "mon" }, q3 = "Longer hours", q4 = 2.0, q5 = "2026-11-01", q6 = 3 }, consentToPublish = true });

        var own = await SendJson(Anyone, HttpMethod.Get, "/api/v1/public/receipts", null, ("Receipt-Secret", receipt.Secret));

        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        own.Headers.ETag!.Tag.ShouldBe("\"1\"");
        own.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var body = await own.Json();
        body.GetProperty("reference").GetString().ShouldBe(receipt.Reference);
        body.GetProperty("state").GetString().ShouldBe("submitted");
        body.GetProperty("canChange").GetBoolean().ShouldBeTrue();
        body.GetProperty("outcome").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        JsonNode.DeepEquals(
            JsonNode.Parse(body.GetProperty("answers").GetRawText()),
            JsonNode.Parse("""{"q1":"yes","q2":["mon"],"q3":"Longer hours","q4":2,"q5":"2026-11-01","q6":3}""")).ShouldBeTrue(body.GetProperty("answers").GetRawText());
    }

    [Fact]
    [Trait("Attack", "A04")]
    public async Task A_reference_proves_nothing_and_a_wrong_secret_answers_as_an_unknown_reference_does()
    {
        var receipt = await Respond();
        var guess = receipt.Reference + "." + new string('A', receipt.Secret.Length - receipt.Reference.Length - 1);

        var without = await Get($"/api/v1/public/responses/{receipt.Reference}", null);
        var wrong = await Get($"/api/v1/public/responses/{receipt.Reference}", guess);
        var unknown = await Get("/api/v1/public/responses/0000-0000-0000", $"0000-0000-0000.{receipt.Secret.Split('.')[1]}");

        foreach (var answer in new[] { without, wrong, unknown })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await BodyWithoutTrace(wrong)).ShouldBe(await BodyWithoutTrace(unknown));
        (await BodyWithoutTrace(without)).ShouldBe(await BodyWithoutTrace(unknown));
    }

    [Fact]
    [Trait("Attack", "A05")]
    public async Task The_secret_of_one_response_does_not_open_another()
    {
        var mine = await Respond();
        var theirs = await Respond(Answers("no"));

        var read = await Get($"/api/v1/public/responses/{theirs.Reference}", mine.Secret);
        var write = await Put(theirs.Reference, mine.Secret, Answers());
        var delete = await Delete(theirs.Reference, mine.Secret);

        read.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        write.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        delete.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Scalar<int>("select count(*) from participation.response where version > 1 or withdrawn_at is not null")).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "A18")]
    public async Task Answers_can_be_changed_until_the_deadline_and_what_was_said_before_is_kept()
    {
        var receipt = await Respond(new { answers = new { q1 = "yes", q3 = "first" } });
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));

        var changed = await Put(receipt.Reference, receipt.Secret, new { answers = new { q1 = "no", q3 = "second" } });
        Clock.MoveTo(ClosesAt);
        var tooLate = await Put(receipt.Reference, receipt.Secret, Answers(), version: 2);
        var read = await Get("/api/v1/public/receipts", receipt.Secret);

        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        tooLate.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await tooLate.ProblemCode()).ShouldBe("consultation-closed");
        var own = await read.Json();
        own.GetProperty("answers").GetProperty("q3").GetString().ShouldBe("second");
        own.GetProperty("canChange").GetBoolean().ShouldBeFalse();
        (await Scalar<string>("select version || ' ' || answers::text from participation.response_version")).ShouldBe("""1 {"q1": ["yes"], "q3": "first"}""");
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read_and_passes_the_same_validation()
    {
        var receipt = await Respond();
        await Put(receipt.Reference, receipt.Secret, Answers("no"));

        var without = await SendJson(Anyone, HttpMethod.Put, $"/api/v1/public/responses/{receipt.Reference}", Answers(), ("Receipt-Secret", receipt.Secret));
        var stale = await Put(receipt.Reference, receipt.Secret, Answers());
        var invalid = await Put(receipt.Reference, receipt.Secret, new { answers = new { q1 = "maybe" } }, version: 2);

        ((int)without.StatusCode).ShouldBe(428);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        invalid.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await invalid.Json()).GetProperty("errors").TryGetProperty("answers.q1", out _).ShouldBeTrue();
        (await Scalar<int>("select version from participation.response")).ShouldBe(2);
    }

    [Fact]
    public async Task A_withdrawn_response_counts_no_more_and_its_address_and_equality_answers_are_gone()
    {
        var receipt = await Respond(new { answers = new { q1 = "yes" }, email = "resident@example.org" });
        await SendJson(Anyone, HttpMethod.Put, "/api/v1/public/equality-answers", new { answers = new { sex = "F" } }, ("Receipt-Secret", receipt.Secret));
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(1);

        var withdrawn = await Delete(receipt.Reference, receipt.Secret);
        var again = await Delete(receipt.Reference, receipt.Secret);
        var own = await (await Get("/api/v1/public/receipts", receipt.Secret)).Json();

        withdrawn.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        again.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        own.GetProperty("state").GetString().ShouldBe("withdrawn");
        own.GetProperty("answers").EnumerateObject().ShouldBeEmpty();
        (await Scalar<int>("select count(*) from participation.v1_responses")).ShouldBe(0);
        (await Scalar<int>("select count(*) from participation.contact")).ShouldBe(0);
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(0);
        (await (await Put(receipt.Reference, receipt.Secret, Answers(), version: 2)).ProblemCode()).ShouldBe("response-withdrawn");
    }

    [Fact]
    [Trait("Attack", "A18")]
    public async Task A_response_cannot_be_withdrawn_at_the_closing_instant()
    {
        var receipt = await Respond();
        Clock.MoveTo(ClosesAt);

        var answer = await Delete(receipt.Reference, receipt.Secret);

        (await answer.ProblemCode()).ShouldBe("consultation-closed");
        (await Scalar<int>("select count(*) from participation.response where withdrawn_at is null")).ShouldBe(1);
    }

    [Fact]
    public async Task Once_the_outcome_is_published_the_receipt_shows_what_became_of_ones_own_words()
    {
        var receipt = await Respond(new { answers = new { q1 = "yes", q3 = "Open on Sundays" } });
        var hours = ThemeId.New();
        Neighbours.Outcome = new PublishedOutcome(
            2, Clock.Now, "Cabinet", new DateOnly(2026, 12, 1),
            [
                new ThemeOutcome(ThemeId.New(), "Parking", "Is it enough?", "No", "not-adopted", "Nothing changes", "There is no land"),
                new ThemeOutcome(hours, "Opening hours", "When?", "Sundays", "adopted", "Open on Sundays from May", null),
            ],
            new Dictionary<ResponseId, IReadOnlyList<ThemeId>> { [await OnlyResponse()] = [hours] });
        Clock.MoveTo(ClosesAt);

        var outcome = (await (await Get("/api/v1/public/receipts", receipt.Secret)).Json()).GetProperty("outcome");

        outcome.GetProperty("version").GetInt32().ShouldBe(2);
        var themes = outcome.GetProperty("themes");
        themes[0].GetProperty("name").GetString().ShouldBe("Opening hours");
        themes[0].GetProperty("isYours").GetBoolean().ShouldBeTrue();
        themes[1].GetProperty("isYours").GetBoolean().ShouldBeFalse();
        themes[1].GetProperty("reason").GetString().ShouldBe("There is no land");
    }

    private async Task<ResponseId> OnlyResponse()
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ParticipationDbContext>().Responses.Select(r => r.Id).SingleAsync();
    }

    private Task<HttpResponseMessage> Get(string address, string? secret) => SendJson(Anyone, HttpMethod.Get, address, null, ("Receipt-Secret", secret));

    private Task<HttpResponseMessage> Put(string reference, string secret, object body, int version = 1) =>
        SendJson(Anyone, HttpMethod.Put, $"/api/v1/public/responses/{reference}", body, ("Receipt-Secret", secret), ("If-Match", $"\"{version}\""));

    private Task<HttpResponseMessage> Delete(string reference, string secret, int version = 1) =>
        SendJson(Anyone, HttpMethod.Delete, $"/api/v1/public/responses/{reference}", null, ("Receipt-Secret", secret), ("If-Match", $"\"{version}\""));

    private static async Task<string> BodyWithoutTrace(HttpResponseMessage answer)
    {
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        body.Remove("traceId").ShouldBeTrue();
        return body.ToJsonString();
    }
}
