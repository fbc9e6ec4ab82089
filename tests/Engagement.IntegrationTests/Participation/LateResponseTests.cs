using System.Net;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Participation;

public sealed class LateResponseTests : ParticipationTest
{
    /// <summary>The UK day of the deadline: the test's clock starts on it.</summary>
    private static readonly string LastDay = "2026-11-23";
    private static readonly string DayAfter = "2026-11-24";

    private HttpClient clerk = null!;
    private HttpClient colleague = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        clerk = await Client("participation:write", "participation:read");
        colleague = await Client("participation:write");
    }

    public override async Task DisposeAsync()
    {
        clerk.Dispose();
        colleague.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_of_the_last_day_counts_and_may_leave_out_what_is_required()
    {
        var logged = await (await Log(new { channel = "paper", receivedOn = LastDay, answers = new { q3 = "By hand" } })).Json();

        logged.GetProperty("standing").GetString().ShouldBe("in-time");
        (await Counted()).ShouldBe(1);
        (await Scalar<string>("select channel || ' ' || received_on || ' ' || logged_by from participation.response")).ShouldStartWith("Paper 2026-11-23 client:");
    }

    [Fact]
    [Trait("Attack", "E15")]
    public async Task A_letter_of_the_day_after_stays_outside_the_count_until_a_colleague_admits_it()
    {
        await CloseAndSeal();
        Clock.Advance(TimeSpan.FromDays(1));
        var logged = await (await Log(new { channel = "paper", receivedOn = DayAfter, answers = new { q1 = "no" } })).Json();
        var id = logged.GetProperty("id").GetString()!;
        (await Counted()).ShouldBe(0);

        var own = await Rule(clerk, id, true);
        var admitted = await Rule(colleague, id, true);
        var again = await Rule(colleague, id, false);

        logged.GetProperty("standing").GetString().ShouldBe("late");
        own.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await own.ProblemCode()).ShouldBe("second-approver-required");
        admitted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await again.ProblemCode()).ShouldBe("already-admitted");
        (await Counted()).ShouldBe(1);
        (await Scalar<int>("select sealed_count from participation.response_form")).ShouldBe(0, "the seal stays as it was");
        (await Scalar<int>("select count(*) from platform.outbox where type = 'LateResponseAdmittedV1'")).ShouldBe(1);
        (await Scalar<string>("select string_agg(event || ': ' || coalesce(reason, ''), '; ' order by position) from participation.history where event like 'Late%'"))
            .ShouldBe("LateResponseLogged: ; LateResponseAdmitted: The post office lost it for a week.");
    }

    [Fact]
    public async Task A_refused_one_can_be_admitted_later_and_the_list_says_how_it_stands()
    {
        await CloseAndSeal();
        Clock.Advance(TimeSpan.FromDays(1));
        var id = (await (await Log(new { channel = "email", receivedAt = ClosesAt, answers = new { q1 = "no" } })).Json()).GetProperty("id").GetString()!;

        await Rule(colleague, id, false);
        var refused = await (await clerk.GetAsync($"/api/v1/consultations/{Consultation.Id}/responses/{id}")).Json();
        await Rule(colleague, id, true);
        var admitted = await (await clerk.GetAsync($"/api/v1/consultations/{Consultation.Id}/responses?late=true")).Json();

        refused.GetProperty("standing").GetString().ShouldBe("late-refused");
        refused.GetProperty("isCounted").GetBoolean().ShouldBeFalse();
        refused.GetProperty("ruling").GetProperty("reason").GetString().ShouldBe("The post office lost it for a week.");
        admitted.GetProperty("items")[0].GetProperty("standing").GetString().ShouldBe("late-admitted");
    }

    [Fact]
    public async Task An_email_is_judged_by_its_instant()
    {
        Clock.MoveTo(ClosesAt.AddMinutes(10));

        var punctual = await (await Log(new { channel = "email", receivedAt = ClosesAt.AddMicroseconds(-1), answers = new { q1 = "no" } })).Json();
        var late = await (await Log(new { channel = "email", receivedAt = ClosesAt, answers = new { q1 = "no" } })).Json();

        punctual.GetProperty("standing").GetString().ShouldBe("in-time");
        late.GetProperty("standing").GetString().ShouldBe("late");
    }

    [Fact]
    [Trait("Attack", "E15")]
    public async Task A_letter_of_the_last_day_that_is_entered_after_the_seal_counts_with_its_evidence_on_the_record()
    {
        await Respond();
        await CloseAndSeal();

        var without = await Log(new { channel = "paper", receivedOn = LastDay, answers = new { q1 = "no" } });
        var logged = await (await Log(new { channel = "paper", receivedOn = LastDay, answers = new { q1 = "no" }, evidence = "Date stamp 23 November" })).Json();

        (await without.ProblemCode()).ShouldBe("evidence-required");
        logged.GetProperty("standing").GetString().ShouldBe("entered-after-seal");
        (await Counted()).ShouldBe(2);
        (await Scalar<int>("select sealed_count from participation.response_form")).ShouldBe(1);
        (await Scalar<string>("select reason from participation.history where event = 'ResponseEnteredAfterSeal'")).ShouldBe("Date stamp 23 November");
    }

    [Fact]
    public async Task What_came_before_the_opening_day_or_in_the_future_or_at_no_time_is_refused()
    {
        var before = await Log(new { channel = "paper", receivedOn = "2026-11-22", answers = new { q1 = "no" } });
        var future = await Log(new { channel = "paper", receivedOn = DayAfter, answers = new { q1 = "no" } });
        var never = await Log(new { channel = "paper", answers = new { q1 = "no" } });
        var twice = await Log(new { channel = "paper", receivedOn = LastDay, receivedAt = Clock.Now, answers = new { q1 = "no" } });
        var web = await Log(new { channel = "web", receivedOn = LastDay, answers = new { q1 = "no" } });

        (await before.ProblemCode()).ShouldBe("consultation-not-open");
        foreach (var answer in new[] { future, never, twice, web })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await Stored()).ShouldBe(0);
    }

    [Fact]
    public async Task Clerks_who_log_late_letters_at_the_same_moment_do_not_block_each_other()
    {
        await CloseAndSeal();
        Clock.Advance(TimeSpan.FromDays(1));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Log(new { channel = "paper", receivedOn = DayAfter, answers = new { q1 = "no" } })));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        (await Stored()).ShouldBe(8);
        (await Scalar<int>("select count(*) from participation.history where event = 'LateResponseLogged'")).ShouldBe(8);
    }

    [Fact]
    public async Task A_repeat_under_the_same_key_logs_nothing_again()
    {
        var key = NewKey();
        var body = new { channel = "paper", receivedOn = LastDay, answers = new { q1 = "no" } };

        var first = await (await Log(body, key)).Json();
        var second = await (await Log(body, key)).Json();

        second.GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task Logging_and_ruling_and_reading_need_their_scopes()
    {
        using var stranger = await Client("consultations:read");

        var logging = await SendJson(stranger, HttpMethod.Post, $"/api/v1/consultations/{Consultation.Id}/responses", new { channel = "paper", receivedOn = LastDay, answers = new { } });
        var reading = await colleague.GetAsync($"/api/v1/consultations/{Consultation.Id}/responses");
        var nobody = await Anyone.GetAsync($"/api/v1/consultations/{Consultation.Id}/responses");

        logging.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        reading.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<HttpResponseMessage> Log(object body, string? key = null) =>
        SendJson(clerk, HttpMethod.Post, $"/api/v1/consultations/{Consultation.Id}/responses", body, ("Idempotency-Key", key));

    private Task<HttpResponseMessage> Rule(HttpClient client, string id, bool admit) =>
        SendJson(client, HttpMethod.Post, $"/api/v1/consultations/{Consultation.Id}/responses/{id}/ruling", new { admit, reason = "The post office lost it for a week." });

    private Task<int> Counted() => Scalar<int>("select count(*) from participation.v1_responses");
}
