using System.Collections.Concurrent;
using System.Text.Json;
using Engagement.Access.Application;
using Engagement.Access.Application.Clients;
using Engagement.Access.Domain;
using Engagement.Access.Infrastructure.Persistence;
using Engagement.Kernel;
using Engagement.Platform.Messaging;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Platform;

public sealed class EventDelivererTests : IntegrationTest
{
    private readonly Behaviour behaviour = new();

    [Fact]
    public async Task An_event_reaches_its_subscriber_once()
    {
        await Publish(Guid.CreateVersion7(), "first");

        await Deliver();
        await Deliver();

        (await Clients()).ShouldBe(["first"]);
    }

    [Fact]
    public async Task Workers_that_deliver_at_the_same_time_handle_each_event_once()
    {
        for (var i = 0; i < 30; i++)
        {
            await Publish(Guid.CreateVersion7(), $"event {i}");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (await Deliver() > 0)
            {
            }
        })));

        (await Clients()).Count.ShouldBe(30);
        (await Clients()).Distinct(StringComparer.Ordinal).Count().ShouldBe(30);
    }

    [Fact]
    public async Task Events_of_one_key_arrive_in_order_even_where_an_earlier_one_fails_first()
    {
        var key = Guid.CreateVersion7();
        behaviour.FailFor("first", times: 2);
        await Publish(key, "first");
        await Publish(key, "second");
        await Publish(Guid.CreateVersion7(), "of another key");

        await Deliver();
        (await Clients()).ShouldBe(["of another key"]);

        for (var i = 0; i < 4; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await Deliver();
        }

        (await Clients()).ShouldBe(["of another key", "first", "second"]);
    }

    [Fact]
    public async Task What_a_failing_handler_had_changed_is_not_kept()
    {
        behaviour.FailFor("bad", times: 100);
        await Publish(Guid.CreateVersion7(), "bad");

        await Deliver();

        (await Clients()).ShouldBeEmpty();
        (await Scalar<int>("select attempts from platform.delivery")).ShouldBe(1);
        (await Scalar<string>("select error from platform.delivery")).ShouldContain("It was told to fail");
    }

    [Fact]
    public async Task A_subscriber_that_always_fails_is_parked_after_ten_attempts_and_the_others_are_served()
    {
        behaviour.FailFor("poison", times: 1000);
        await Publish(Guid.CreateVersion7(), "poison");
        await Publish(Guid.CreateVersion7(), "good");
        for (var i = 0; i < 9; i++)
        {
            await Deliver();
            Clock.Advance(TimeSpan.FromMinutes(6));
        }

        (await Scalar<long>("select count(*) from platform.delivery where parked_at is not null")).ShouldBe(0);
        await Deliver();

        (await Scalar<long>("select count(*) from platform.delivery where parked_at is not null and attempts = 10")).ShouldBe(1);
        (await Clients()).ShouldBe(["good"]);
        Clock.Advance(TimeSpan.FromDays(1));
        (await Deliver()).ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_delivery_waits_for_its_pause_and_not_longer()
    {
        behaviour.FailFor("slow", times: 1);
        await Publish(Guid.CreateVersion7(), "slow");
        await Deliver();

        Clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromMicroseconds(1));
        (await Deliver()).ShouldBe(0);
        Clock.Advance(TimeSpan.FromMicroseconds(1));
        (await Deliver()).ShouldBe(1);

        (await Clients()).ShouldBe(["slow"]);
    }

    [Fact]
    public async Task What_a_handler_does_stands_in_the_history_under_its_name()
    {
        await Publish(Guid.CreateVersion7(), "first");

        await Deliver();

        (await Scalar<string>("select actor from access.history")).ShouldBe("job:test/MakesAClient");
    }

    protected override void Replace(IServiceCollection services)
    {
        services.AddSingleton(behaviour);
        services.AddScoped<MakesAClient>();
        services.AddSingleton(new Subscription("test/MakesAClient", typeof(SomethingHappenedV1), typeof(MakesAClient), typeof(AccessDbContext)));
    }

    private Task<int> Deliver() => App.Services.GetRequiredService<EventDeliverer>().DeliverDueAsync(CancellationToken.None);

    private async Task Publish(Guid key, string name)
    {
        var happened = new SomethingHappenedV1(Guid.CreateVersion7(), key, name, Clock.Now);
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDbContext>();
        var payload = JsonSerializer.Serialize(happened, JsonSerializerOptions.Web);
        await db.Database.ExecuteSqlAsync($"insert into platform.outbox values ({happened.EventId}, 'test', 'SomethingHappenedV1', {payload}, {Clock.Now})");
        await db.Database.ExecuteSqlAsync(
            $"insert into platform.delivery (event_id, subscriber, key, attempts, next_attempt_at) values ({happened.EventId}, 'test/MakesAClient', {key}, 0, {Clock.Now})");
    }

    private async Task<List<string>> Clients()
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IAccessDb>().ApiClients.OrderBy(c => c.Id).Select(c => c.Name).ToListAsync();
    }

    internal sealed record SomethingHappenedV1(Guid EventId, Guid Key, string Name, DateTimeOffset OccurredAt) : IIntegrationEvent;

    internal sealed class Behaviour
    {
        private readonly ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);

        public void FailFor(string name, int times) => failures[name] = times;

        public bool ShouldFail(string name) => failures.AddOrUpdate(name, -1, (_, left) => left - 1) >= 0;
    }

    internal sealed class MakesAClient(IAccessDb db, Behaviour behaviour) : IIntegrationEventHandler<SomethingHappenedV1>
    {
        public async Task Handle(SomethingHappenedV1 integrationEvent, CancellationToken cancellationToken)
        {
            var (client, _) = ApiClient.Create(integrationEvent.Name, ["outcomes:read"], integrationEvent.OccurredAt);
            db.ApiClients.Add(client);
            await db.SaveChangesAsync(cancellationToken);
            if (behaviour.ShouldFail(integrationEvent.Name))
            {
                throw new InvalidOperationException("It was told to fail.");
            }
        }
    }
}
