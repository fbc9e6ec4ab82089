using System.Net;
using System.Net.Http.Json;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Consultations;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Faults;

/// <summary>Keys are kept for good: whoever repeats a request after years gets the answer of then, and nothing is done anew.</summary>
public sealed class SameKeyYearsLaterTests : ConsultationsTest
{
    [Fact]
    public async Task X33_The_same_key_gets_the_same_answer_after_seven_years_and_the_same_form_makes_no_second_response()
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);
        const string Approval = "approval-of-one-version";
        var approved = await Post(Checker, id, "approval", body: null, version, Approval).Success();
        await App.DeliverEventsAsync();
        Clock.MoveTo(SampleConsultation.OpensAt);
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();
        var slug = await SlugOf(id);
        var receipt = await Respond(slug, "Keep the stop at the church.").Success();
        using var resident = new PageClient(App.Address);
        var first = await resident.Open($"/consultations/{slug}/respond/1");
        var check = await resident.Submit(await resident.Submit(first, new Dictionary<string, string?>(StringComparer.Ordinal) { ["answer-q1"] = "Keep the other stop." }, "Continue"), button: "Continue");
        (await resident.Submit(check, button: "Send your answers")).Heading.ShouldBe("We have received your answers");

        Clock.MoveTo(SampleConsultation.ClosesAt.AddYears(7));
        await App.WorkAsync();

        using var repeated = await Respond(slug, "Keep the stop at the church.");
        repeated.StatusCode.ShouldBe(HttpStatusCode.Created);
        repeated.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await repeated.Json()).GetRawText().ShouldBe(receipt.GetRawText());
        using var other = await Respond(slug, "Something else.");
        (await other.ProblemCode()).ShouldBe("idempotency-key-reused");
        (await Post(Checker, id, "approval", body: null, version, Approval).Success()).GetRawText().ShouldBe(approved.GetRawText());
        (await resident.Submit(check, button: "Send your answers")).Status.ShouldBe(HttpStatusCode.OK);
        (await Scalar<int>("select count(*) from participation.response")).ShouldBe(2);
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
    }

    private async Task<HttpResponseMessage> Respond(string slug, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = words } }),
            Headers = { { IdempotencyKey.Header, "the-key-of-one-response" } },
        };
        return await Anyone.SendAsync(request);
    }
}
