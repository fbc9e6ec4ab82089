using System.Net;
using System.Net.Http.Json;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Consultations;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Participation;

/// <summary>Responses under the deadline that the real Consultations module keeps.</summary>
public sealed class RespondAndCloseTests : ConsultationsTest
{
    [Fact]
    public async Task What_arrived_before_the_deadline_is_what_the_closed_consultation_counts()
    {
        var id = await Opened();
        var slug = await SlugOf(id);
        using var first = await Respond(slug);
        Clock.MoveTo(SampleConsultation.ClosesAt.AddMicroseconds(-1));
        using var last = await Respond(slug);
        Clock.MoveTo(SampleConsultation.ClosesAt);
        using var late = await Respond(slug);

        await RunJob<CloseDueConsultationsJob>();
        await App.DeliverEventsAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await RunJob<SealDueResponsesJob>();
        await App.DeliverEventsAsync();

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        last.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await late.ProblemCode()).ShouldBe("consultation-closed");
        var closed = await ReadConsultation(id);
        closed.GetProperty("status").GetString().ShouldBe("closed");
        closed.GetProperty("responseCount").GetInt32().ShouldBe(2);
        closed.GetProperty("responseDigest").GetString().ShouldBe(await Scalar<string>("select sealed_digest from participation.response_form"));
    }

    [Fact]
    public async Task Takes_a_response_at_the_opening_instant_though_no_job_has_opened_the_consultation()
    {
        var id = await Scheduled();
        var slug = await SlugOf(id);
        Clock.MoveTo(SampleConsultation.OpensAt);

        using var punctual = await Respond(slug);

        punctual.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await StatusOf(id)).ShouldBe("scheduled");
    }

    [Fact]
    public async Task Takes_a_response_after_the_old_deadline_though_the_word_of_the_extension_has_not_come()
    {
        var id = await Opened();
        var slug = await SlugOf(id);
        await Post(Writer, id, "extension", new { closes = new { date = "2027-03-14" }, publicReason = "The forms came late." }).Success();
        await Post(Checker, id, "extension/approval", null, await VersionOfConsultation(id)).Success();
        Clock.MoveTo(SampleConsultation.ClosesAt.AddMinutes(1));

        using var answer = await Respond(slug);
        await App.DeliverEventsAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Scalar<DateTime>("select closes_at from participation.response_form")).ShouldBe(SampleConsultation.ClosesAt.AddDays(7).UtcDateTime);
    }

    [Fact]
    public async Task The_questionnaire_is_locked_once_the_consultation_is_open()
    {
        var id = await Opened();
        using var request = new HttpRequestMessage(HttpMethod.Put, Of(id, "questionnaire"))
        {
            Content = JsonContent.Create(new { pages = new[] { new { title = "Other", questions = new[] { new { code = "q1", type = "short-text", text = "Other?" } } } } }),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        using var answer = await Writer.SendAsync(request);

        (await answer.ProblemCode()).ShouldBe("questionnaire-locked");
        (await Scalar<int>("select count(*) from participation.questionnaire_version")).ShouldBe(1);
    }

    private Task<HttpResponseMessage> Respond(string slug)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = "Keep the stop at the green." } }),
        };
        request.Headers.Add(IdempotencyKey.Header, $"test-{Guid.CreateVersion7():N}");
        return Anyone.SendAsync(request);
    }
}
