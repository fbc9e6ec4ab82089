using System.Net;
using System.Net.Http.Json;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Consultations;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Engagements;

namespace Engagement.IntegrationTests.Faults;

/// <summary>Deadlines in the hours of the year that are missing or come twice: the wall time is what was published, the instant is what decides.</summary>
public sealed class ClockChangeTests : ConsultationsTest
{
    private static readonly DateOnly March = new(2027, 3, 28);
    private static readonly DateOnly October = new(2027, 10, 31);
    private static readonly TimeSpan DrainWindow = TimeSpan.FromMinutes(1);

    // In the order in which they come.
    private static readonly (UkMoment Closes, DateTimeOffset ClosesAt)[] Deadlines =
    [
        (new UkMoment(March, new TimeOnly(0, 59)), Utc(2027, 3, 28, 0, 59)),
        (new UkMoment(March, new TimeOnly(2, 0)), Utc(2027, 3, 28, 1, 0)),
        (new UkMoment(October, new TimeOnly(0, 30)), Utc(2027, 10, 30, 23, 30)),
        (new UkMoment(October, new TimeOnly(1, 30), Second: false), Utc(2027, 10, 31, 0, 30)),
        (new UkMoment(October, new TimeOnly(1, 30), Second: true), Utc(2027, 10, 31, 1, 30)),
        (new UkMoment(October, new TimeOnly(2, 30)), Utc(2027, 10, 31, 2, 30)),
    ];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        EngagementId = await Approved(SamplePlan.Complete with
        {
            ConsultationPeriod = null,
            EqualityImpactAssessment = SamplePlan.Complete.EqualityImpactAssessment! with { FullAssessmentOn = new DateOnly(2027, 11, 15) },
            GovernanceDates = [.. SamplePlan.Complete.GovernanceDates.Where(d => d.IsDecision).Select(d => d with { Date = new DateOnly(2027, 12, 14) })],
        });
    }

    [Fact]
    public async Task X22_A_consultation_closes_once_and_to_the_microsecond_on_the_nights_on_which_clocks_change()
    {
        var consultations = new List<(Guid Id, string Slug, DateTimeOffset ClosesAt)>();
        foreach (var (closes, closesAt) in Deadlines)
        {
            var id = await Scheduled(SampleConsultation.Details with { Closes = closes });
            (await ReadConsultation(id)).GetProperty("closesAt").GetDateTimeOffset().ShouldBe(closesAt);
            consultations.Add((id, await SlugOf(id), closesAt));
        }

        Clock.MoveTo(SampleConsultation.OpensAt);
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();

        foreach (var (id, slug, closesAt) in consultations)
        {
            Clock.MoveTo(closesAt.AddMicroseconds(-1));
            await RunJob<CloseDueConsultationsJob>();
            (await StatusOf(id)).ShouldBe("open");
            (await Respond(slug)).ShouldBe(HttpStatusCode.Created);

            Clock.MoveTo(closesAt);
            (await Respond(slug)).ShouldBe(HttpStatusCode.Conflict);
            await RunJob<CloseDueConsultationsJob>();
            (await StatusOf(id)).ShouldBe("closing");

            await App.DeliverEventsAsync();
            Clock.Advance(DrainWindow);
            await RunJob<SealDueResponsesJob>();
            await App.DeliverEventsAsync();
            var closed = await ReadConsultation(id);
            closed.GetProperty("status").GetString().ShouldBe("closed");
            closed.GetProperty("responseCount").GetInt32().ShouldBe(1);
        }

        foreach (var (id, _, _) in consultations)
        {
            (await TimesInHistory(id, "ConsultationClosing")).ShouldBe(1);
            (await TimesInHistory(id, "ConsultationClosed")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task X22_A_deadline_that_does_not_exist_and_one_that_comes_twice_without_saying_which_are_refused_with_what_to_do()
    {
        using var missing = await PostDraft(Body(SampleConsultation.Details with { Closes = new UkMoment(March, new TimeOnly(1, 30)) }));
        using var doubled = await PostDraft(Body(SampleConsultation.Details with { Closes = new UkMoment(October, new TimeOnly(1, 30)) }));

        (await missing.ProblemCode()).ShouldBe("time-does-not-exist");
        (await missing.Content.ReadAsStringAsync()).ShouldContain("does not exist: the clocks go forward over it. Choose a time before 1am or from 2am.");
        (await doubled.ProblemCode()).ShouldBe("time-occurs-twice");
        (await doubled.Content.ReadAsStringAsync()).ShouldContain("occurs twice: the clocks go back. Say which one: the first (summer time) or the second.");
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private async Task<HttpStatusCode> Respond(string slug)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses")
        {
            Content = JsonContent.Create(new { answers = new { q1 = "Keep the stop at the church." } }),
            Headers = { { IdempotencyKey.Header, $"clock-change-{Guid.CreateVersion7():N}" } },
        };
        using var answer = await Anyone.SendAsync(request);
        return answer.StatusCode;
    }
}
