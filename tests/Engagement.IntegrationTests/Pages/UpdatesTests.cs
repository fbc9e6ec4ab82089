using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.IntegrationTests.Participation;
using Engagement.Kernel;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Domain;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Engagement.TestKit.Pages;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Pages;

public sealed partial class UpdatesTests : ParticipationTest
{
    private static readonly UpdatePurpose[] Everything = Enum.GetValues<UpdatePurpose>();

    private PageClient Browser { get; set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser = new PageClient(App.Address);
        Neighbours.Change(Consultation.Id, f => f with { Topics = ["Libraries"], Areas = ["Melton", "Blaby"] });
    }

    public override Task DisposeAsync()
    {
        Browser.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    [Trait("Attack", "B04")]
    [Trait("Attack", "B05")]
    public async Task Nothing_is_followed_before_the_button_is_pressed_and_the_link_is_good_once()
    {
        await Ask("Resident@Example.org", new FollowWish(FollowKind.Topic, "Libraries"));
        var link = LinkIn((await Messages("updates-confirmation")).ShouldHaveSingleItem());

        // What a mail scanner does.
        var looked = await Browser.Open(link);
        looked.Heading.ShouldBe("Confirm that you want updates");
        looked.Main.ShouldContain("Topic: Libraries");
        (await Scalar<int>("select count(*) from participation.subscriber")).ShouldBe(0);

        var confirmed = await Browser.Submit(looked);
        confirmed.Done.ShouldBe("You will get these updates");
        confirmed.Main.ShouldContain("Topic: Libraries");
        (await Scalar<int>("select count(*) from participation.follow where purposes = '{Opening,Deadline,Closing,Outcome}'")).ShouldBe(1);

        var again = await Browser.Submit(looked);
        again.Heading.ShouldBe("This link does nothing any more");
        await Should.ThrowAsync<RuleBrokenException>(() => Send(new ConfirmUpdates(link.Split('/')[^1])));
        again.Status.ShouldBe(HttpStatusCode.Gone);
        var changed = await Browser.Open(link[..^1] + (link[^1] == 'A' ? 'B' : 'A'));
        (changed.Status, changed.Main).ShouldBe((HttpStatusCode.Gone, again.Main));
    }

    [Fact]
    [Trait("Attack", "B05")]
    public async Task A_link_is_good_for_a_week_and_then_the_address_is_forgotten()
    {
        await Ask("a@example.org", new FollowWish(FollowKind.Topic, "Libraries"));
        var link = LinkIn((await Messages("updates-confirmation"))[0]);
        Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(10));
        (await Browser.Open(link)).Heading.ShouldBe("Confirm that you want updates");
        await RunJob<ForgetUnconfirmedJob>();
        (await Scalar<int>("select count(*) from participation.updates_request")).ShouldBe(1);

        Clock.Advance(TimeSpan.FromTicks(10));
        (await Browser.Open(link)).Heading.ShouldBe("This link does nothing any more");
        await RunJob<ForgetUnconfirmedJob>();
        (await Scalar<int>("select count(*) from participation.updates_request")).ShouldBe(0);
        (await Browser.Open(link)).Heading.ShouldBe("This link does nothing any more");
    }

    [Fact]
    [Trait("Attack", "B03")]
    public async Task An_address_is_asked_three_times_a_day_at_most_and_the_answer_is_the_same()
    {
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add((await AskOnPage("victim@example.org")).Main);
            answers.Add((await AskOnPage("Victim@example.org")).Main);
            (await Messages("updates-confirmation")).Count.ShouldBe(Math.Min(i + 1, 3), "not two within the pause");
            Clock.Advance(UpdatesRequest.Pause);
        }

        answers.Distinct().ShouldHaveSingleItem().ShouldStartWith("Check your e-mail");
        (await Messages("updates-confirmation")).Count.ShouldBe(3);
        Clock.Advance(TimeSpan.FromDays(1));
        await AskOnPage("victim@example.org");
        (await Messages("updates-confirmation")).Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_form_says_what_is_missing_and_keeps_what_was_chosen()
    {
        var refused = await Browser.Submit(await Browser.Open("/updates"), new Dictionary<string, string?> { ["EmailAddress"] = "no address" });

        refused.Title.ShouldStartWith("Error: ");
        refused.Errors.ShouldContain("Select when we should write to you");
        refused.Errors.ShouldContain("Select what you want to be told about");
        refused.Value("EmailAddress").ShouldBe("no address");
        await Should.ThrowAsync<ValidationException>(() => Send(new AskForUpdates("a@example.org", [new FollowWish(FollowKind.Consultation, "no-such")], Everything)));
    }

    [Fact]
    public async Task Each_occasion_is_told_once_however_many_things_somebody_follows_and_whatever_is_run_again()
    {
        await Follows("a@example.org", Everything, new(FollowKind.Topic, "Libraries"), new(FollowKind.Area, "Melton"), new(FollowKind.Area, "Blaby"), new(FollowKind.Consultation, Consultation.Slug));
        await Follows("b@example.org", [UpdatePurpose.Outcome], new FollowWish(FollowKind.Area, "Blaby"));
        await Follows("c@example.org", Everything, new FollowWish(FollowKind.Topic, "Roads"));

        var opened = new ConsultationOpenedV1(Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, OpensAt, ClosesAt, Clock.Now);
        for (var i = 0; i < 2; i++)
        {
            await Publish(opened with { EventId = Guid.CreateVersion7() });
            await RunJob<TellContactsJob>();
        }

        var message = (await Messages("update-opened")).ShouldHaveSingleItem();
        message.To.ShouldBe("a@example.org");
        message.Content.Body.ShouldContain($"http://localhost:5080/consultations/{Consultation.Slug}");
        message.Content.UnsubscribeAddress!.ShouldStartWith("http://localhost:5080/updates/leave/");

        var closed = new ConsultationClosedV1(
            Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, Consultation.Slug, Consultation.Title, ClosesAt, 12, new string('d', 64), new DateOnly(2027, 2, 15), AnswerThreshold.EveryTheme, Clock.Now);
        await Publish(closed);
        await Publish(closed with { EventId = Guid.CreateVersion7() });
        await RunJob<TellContactsJob>();
        (await Messages("update-closed")).ShouldHaveSingleItem().Content.Body.ShouldContain("12 responses came in.");

        await PublishOutcome(1);
        await PublishOutcome(1);
        await RunJob<TellContactsJob>();
        await RunJob<TellContactsJob>();
        var outcome = await Messages("update-outcome");
        outcome.Select(m => m.To).ShouldBe(["a@example.org", "b@example.org"], ignoreOrder: true);
        outcome[0].Content.Body.ShouldContain("Adopted: Open on Sundays");
        outcome[0].Content.Body.ShouldContain($"/consultations/{Consultation.Slug}/outcome");
    }

    [Fact]
    public async Task Whoever_responded_is_told_once_as_that_and_not_again_as_a_follower()
    {
        await Respond(new { answers = new { q1 = "yes" }, email = "a@example.org" });
        await Follows("A@example.org", Everything, new FollowWish(FollowKind.Topic, "Libraries"));

        await PublishOutcome(1);
        await RunJob<TellContactsJob>();
        (await Messages("outcome-published")).Count.ShouldBe(1);
        (await Messages("update-outcome")).ShouldBeEmpty();

        // Of what those who responded are not told, the follower is.
        await Publish(new ConsultationOpenedV1(Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, OpensAt, ClosesAt, Clock.Now));
        await RunJob<TellContactsJob>();
        (await Messages("update-opened")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Closing_soon_is_told_a_week_before_once_for_each_deadline()
    {
        await Follows("a@example.org", [UpdatePurpose.Deadline], new FollowWish(FollowKind.Topic, "Libraries"));
        var closes = OpensAt.AddDays(30);
        await MoveTo(closes);

        Clock.MoveTo(closes.AddDays(-7).AddTicks(-10));
        (await Told()).ShouldBe(0);
        Clock.MoveTo(closes.AddDays(-7));
        (await Told()).ShouldBe(1);
        (await Told()).ShouldBe(1, "whatever is run again");

        // A later deadline is another occasion; one that moved within its last week was told with the move.
        var later = closes.AddDays(30);
        await MoveTo(later);
        Clock.MoveTo(later.AddDays(-7));
        (await Told()).ShouldBe(2);
        var last = later.AddDays(2);
        await MoveTo(last);
        await Publish(new ConsultationExtendedV1(Guid.CreateVersion7(), Consultation.Id, later, last, "Snow.", Clock.Now));
        (await Told()).ShouldBe(2);
        (await Messages("update-extended")).ShouldHaveSingleItem().Content.Body.ShouldContain("Snow.");

        async Task<int> Told()
        {
            await RunJob<AnnounceClosingSoonJob>();
            await RunJob<TellContactsJob>();
            return (await Messages("update-closing-soon")).Count;
        }

        async Task MoveTo(DateTimeOffset deadline)
        {
            Neighbours.Change(Consultation.Id, f => f with { ClosesAt = deadline });
            await Publish(new ConsultationScheduledV1(
                Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, Consultation.Slug, Consultation.Title, 1, OpensAt, deadline, Clock.Now));
        }
    }

    [Fact]
    public async Task One_that_opens_within_its_last_week_is_not_said_to_close_soon_too()
    {
        await Follows("a@example.org", Everything, new FollowWish(FollowKind.Topic, "Libraries"));

        await RunJob<AnnounceClosingSoonJob>();
        await RunJob<TellContactsJob>();

        (await Messages("update-closing-soon")).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_request_from_a_mail_program_ends_everything_and_coming_back_tells_nothing_twice()
    {
        await Follows("a@example.org", Everything, new FollowWish(FollowKind.Topic, "Libraries"));
        await Publish(new ConsultationOpenedV1(Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, OpensAt, ClosesAt, Clock.Now));
        await RunJob<TellContactsJob>();
        var leave = new Uri((await Messages("update-opened"))[0].Content.UnsubscribeAddress!).AbsolutePath;

        (await Browser.Open(leave)).Heading.ShouldBe("Stop all updates");
        (await Scalar<int>("select count(*) from participation.subscriber")).ShouldBe(1, "looking ends nothing");
        for (var i = 0; i < 2; i++)
        {
            using var oneClick = new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "application/x-www-form-urlencoded");
            using var left = await Anyone.PostAsync(leave, oneClick);
            left.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await Scalar<int>("select count(*) from participation.subscriber")).ShouldBe(0);
        (await Scalar<int>("select count(*) from participation.follow")).ShouldBe(0);
        (await Scalar<int>("select count(*) from platform.notification where kind = 'update-opened' and superseded_at is not null")).ShouldBe(1, "what was queued is not sent any more");
        using var forged = await Anyone.PostAsync(leave[..^1] + (leave[^1] == 'A' ? 'B' : 'A'), null);
        forged.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        Clock.Advance(TimeSpan.FromMinutes(11));
        await Follows("a@example.org", Everything, new FollowWish(FollowKind.Topic, "Libraries"));
        await Scalar<int>("with again as (update participation.announcement set completed_at = null, follower_up_to = null returning 1) select count(*) from again");
        await RunJob<TellContactsJob>();
        (await Messages("update-opened")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Consent_is_changed_for_each_purpose_and_ends_with_the_last()
    {
        await Follows("a@example.org", Everything, new(FollowKind.Topic, "Libraries"), new(FollowKind.Area, "Melton"));
        var manage = $"/updates/manage/{Subscriber.Token(await Scalar<Guid>("select id from participation.subscriber"), App.Services.GetRequiredService<MasterKey>())}";

        var page = await Browser.Open(manage);
        var saved = await Browser.Submit(page, new Dictionary<string, string?> { ["purposes-0"] = null, ["purposes-1"] = "Outcome" }, "Save changes");
        saved.Done.ShouldBe("Your changes are saved");
        (await Scalar<string>("select kind || ':' || value || ':' || array_to_string(purposes, ',') from participation.follow")).ShouldBe("Area:Melton:Outcome");

        var none = await Browser.Submit(saved, new Dictionary<string, string?> { ["purposes-0"] = null }, "Save changes");
        none.Main.ShouldContain("You get no updates, and we have deleted your address.");
        (await Scalar<int>("select count(*) from participation.subscriber")).ShouldBe(0);
    }

    [Fact]
    public async Task Addresses_of_those_who_follow_are_in_no_history_no_event_no_log_line_and_no_readable_column()
    {
        await Follows("canary-follower@example.org", Everything, new FollowWish(FollowKind.Topic, "Libraries"));
        await Publish(new ConsultationOpenedV1(Guid.CreateVersion7(), Consultation.Id, Consultation.EngagementId, OpensAt, ClosesAt, Clock.Now));
        await RunJob<TellContactsJob>();

        App.Log.Lines.ShouldNotContain(line => line.Contains("canary", StringComparison.Ordinal));
        foreach (var table in new[] { "participation.history", "platform.outbox", "platform.notification", "participation.subscriber", "participation.updates_request", "participation.announcement" })
        {
            (await Scalar<int>($"select count(*) from {table} t where strpos(t::text, 'canary') > 0")).ShouldBe(0, table);
        }

        (await Messages("update-opened")).ShouldHaveSingleItem().To.ShouldBe("canary-follower@example.org");
    }

    private Task Ask(string address, params FollowWish[] follows) => Send(new AskForUpdates(address, follows, Everything));

    private async Task<ShownPage> AskOnPage(string address)
    {
        await Send(new AskForUpdates(address, [new FollowWish(FollowKind.Topic, "Libraries")], Everything));
        return await Browser.Open("/updates/sent");
    }

    private async Task Follows(string address, IReadOnlyList<UpdatePurpose> purposes, params FollowWish[] follows)
    {
        await Send(new AskForUpdates(address, follows, purposes));
        await Send(new ConfirmUpdates(LinkIn((await Messages("updates-confirmation"))[^1]).Split('/')[^1]));
    }

    private static string LinkIn((string To, NotificationContent Content) message) => ConfirmLink().Match(message.Content.Body).Groups[1].Value;

    private async Task PublishOutcome(int version)
    {
        Neighbours.Outcome = new PublishedOutcome(
            version, Clock.Now, "Cabinet", new DateOnly(2026, 12, 1), [new ThemeOutcome(ThemeId.New(), "Opening hours", "When?", "Sundays", "adopted", "Open on Sundays", null)], new Dictionary<Engagement.Participation.Contracts.ResponseId, IReadOnlyList<ThemeId>>());
        await Publish(new OutcomePublishedV2(Guid.CreateVersion7(), Consultation.Id, Consultation.Slug, Consultation.Title, version, ClosesTheLoop: true, Clock.Now));
    }

    private async Task<List<(string To, NotificationContent Content)>> Messages(string kind)
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

    [GeneratedRegex(@"http://localhost:5080(/updates/confirm/\S+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConfirmLink();
}
