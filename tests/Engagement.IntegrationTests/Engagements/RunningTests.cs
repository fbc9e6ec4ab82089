using System.Net;
using System.Net.Http.Json;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Engagements;

public sealed class RunningTests : EngagementsTest
{
    private readonly ConsultationId first = ConsultationId.New();
    private readonly ConsultationId second = ConsultationId.New();

    [Fact]
    public async Task It_follows_its_consultation_from_scheduling_to_the_published_outcome()
    {
        var id = await Approved();

        await Tell(Scheduled(id, first));
        (await StateOf(id)).ShouldBe("approved");
        await Tell(Opened(id, first));
        (await StateOf(id)).ShouldBe("live");
        await Tell(Closed(id, first));
        (await StateOf(id)).ShouldBe("analysing");
        await Tell(Coded(first));
        (await StateOf(id)).ShouldBe("awaiting-decision");
        await Tell(Published(first));
        (await StateOf(id)).ShouldBe("fed-back");
        (await Scalar<string>("select string_agg(event, ',' order by position) from engagements.history where event like '%Moved'"))
            .ShouldBe("EngagementMoved,EngagementMoved,EngagementMoved,EngagementMoved");
    }

    [Fact]
    public async Task It_analyses_when_the_last_of_its_consultations_has_closed_and_a_withdrawn_one_does_not_count()
    {
        var id = await Approved();
        await Tell(Opened(id, first));
        await Tell(Opened(id, second));

        await Tell(Closed(id, first));
        (await StateOf(id)).ShouldBe("live");

        await Tell(new ConsultationWithdrawnV1(Guid.CreateVersion7(), second, new EngagementId(id), "Restarted", Clock.Now));
        (await StateOf(id)).ShouldBe("analysing");
        (await Read(id)).GetProperty("consultations").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task The_same_news_twice_and_old_news_change_nothing()
    {
        var id = await Approved();
        await Tell(Closed(id, first));
        var version = await VersionOf(id);

        await Tell(Closed(id, first));
        await Tell(Opened(id, first));
        await Tell(Scheduled(id, first));

        (await StateOf(id)).ShouldBe("analysing");
        (await VersionOf(id)).ShouldBe(version);
    }

    [Fact]
    public async Task News_of_an_engagement_that_is_not_here_is_done_with()
    {
        await Tell(Opened(Guid.CreateVersion7(), first));

        (await Scalar<int>("select count(*) from platform.delivery where handled_at is null")).ShouldBe(0);
        (await Scalar<int>("select count(*) from engagements.engagement_consultation")).ShouldBe(0);
    }

    [Fact]
    public async Task News_of_a_consultation_whose_scheduling_is_still_on_its_way_reaches_its_engagement()
    {
        var id = await Approved();
        var consultation = await Drafted(id);

        await Tell(Coded(consultation));
        (await StateOf(id)).ShouldBe("awaiting-decision");

        await Tell(Published(ConsultationId.New()));
        (await StateOf(id)).ShouldBe("awaiting-decision");
    }

    [Fact]
    public async Task A_cancelled_engagement_takes_its_consultations_with_it_and_hears_of_it()
    {
        var id = await Approved();
        var consultation = await Drafted(id);

        await Author.PostAsJsonAsync(At(id, "cancellation"), new { publicReason = "The scheme has lost its funding." }).Success();
        await App.DeliverEventsAsync();

        (await Send(new FindConsultation(consultation)))!.Status.ShouldBe(ConsultationStatus.Withdrawn);
        var read = await Read(id);
        read.GetProperty("state").GetString().ShouldBe("cancelled");
        read.GetProperty("consultations")[0].GetProperty("isWithdrawn").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task While_it_runs_governance_dates_move_and_the_purpose_does_not()
    {
        var id = await Approved();
        await Tell(Opened(id, first));
        var version = await VersionOf(id);

        using var purpose = await Patch(Author, id, """{"purpose":"Another"}""", version);
        using var early = await Patch(Author, id, """{"governanceDates":[{"body":"cabinet","date":"2027-03-07","purpose":"Decide","isDecision":true}]}""", version);
        using var later = await Patch(Author, id, """{"governanceDates":[{"body":"cabinet","date":"2027-06-15","purpose":"Decide","isDecision":true}]}""", version);

        purpose.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await purpose.Json()).GetProperty("breaches")[0].GetProperty("subject").GetString().ShouldBe("purpose");
        early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await early.ProblemCode()).ShouldBe("edit-breaks-the-gate");
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
        var facts = (await Send(new FindEngagement(new EngagementId(id))))!;
        facts.IsApproved.ShouldBeTrue();
        facts.DecisionOn.ShouldBe(new DateOnly(2027, 6, 15));
    }

    [Fact]
    public async Task An_inform_only_engagement_records_its_reach_and_is_evaluated()
    {
        var id = await Approved(SamplePlan.InformOnly);

        using var recorded = await Author.PostAsJsonAsync(At(id, "activities"), Leaflet("2026-11-23"));
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await recorded.Json()).GetProperty("engagement").GetProperty("state").GetString().ShouldBe("live");
        var activity = (await Read(id)).GetProperty("activities")[0];
        activity.GetProperty("reach").GetInt32().ShouldBe(1200);
        activity.GetProperty("reachMeasure").GetString().ShouldBe("Leaflets delivered, one a household");

        using var unscored = await Author.PostAsJsonAsync(At(id, "evaluation"), new { lessons = "Print earlier." });
        unscored.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await unscored.Json()).GetProperty("breaches").GetArrayLength().ShouldBe(2);

        await Score(id, "heard", """{"measuredValue":400.5,"measuredOn":"2026-11-23"}""");
        await Score(id, "no-help-refused", """{"measuredValue":6,"measuredOn":"2026-11-23","note":"Two at Oadby"}""");
        await Author.PostAsJsonAsync(At(id, "evaluation"), new { lessons = "Print earlier." }).Success();

        var read = await Read(id);
        read.GetProperty("state").GetString().ShouldBe("evaluated");
        read.GetProperty("evaluation").GetProperty("lessons").GetString().ShouldBe("Print earlier.");
        read.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("met").GetBoolean()).ShouldBe([true, false]);
        read.GetProperty("scores")[0].GetProperty("measuredValue").GetDecimal().ShouldBe(400.5m);
    }

    [Theory]
    [InlineData("""{"title":"Leaflet","medium":"leaflet","heldOn":"2026-11-23","reach":-1,"reachMeasure":"Delivered"}""", HttpStatusCode.BadRequest, "validation-failed")]
    [InlineData("""{"title":"Leaflet","medium":"leaflet","heldOn":"2026-11-23","reach":1,"reachMeasure":""}""", HttpStatusCode.BadRequest, "validation-failed")]
    [InlineData("""{"title":"Leaflet","medium":"leaflet","heldOn":"2026-11-23T10:00:00Z","reach":1,"reachMeasure":"Delivered"}""", HttpStatusCode.BadRequest, "invalid-json")]
    [InlineData("""{"title":"Leaflet","medium":"leaflet","heldOn":"2026-11-24","reach":1,"reachMeasure":"Delivered"}""", HttpStatusCode.Conflict, "activity-still-to-come")]
    [InlineData("""{"title":"Leaflet","medium":"leaflet","heldOn":"2026-11-23","reach":1,"reachMeasure":"Delivered","targetGroups":["x"]}""", HttpStatusCode.Conflict, "no-such-target-group")]
    public async Task An_activity_that_cannot_be_so_is_refused(string json, HttpStatusCode status, string code)
    {
        var id = await Approved(SamplePlan.InformOnly);

        using var answer = await SendJson(Author, HttpMethod.Post, At(id, "activities"), json);

        answer.StatusCode.ShouldBe(status);
        (await answer.ProblemCode()).ShouldBe(code);
        (await StateOf(id)).ShouldBe("approved");
    }

    [Fact]
    public async Task An_activity_before_the_approval_is_refused()
    {
        var id = await InReview(SamplePlan.InformOnly);

        using var answer = await Author.PostAsJsonAsync(At(id, "activities"), Leaflet("2026-11-23"));

        (await answer.ProblemCode()).ShouldBe("activity-needs-approval");
    }

    [Fact]
    public async Task A_score_needs_the_version_a_criterion_of_the_plan_and_a_day_that_has_come()
    {
        var id = await Approved();
        var early = await VersionOf(id);
        using var tooEarly = await PutScore(id, "heard", """{"measuredValue":1,"measuredOn":"2026-11-23"}""", early);
        await Tell(Opened(id, first));
        var version = await VersionOf(id);

        using var missing = await PutScore(id, "heard", """{"measuredValue":1,"measuredOn":"2026-11-23"}""", null);
        using var stale = await PutScore(id, "heard", """{"measuredValue":1,"measuredOn":"2026-11-23"}""", early);
        using var unknown = await PutScore(id, "unheard", """{"measuredValue":1,"measuredOn":"2026-11-23"}""", version);
        using var tomorrow = await PutScore(id, "heard", """{"measuredValue":1,"measuredOn":"2026-11-24"}""", version);
        using var words = await PutScore(id, "heard", """{"measuredValue":"many","measuredOn":"2026-11-23"}""", version);
        using var right = await PutScore(id, "heard", """{"measuredValue":1,"measuredOn":"2026-11-23"}""", version);

        (await tooEarly.ProblemCode()).ShouldBe("nothing-to-score-yet");
        missing.StatusCode.ShouldBe((HttpStatusCode)428);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await tomorrow.ProblemCode()).ShouldBe("measurement-still-to-come");
        words.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task With_every_outcome_published_it_is_scored_and_evaluated()
    {
        var id = await Approved();
        await Tell(Opened(id, first));
        await Score(id, "heard", """{"measuredValue":399,"measuredOn":"2026-11-23"}""");
        await Score(id, "no-help-refused", """{"measuredValue":5,"measuredOn":"2026-11-23"}""");
        using var early = await Author.PostAsJsonAsync(At(id, "evaluation"), new { lessons = "Start earlier." });
        (await early.ProblemCode()).ShouldBe("loop-not-closed");
        await Tell(Closed(id, first));
        await Tell(Published(first));

        await Author.PostAsJsonAsync(At(id, "evaluation"), new { lessons = "Start earlier." }).Success();

        (await StateOf(id)).ShouldBe("evaluated");
        using var empty = await Author.PostAsJsonAsync(At(id, "evaluation"), new { lessons = "" });
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static object Leaflet(string heldOn) => new
    {
        title = "Leaflet to every household", medium = "leaflet", heldOn, reach = 1200, reachMeasure = "Leaflets delivered, one a household", targetGroups = new[] { "users" },
    };

    private Task<HttpResponseMessage> PutScore(Guid id, string criterion, string json, int? ifMatch) =>
        SendJson(Author, HttpMethod.Put, At(id, $"success-criteria/{criterion}/score"), json, ifMatch);

    private async Task Score(Guid id, string criterion, string json) => await PutScore(id, criterion, json, await VersionOf(id)).Success();

    private async Task<ConsultationId> Drafted(Guid id)
    {
        using var client = await Client("consultations:write");
        var drafted = await client.PostAsJsonAsync(
            "/api/v1/consultations",
            new { engagementId = id, title = "Mobile libraries", summary = "Where should they stop?", opens = new { date = "2027-01-11" }, closes = new { date = "2027-03-07" } }).Success();
        return new ConsultationId(drafted.GetProperty("id").GetGuid());
    }

    private ConsultationScheduledV1 Scheduled(Guid id, ConsultationId consultation) => new(
        Guid.CreateVersion7(), consultation, new EngagementId(id), "mobile-libraries", "Mobile libraries", 1, Clock.Now.AddDays(1), Clock.Now.AddDays(60), Clock.Now);

    private ConsultationOpenedV1 Opened(Guid id, ConsultationId consultation) => new(
        Guid.CreateVersion7(), consultation, new EngagementId(id), Clock.Now, Clock.Now.AddDays(60), Clock.Now);

    private ConsultationClosedV1 Closed(Guid id, ConsultationId consultation) => new(
        Guid.CreateVersion7(), consultation, new EngagementId(id), "mobile-libraries", "Mobile libraries", Clock.Now, 12, new string('0', 64),
        new DateOnly(2027, 6, 1), AnswerThreshold.EveryTheme, Clock.Now);

    private CodingCompletedV1 Coded(ConsultationId consultation) => new(Guid.CreateVersion7(), consultation, 4, Clock.Now);

    private OutcomePublishedV2 Published(ConsultationId consultation, bool closesTheLoop = true) => new(
        Guid.CreateVersion7(), consultation, "mobile-libraries", "Mobile libraries", 1, closesTheLoop, Clock.Now);

    /// <summary>Puts another module's event into the outbox for this module's handlers, and hands it over as the relay does.</summary>
    private async Task Tell(IIntegrationEvent integrationEvent)
    {
        await using (var scope = App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDbContext>();
            db.Outbox.Add(OutboxMessage.Of(integrationEvent, "test"));
            foreach (var subscriber in App.Services.GetRequiredService<Subscriptions>().To(integrationEvent.GetType()).Where(s => s.Name.StartsWith("engagements/", StringComparison.Ordinal)))
            {
                db.Deliveries.Add(Delivery.Of(integrationEvent, subscriber.Name));
            }

            await db.SaveChangesAsync();
        }

        await App.DeliverEventsAsync();
    }
}
