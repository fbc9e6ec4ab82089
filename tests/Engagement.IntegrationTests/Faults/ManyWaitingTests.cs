using System.Collections.Concurrent;
using Engagement.Access.Infrastructure.Persistence;
using Engagement.Kernel;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Engagement.IntegrationTests.Faults;

/// <summary>Very many wait, as after days without a worker: they go on in their order, a few at a time, and what is new is not kept waiting behind them.</summary>
public sealed class ManyWaitingTests : IntegrationTest
{
    private const int Many = 20_000;
    private readonly Noted noted = new();

    [Fact]
    public async Task X31_Twenty_thousand_waiting_events_are_handed_on_in_their_order_a_hundred_at_a_time_and_a_new_one_with_the_next_hundred()
    {
        await AsAdministrator(Events(from: 1, to: Many));
        var deliverer = App.Services.GetRequiredService<EventDeliverer>();

        for (var round = 1; round <= 3; round++)
        {
            await AsAdministrator(Events(from: Many + round, to: Many + round));
            (await deliverer.DeliverDueAsync(CancellationToken.None)).ShouldBe(100, "that many are held at once, and no more");
            noted.Numbers.ShouldContain(Many + round);
        }

        var oldest = noted.Numbers.Where(n => n <= Many / 2).ToList();
        oldest.ShouldBe(Enumerable.Range(1, 3 * 80));
        noted.Numbers.Distinct().Count().ShouldBe(300);
    }

    [Fact]
    public async Task X31_A_new_message_goes_out_with_the_next_batch_although_five_thousand_wait()
    {
        await Queue("old");
        await AsAdministrator(
            """
            insert into platform.notification (id, reference, kind, subject_id, recipient, content, queued_at, not_before, attempts)
            select gen_random_uuid(), 'old ' || n, kind, subject_id, recipient, content, queued_at, not_before + n * interval '1 millisecond', 0
              from platform.notification cross join generate_series(1, 5000) n
            """);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Queue("new");

        (await App.Services.GetRequiredService<NotificationSender>().SendDueAsync(CancellationToken.None)).ShouldBe(168);

        (await Scalar<int>("select count(*) from platform.notification where reference = 'new' and sent_at is not null")).ShouldBe(1);
        (await Scalar<int>("select count(*) from platform.notification where sent_at is not null and not_before < (select min(not_before) from platform.notification where sent_at is null)"))
            .ShouldBe(144, "the oldest, without a gap");
    }

    protected override void Replace(IServiceCollection services)
    {
        services.AddSingleton(noted);
        services.AddScoped<NotesIt>();
        services.AddSingleton(new Subscription("test/NotesIt", typeof(SomethingHappenedV1), typeof(NotesIt), typeof(AccessDbContext)));
        services.Replace(ServiceDescriptor.Singleton<IMailChannel>(new Nowhere()));
    }

    /// <summary>Each about something else.</summary>
    private string Events(int from, int to) =>
        $"""
        with event as (select gen_random_uuid() as id, gen_random_uuid() as key, n from generate_series({from}, {to}) n),
        told as (
            insert into platform.outbox
            select id, 'test', 'SomethingHappenedV1', json_build_object('eventId', id, 'key', key, 'number', n, 'occurredAt', '{Clock.Now:O}'), '{Clock.Now:O}' from event)
        insert into platform.delivery (event_id, subscriber, key, attempts, next_attempt_at) select id, 'test/NotesIt', key, 0, '{Clock.Now:O}' from event order by n
        """;

    private async Task Queue(string reference)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDbContext>();
        db.Notify(Notification.To(
            "somebody@example.org", "test", reference, Guid.CreateVersion7(), new NotificationContent("Subject", "Words"), scope.ServiceProvider.GetRequiredService<MasterKey>(), Clock.Now));
        await db.SaveChangesAsync();
    }

    internal sealed record SomethingHappenedV1(Guid EventId, Guid Key, int Number, DateTimeOffset OccurredAt) : IIntegrationEvent;

    internal sealed class Noted
    {
        public ConcurrentQueue<int> Numbers { get; } = new();
    }

    internal sealed class NotesIt(Noted noted) : IIntegrationEventHandler<SomethingHappenedV1>
    {
        public Task Handle(SomethingHappenedV1 integrationEvent, CancellationToken cancellationToken)
        {
            noted.Numbers.Enqueue(integrationEvent.Number);
            return Task.CompletedTask;
        }
    }

    private sealed class Nowhere : IMailChannel
    {
        public string Name => "nowhere";

        public Task SendAsync(Guid id, string recipient, NotificationContent content, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
