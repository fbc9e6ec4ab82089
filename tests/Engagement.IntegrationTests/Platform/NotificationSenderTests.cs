using System.Collections.Concurrent;
using Engagement.Access.Infrastructure.Persistence;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Engagement.IntegrationTests.Platform;

public sealed class NotificationSenderTests : IntegrationTest
{
    private readonly RecordingChannel channel = new();

    [Fact]
    public async Task A_queued_message_is_handed_over_once()
    {
        await Queue("a@example.org", "one");

        await Send();
        await Send();

        channel.Sent.Single().Recipient.ShouldBe("a@example.org");
        (await Scalar<string>("select channel from platform.notification where sent_at is not null")).ShouldBe("recording");
    }

    [Fact]
    public async Task The_same_occasion_and_person_cannot_be_queued_twice()
    {
        await Queue("a@example.org", "one");

        await Should.ThrowAsync<DbUpdateException>(() => Queue("a@example.org", "one"));
    }

    [Fact]
    public async Task Workers_that_send_at_the_same_time_hand_each_message_over_once()
    {
        for (var i = 0; i < 60; i++)
        {
            await Queue($"p{i}@example.org", $"reference {i}");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Send)));

        channel.Sent.Count.ShouldBe(60);
        channel.Sent.Select(s => s.Id).Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task While_the_mail_server_is_down_a_message_waits_and_is_sent_under_the_same_id()
    {
        await Queue("a@example.org", "one");
        channel.Failure = new IOException("connection refused");
        await Send();
        channel.Failure = null;

        await Send();
        channel.Sent.ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Send();

        channel.Sent.Single().Id.ShouldBe(channel.Tried.First());
    }

    [Fact]
    public async Task A_mail_server_that_never_answers_holds_up_nobody_for_longer_than_a_hand_over_may_take()
    {
        await Queue("a@example.org", "one");
        channel.IsSilent = true;
        await Send();
        channel.IsSilent = false;

        (await Scalar<string>("select failure from platform.notification where sent_at is null and claimed_until is null")).ShouldStartWith("TimeoutException");
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Send();
        channel.Sent.Single().Id.ShouldBe(channel.Tried.First());
    }

    [Fact]
    public async Task A_refused_address_fails_for_good_with_its_reason()
    {
        await Queue("a@example.org", "one");
        channel.Failure = new MailRefusedException("The mail server refused the address (550).");

        await Send();
        Clock.Advance(TimeSpan.FromDays(7));
        await Send();

        channel.Tried.Count.ShouldBe(1);
        (await Scalar<string>("select failure from platform.notification where failed_at is not null")).ShouldContain("550");
    }

    [Fact]
    public async Task A_claim_of_a_worker_that_died_runs_out_and_the_message_goes_out_under_the_same_id()
    {
        await Queue("a@example.org", "one");
        await AsAdministrator($"update platform.notification set claimed_until = '{Clock.Now.AddSeconds(10):O}', attempts = 1");

        await Send();
        channel.Sent.ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromSeconds(10) + TimeSpan.FromMicroseconds(1));
        await Send();

        channel.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Neither_the_address_nor_the_words_lie_readable_in_the_database_or_in_the_log()
    {
        await Queue("canary-address@example.org", "one");
        channel.Failure = new IOException("canary-address@example.org could not be reached");
        await Send();

        (await Scalar<long>("select count(*) from platform.notification where position(convert_to('canary', 'UTF8') in recipient || content) > 0")).ShouldBe(0);
        App.Log.Lines.ShouldNotContain(l => l.Contains("canary"));
        App.Log.Lines.ShouldContain(l => l.Contains("could not be handed over"));
    }

    [Theory]
    [InlineData("a@example.org\r\nBcc: all@example.org")]
    [InlineData("a@example.org\0")]
    [InlineData("a@example.org, all@example.org")]
    [InlineData("Somebody <a@example.org>")]
    [InlineData("a@example.org (somebody)")]
    [InlineData("nobody")]
    [InlineData("")]
    [Trait("Attack", "C13")]
    public void A_line_break_in_an_address_never_becomes_a_header_and_what_is_not_one_address_is_refused(string address) =>
        Should.Throw<MailRefusedException>(() => Compose(address));

    [Theory]
    [InlineData("a@example.org")]
    [InlineData("a.b+c'd@mail.example.co.uk")]
    [InlineData("a@xn--bcher-kva.example")]
    [InlineData("josé@bücher.example")]
    public void Addresses_of_people_are_taken(string address)
    {
        using var message = Compose(address);

        message.To.Count.ShouldBe(1);
    }

    [Fact]
    public void The_message_id_is_the_same_on_every_attempt()
    {
        var id = Guid.CreateVersion7();
        using var first = MailMessages.Compose(id, "a@example.org", new NotificationContent("Subject\r\nX: y", "Body", "https://example.gov.uk/leave"), new MailOptions());
        using var second = MailMessages.Compose(id, "a@example.org", new NotificationContent("Subject", "Body"), new MailOptions());

        first.MessageId.ShouldBe(second.MessageId);
        first.Headers["Message-ID"].ShouldBe($"<{id:N}@{new MailOptions().From.Split('@')[1]}>");
        first.Subject.ShouldBe("Subject X: y");
        first.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
    }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal) { ["Mail:HandOver"] = "00:00:01" };

    protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IMailChannel>(channel));

    private static MimeKit.MimeMessage Compose(string address) => MailMessages.Compose(Guid.CreateVersion7(), address, new NotificationContent("Subject", "Body"), new MailOptions());

    private async Task Queue(string address, string reference)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDbContext>();
        db.Notify(Notification.To(
            address, "test", reference, Guid.CreateVersion7(), new NotificationContent("Subject", "canary words"), scope.ServiceProvider.GetRequiredService<MasterKey>(), Clock.Now));
        await db.SaveChangesAsync();
    }

    private async Task Send()
    {
        var sender = App.Services.GetRequiredService<NotificationSender>();
        while (await sender.SendDueAsync(CancellationToken.None) > 0)
        {
        }
    }

    private sealed class RecordingChannel : IMailChannel
    {
        public string Name => "recording";

        public Exception? Failure { get; set; }

        public bool IsSilent { get; set; }

        public ConcurrentQueue<Guid> Tried { get; } = new();

        public ConcurrentBag<(Guid Id, string Recipient)> Sent { get; } = [];

        public Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken)
        {
            Tried.Enqueue(id);
            if (Failure is not null)
            {
                throw Failure;
            }

            if (IsSilent)
            {
                return new TaskCompletionSource().Task;
            }

            Sent.Add((id, recipient));
            return Task.CompletedTask;
        }
    }
}
