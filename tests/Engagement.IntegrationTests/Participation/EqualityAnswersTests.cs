using System.Net;
using Engagement.Consultations.Contracts;
using Engagement.IntegrationTests.Faults;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Participation;

public sealed class EqualityAnswersTests : ParticipationTest
{
    [Fact]
    public async Task Linked_answers_name_the_response_and_lie_in_a_table_of_their_own()
    {
        var receipt = await Respond();

        var saved = await Put(receipt.Secret, new { sex = "F", impairment = new[] { "VISION" }, religion = "PNS" });

        saved.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Scalar<string>("select e.question_set || ' ' || e.answers::text from participation.equality_answers e join participation.response r on r.id = e.response_id"))
            .ShouldBe("""GSS-2021-E {"sex": ["F"], "religion": ["PNS"]}""", "impairments are asked only of those with a condition");
    }

    [Fact]
    public async Task Separate_answers_name_no_response_and_share_no_transaction_with_one()
    {
        Neighbours.Change(Consultation.Id, f => f with { EqualityAnswers = EqualityAnswers.Separate });
        var receipt = await Respond();

        await Put(receipt.Secret, new { sex = "M" });
        await Put(receipt.Secret, new { sex = "PNS" });

        (await Scalar<int>("select count(*) from participation.equality_answers where response_id is null")).ShouldBe(1);
        (await Scalar<string>("select answers::text from participation.equality_answers")).ShouldBe("""{"sex": ["PNS"]}""");
        (await Scalar<int>("select count(*) from participation.equality_answers e join participation.response r on r.id = e.id or r.xmin = e.xmin")).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "F05")]
    public async Task They_are_taken_for_a_day_after_the_close_and_can_be_removed_at_any_time()
    {
        var receipt = await Respond();
        Clock.MoveTo(ClosesAt.AddHours(24).AddMicroseconds(-1));
        var inTime = await Put(receipt.Secret, new { sex = "F" });
        Clock.MoveTo(ClosesAt.AddHours(24));
        var tooLate = await Put(receipt.Secret, new { sex = "M" });
        Clock.Advance(TimeSpan.FromDays(100));
        var removed = await SendJson(Anyone, HttpMethod.Delete, "/api/v1/public/equality-answers", null, ("Receipt-Secret", receipt.Secret));

        inTime.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await tooLate.ProblemCode()).ShouldBe("equality-answers-closed");
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(0);
        (await Scalar<int>("select count(*) from participation.v1_responses")).ShouldBe(1, "the response itself is kept");
    }

    [Fact]
    public async Task X17_Whoever_withdrew_their_response_and_kept_their_answers_by_a_fault_is_not_told_that_nothing_was_changed()
    {
        var receipt = await Respond();
        await Put(receipt.Secret, new { sex = "F" });
        await AsAdministrator(RaisedFault.At("participation.erasure", "new.kind = 'EqualityAnswers'"));

        using (var failed = await Withdraw())
        {
            failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            (await failed.Json()).GetProperty("detail").GetString().ShouldStartWith("Something went wrong on our side, and whether your request was done is not known");
        }

        (await Scalar<int>("select count(*) from participation.response where withdrawn_at is not null")).ShouldBe(1);
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(1);
        await AsAdministrator(RaisedFault.Over);
        (await Withdraw()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(0);

        Task<HttpResponseMessage> Withdraw() =>
            SendJson(Anyone, HttpMethod.Delete, $"/api/v1/public/responses/{receipt.Reference}", null, ("Receipt-Secret", receipt.Secret), ("If-Match", "\"1\""));
    }

    [Fact]
    public async Task They_need_a_receipt_and_codes_of_the_set()
    {
        var receipt = await Respond();

        var stranger = await Put("0000-0000-0000.nonsense", new { sex = "F" });
        var unknown = await Put(receipt.Secret, new { sex = "X" });

        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Scalar<int>("select count(*) from participation.equality_answers")).ShouldBe(0);
    }

    [Fact]
    public async Task Every_question_of_the_set_can_be_left_unsaid()
    {
        var set = await (await Anyone.GetAsync("/api/v1/public/equality-questions")).Json();

        set.GetProperty("version").GetString().ShouldBe("GSS-2021-E");
        var questions = set.GetProperty("questions").EnumerateArray().ToList();
        questions.Count.ShouldBeGreaterThan(10);
        questions.ShouldAllBe(q => !q.GetProperty("required").GetBoolean());
        questions.ShouldAllBe(q => q.GetProperty("options").EnumerateArray().Any(o => o.GetProperty("code").GetString() == "PNS"));
    }

    private Task<HttpResponseMessage> Put(string secret, object answers) =>
        SendJson(Anyone, HttpMethod.Put, "/api/v1/public/equality-answers", new { answers }, ("Receipt-Secret", secret));
}
