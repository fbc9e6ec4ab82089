using System.Net;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

public sealed class RoundTests : ConsultationsTest
{
    private static readonly object Again = new { whatChanged = "Two routes were added.", opens = new { date = "2027-03-01" }, closes = new { date = "2027-04-25" } };

    [Fact]
    public async Task A_new_round_copies_what_was_asked_withdraws_what_is_open_and_links_both_public_pages()
    {
        var first = await Opened();
        Clock.Advance(TimeSpan.FromDays(14));
        await Respond(await SlugOf(first));

        var next = (await Post(Writer, first, "restart", Again).Success()).GetProperty("id").GetGuid();
        await App.DeliverEventsAsync();
        await RunJob<TellContactsJob>();

        (await StatusOf(first)).ShouldBe("withdrawn");
        var draft = await ReadConsultation(next);
        draft.GetProperty("status").GetString().ShouldBe("draft");
        draft.GetProperty("round").GetInt32().ShouldBe(2);
        draft.GetProperty("restartOf").GetGuid().ShouldBe(first);
        draft.GetProperty("privacyNotice").GetString().ShouldBe(SampleConsultation.Details.PrivacyNotice);
        draft.GetProperty("slug").GetString().ShouldBe("the-future-of-mobile-libraries-2");
        (await Scalar<string>("select latest_digest from participation.questionnaire where consultation_id = $1", next))
            .ShouldBe(await Scalar<string>("select latest_digest from participation.questionnaire where consultation_id = $1", first));
        (await Scalar<int>("select count(*) from participation.response where consultation_id = $1", first)).ShouldBe(1);
        (await Scalar<int>("select count(*) from participation.response where consultation_id = $1", next)).ShouldBe(0);
        (await Told("consultation-withdrawn")).ShouldBe(1);
        (await Told("consultation-restarted")).ShouldBe(0);
        (await Public(first)).GetProperty("otherRounds").GetArrayLength().ShouldBe(0);

        await JudgeAllMet(next);
        await Post(Writer, next, "schedule", new { goodPracticeReason = "It is the second round." }).Success();
        await Post(Checker, next, "approval", null, await VersionOfConsultation(next)).Success();
        await App.DeliverEventsAsync();
        Clock.MoveTo((await ReadConsultation(next)).GetProperty("opensAt").GetDateTimeOffset());
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();
        await RunJob<TellContactsJob>();
        await RunJob<TellContactsJob>();

        (await Told("consultation-restarted")).ShouldBe(1);
        (await Public(first)).GetProperty("otherRounds")[0].GetProperty("round").GetInt32().ShouldBe(2);
        var shown = await Public(next);
        shown.GetProperty("otherRounds")[0].GetProperty("slug").GetString().ShouldBe("the-future-of-mobile-libraries");
        shown.GetProperty("whatChanged").GetString().ShouldBe("Two routes were added.");
        (await TimesInHistory(first, "NextRoundDrafted")).ShouldBe(1);
        (await TimesInHistory(next, "ConsultationRestarted")).ShouldBe(1);
    }

    [Fact]
    public async Task Only_what_people_have_been_asked_is_asked_again_and_once()
    {
        var draft = await Drafted();
        using var never = await Post(Writer, draft, "restart", Again);
        using var silent = await Post(Writer, draft, "restart", new { whatChanged = " ", opens = new { date = "2027-03-01" }, closes = new { date = "2027-04-25" } });
        using var forbidden = await Post(Checker, draft, "restart", Again);
        var first = await Opened();
        using var backwards = await Post(Writer, first, "restart", new { whatChanged = "It did.", opens = new { date = "2027-04-25" }, closes = new { date = "2027-03-01" } });
        (await StatusOf(first)).ShouldBe("open");
        await Post(Writer, first, "restart", Again).Success();
        using var twice = await Post(Writer, first, "restart", Again);

        (await never.ProblemCode()).ShouldBe("never-opened");
        silent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await backwards.ProblemCode()).ShouldBe("period-ends-before-it-opens");
        (await twice.ProblemCode()).ShouldBe("already-restarted");
    }

    private async Task Respond(string slug)
    {
        using var answer = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses") { Content = Content("""{"answers":{"q1":"Keep them."},"email":"resident@example.org"}""") };
        answer.Headers.Add("Idempotency-Key", "asked-again-0001");
        await Anyone.SendAsync(answer).Success();
    }

    private async Task<System.Text.Json.JsonElement> Public(Guid id) => await Anyone.GetAsync($"/api/v1/public/consultations/{await SlugOf(id)}").Success();

    private Task<int> Told(string kind) => Scalar<int>("select count(*) from platform.notification where kind = $1", kind);
}
