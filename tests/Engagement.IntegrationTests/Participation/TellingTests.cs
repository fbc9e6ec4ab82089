using System.Net;
using System.Text;
using System.Text.Json;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Contracts;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Participation;

public sealed class TellingTests : ParticipationTest
{
    /// <summary>Everything is logged, so that what must not be there could be.</summary>
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Debug",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Debug",
    };

    private static readonly ThemeId Hours = ThemeId.New();
    private static readonly ThemeId Parking = ThemeId.New();

    [Fact]
    public async Task A_response_with_an_address_is_confirmed_without_its_secret()
    {
        var receipt = await Respond(With("resident@example.org"));

        var message = (await Messages()).ShouldHaveSingleItem();
        message.To.ShouldBe("resident@example.org");
        message.Content.Subject.ShouldBe("We have your response: Library opening hours");
        message.Content.Body.ShouldContain(receipt.Reference);
        message.Content.Body.ShouldNotContain(receipt.Secret.Split('.')[1]);
        message.Content.Body.ShouldContain("9:59am on Monday 23 November 2026");
        message.Content.UnsubscribeAddress.ShouldNotBeNull().ShouldStartWith("http://localhost:5080/updates/stop/");
    }

    [Fact]
    public async Task An_address_that_comes_with_two_responses_is_one_contact_and_is_told_once_of_both()
    {
        await Respond(With("resident@example.org", "Open on Sundays"));
        Clock.Advance(TimeSpan.FromMinutes(11));
        await Respond(With("Resident@Example.org", "More parking"));
        var responses = await ResponseIds();
        await PublishOutcome(1, (responses[0], Hours), (responses[1], Parking));

        await RunJob<TellContactsJob>();

        (await Scalar<int>("select count(*) from participation.contact")).ShouldBe(1);
        var outcome = (await Messages("outcome-published")).ShouldHaveSingleItem();
        outcome.Content.Body.ShouldContain("WHAT YOU RAISED\n\nOpening hours");
        outcome.Content.Body.ShouldContain("Parking\nWe asked: Is it enough?\nYou said: No\nNot adopted: Nothing changes\nWhy: There is no land");
        outcome.Content.Body.ShouldNotContain("WHAT OTHER PEOPLE RAISED");
        outcome.Content.Body.ShouldContain($"http://localhost:5080/consultations/{Consultation.Slug}/outcome");
    }

    [Fact]
    public async Task Everybody_is_told_once_of_each_version_whatever_is_delivered_or_run_again()
    {
        await Respond(With("a@example.org"));
        await Respond(With("b@example.org"));
        await Respond();
        await PublishOutcome(1);
        await RunJob<TellContactsJob>();
        await PublishOutcome(1);
        await RunJob<TellContactsJob>();

        (await Messages("outcome-published")).Select(m => m.To).ShouldBe(["a@example.org", "b@example.org"], ignoreOrder: true);

        await RunJob<SendNotificationsJob>();
        await PublishOutcome(2);
        await RunJob<TellContactsJob>();

        var all = await Messages("outcome-published");
        all.Count.ShouldBe(4);
        all.Count(m => m.Content.Body.Contains("It corrects what we told you before.", StringComparison.Ordinal)).ShouldBe(2);
        (await Scalar<int>("select count(*) from platform.notification where superseded_at is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_a_notice_that_has_not_been_sent()
    {
        await Respond(With("a@example.org"));
        await PublishOutcome(1);
        await RunJob<TellContactsJob>();
        await PublishOutcome(2);
        await RunJob<TellContactsJob>();

        (await Scalar<string>("select string_agg(split_part(reference, '/', 3) || ':' || (superseded_at is not null), ',' order by reference) from platform.notification where kind = 'outcome-published'"))
            .ShouldBe("1:true,2:false");
    }

    [Fact]
    public async Task A_version_that_was_overtaken_before_anybody_was_told_is_not_told()
    {
        await Respond(With("a@example.org"));
        await PublishOutcome(1);
        await PublishOutcome(2);
        await RunJob<TellContactsJob>();

        (await Messages("outcome-published")).ShouldHaveSingleItem().Content.Body.ShouldContain("It corrects");
    }

    [Fact]
    [Trait("Attack", "F12")]
    public async Task A_thousand_contacts_are_told_in_batches_and_a_stop_in_between_skips_and_doubles_nobody()
    {
        await Respond(With("first@example.org"));
        var key = App.Services.GetRequiredService<MasterKey>();
        await using (var scope = App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ParticipationDbContext>();
            db.Contacts.AddRange(Enumerable.Range(0, 1_000).Select(i => Engagement.Participation.Domain.Contact.At($"person{i}@example.org", Consultation.Id, key, Clock.Now)));
            await db.SaveChangesAsync();
        }

        await PublishOutcome(1);
        var announcement = await Scalar<string>("select id::text from participation.announcement");
        await Send(new Engagement.Participation.Application.Telling.TellContacts(Guid.Parse(announcement)));
        (await Scalar<int>("select told from participation.announcement where completed_at is null")).ShouldBe(500);

        await RunJob<TellContactsJob>();

        (await Scalar<int>("select count(*) from platform.notification where kind = 'outcome-published'")).ShouldBe(1_001);
        (await Scalar<int>("select count(distinct reference) from platform.notification where kind = 'outcome-published'")).ShouldBe(1_001);
        (await Scalar<int>("select told from participation.announcement where completed_at is not null")).ShouldBe(1_001);
    }

    [Fact]
    [Trait("Attack", "F12")]
    public async Task One_request_without_signing_in_ends_the_messages_and_looking_ends_nothing()
    {
        await Respond(With("a@example.org"));
        var link = new Uri((await Messages())[0].Content.UnsubscribeAddress!).AbsolutePath;
        await PublishOutcome(1);
        await RunJob<TellContactsJob>();

        var looked = await Anyone.GetAsync(link);
        (await Scalar<int>("select count(*) from participation.contact where unsubscribed_at is null")).ShouldBe(1);
        using var oneClick = new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "application/x-www-form-urlencoded");
        var left = await Anyone.PostAsync(link, oneClick);
        var forged = await Anyone.PostAsync(link[..^1] + (link[^1] == 'A' ? 'B' : 'A'), null);
        await PublishOutcome(2);
        await RunJob<TellContactsJob>();

        looked.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await looked.Content.ReadAsStringAsync()).ShouldContain("<button");
        left.StatusCode.ShouldBe(HttpStatusCode.OK);
        forged.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Scalar<string>("select string_agg(split_part(reference, '/', 3) || ':' || (superseded_at is not null), ',') from platform.notification where kind = 'outcome-published'"))
            .ShouldBe("1:true", "what was queued is not sent any more, and nothing new is queued");
    }

    [Fact]
    public async Task More_time_and_a_withdrawal_are_told_with_their_reasons()
    {
        await Respond(With("a@example.org"));
        var later = ClosesAt.AddDays(7);
        Neighbours.Change(Consultation.Id, f => f with { ClosesAt = later });
        var extended = new ConsultationExtendedV1(Guid.CreateVersion7(), Consultation.Id, ClosesAt, later, "The plans were corrected.", Clock.Now);
        await Publish(extended);
        await Publish(extended with { EventId = Guid.CreateVersion7() });
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Withdrawn });
        await Publish(new ConsultationWithdrawnV1(Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, "The money is gone.", Clock.Now));
        await RunJob<TellContactsJob>();

        var more = (await Messages("consultation-extended")).ShouldHaveSingleItem().Content;
        more.Subject.ShouldBe("More time to respond: Library opening hours");
        more.Body.ShouldContain("now closes at 9:59am on Monday 30 November 2026");
        more.Body.ShouldContain("The plans were corrected.");
        (await Messages("consultation-withdrawn")).ShouldHaveSingleItem().Content.Body.ShouldContain("The money is gone.");
    }

    [Fact]
    public async Task An_address_that_somebody_types_again_and_again_gets_few_confirmations()
    {
        for (var i = 0; i < 5; i++)
        {
            await Respond(With("victim@example.org"));
        }

        (await Messages("response-received")).Count.ShouldBe(1, "not two within ten minutes");
        for (var i = 0; i < 4; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(10));
            await Respond(With("victim@example.org"));
        }

        (await Messages("response-received")).Count.ShouldBe(1, "an address that was left five times today is left alone");
        (await Stored()).ShouldBe(9, "no response is lost by it");
    }

    [Fact]
    public async Task Whoever_responded_late_is_told_so_and_how_it_was_ruled()
    {
        using var clerk = await Client("participation:write", "participation:read");
        using var colleague = await Client("participation:write");
        await CloseAndSeal();
        var responses = $"/api/v1/consultations/{Consultation.Id}/responses";
        var logged = await (await SendJson(clerk, HttpMethod.Post, responses, new { channel = "email", receivedAt = Clock.Now, answers = new { q1 = "no" }, email = "late@example.org" })).Json();
        var ruling = $"{responses}/{logged.GetProperty("id").GetString()}/ruling";

        await SendJson(colleague, HttpMethod.Post, ruling, new { admit = false, reason = "It came after the count." });
        await SendJson(colleague, HttpMethod.Post, ruling, new { admit = true, reason = "Our mail server was down." });

        var received = (await Messages("late-response-received")).ShouldHaveSingleItem();
        received.To.ShouldBe("late@example.org");
        received.Content.Subject.ShouldStartWith("We have your response, which came late");
        received.Content.Body.ShouldContain(logged.GetProperty("reference").GetString()!);
        received.Content.Body.ShouldNotContain("You can change or withdraw");
        var ruled = await Messages("late-response-ruled");
        ruled.Select(m => m.Content.Subject.Split(':')[0]).ShouldBe(["Your late response does not count", "Your late response counts"]);
        ruled[1].Content.Body.ShouldContain("Why: Our mail server was down.");
        (await Scalar<int>("select sealed_count from participation.response_form")).ShouldBe(0, "the seal stays as it was");
    }

    [Fact]
    public async Task Words_addresses_and_equality_answers_are_in_no_history_no_event_and_no_log_line()
    {
        var receipt = await Respond(new { answers = new { q1 = "yes", q3 = "canary-words-8261" }, email = "canary-address-8261@example.org", onBehalfOf = "canary-name-8261" });
        await SendJson(Anyone, HttpMethod.Put, "/api/v1/public/equality-answers", new { answers = new Dictionary<string, string> { ["ethnic-group"] = "W3" } }, ("Receipt-Secret", receipt.Secret));
        await SendJson(Anyone, HttpMethod.Put, $"/api/v1/public/responses/{receipt.Reference}", new { answers = new { q1 = "canary-invalid-8261" } }, ("Receipt-Secret", receipt.Secret), ("If-Match", "\"1\""));
        await CloseAndSeal();
        await PublishOutcome(1);
        await RunJob<TellContactsJob>();
        await RunJob<SendNotificationsJob>();

        foreach (var canary in new[] { "canary", "W3", receipt.Secret.Split('.')[1] })
        {
            App.Log.Lines.ShouldNotContain(line => line.Contains(canary, StringComparison.Ordinal), canary);
            (await Scalar<int>("select count(*) from participation.history h where strpos(h::text, $1) > 0", canary)).ShouldBe(0);
            (await Scalar<int>("select count(*) from platform.outbox o where strpos(o::text, $1) > 0", canary)).ShouldBe(0);
            (await Scalar<int>("select count(*) from platform.notification n where strpos(n::text, $1) > 0", canary)).ShouldBe(0);
            (await Scalar<int>("select count(*) from participation.contact c where strpos(c::text, $1) > 0", canary)).ShouldBe(0);
        }

        App.Log.Lines.ShouldContain(line => line.Contains("insert into participation.contact", StringComparison.Ordinal), "the log must be one in which it could stand");
        (await Scalar<int>("select count(*) from participation.response r where strpos(r::text, 'canary-words-8261') > 0")).ShouldBe(1, "the search must be able to find");
        (await Scalar<int>("select count(*) from participation.response r where strpos(r::text, 'canary-address') > 0")).ShouldBe(0, "the address lies apart");
    }

    private static object With(string email, string words = "Longer hours") => new { answers = new { q1 = "yes", q3 = words }, email };

    private async Task PublishOutcome(int version, params (ResponseId Response, ThemeId Theme)[] themes)
    {
        Neighbours.Outcome = new PublishedOutcome(
            version, Clock.Now, "Cabinet", new DateOnly(2026, 12, 1),
            [
                new ThemeOutcome(Hours, "Opening hours", "When?", "Sundays", "adopted", "Open on Sundays from May", null),
                new ThemeOutcome(Parking, "Parking", "Is it enough?", "No", "not-adopted", "Nothing changes", "There is no land"),
            ],
            themes.ToDictionary(t => t.Response, IReadOnlyList<ThemeId> (t) => [t.Theme]));
        await Publish(new OutcomePublishedV2(Guid.CreateVersion7(), Consultation.Id, Consultation.Slug, Consultation.Title, version, ClosesTheLoop: true, Clock.Now));
    }

    private async Task<List<ResponseId>> ResponseIds()
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ParticipationDbContext>().Responses.OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
    }

    private async Task<List<(string To, NotificationContent Content)>> Messages(string kind = "response-received")
    {
        var key = App.Services.GetRequiredService<MasterKey>();
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select recipient, content from platform.notification where kind = $1 order by queued_at, id");
        command.Parameters.Add(new() { Value = kind });
        await using var reader = await command.ExecuteReaderAsync();
        var messages = new List<(string, NotificationContent)>();
        while (await reader.ReadAsync())
        {
            messages.Add((
                key.DecryptText(Notification.Purpose, reader.GetFieldValue<byte[]>(0)),
                JsonSerializer.Deserialize<NotificationContent>(key.Decrypt(Notification.Purpose, reader.GetFieldValue<byte[]>(1)))!));
        }

        return messages;
    }
}
