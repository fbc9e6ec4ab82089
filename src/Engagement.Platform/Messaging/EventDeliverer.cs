using System.Text.Json;
using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Engagement.Platform.Messaging;

/// <summary>Hands waiting events to their subscribers: each one in a transaction of the subscriber's module, once.</summary>
public sealed partial class EventDeliverer(
    IServiceScopeFactory scopes, NpgsqlDataSource dataSource, Subscriptions subscriptions, TimeProvider clock, ILogger<EventDeliverer> logger)
{
    private const int OldestAtOnce = 80;

    /// <summary>Of the newest: however many wait, as after a day without a worker, what happens now is not kept waiting behind all of them.</summary>
    private const int NewestAtOnce = 20;

    /// <returns>How many deliveries were tried; 0 when nothing was due.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        var due = await FindDue(cancellationToken);
        foreach (var (eventId, subscriber) in due)
        {
            await Deliver(eventId, subscriber, cancellationToken);
        }

        return due.Count;
    }

    private async Task<List<(Guid EventId, string Subscriber)>> FindDue(CancellationToken cancellationToken)
    {
        // The first of each key only: what happened earlier to the same thing is handled earlier.
        await using var command = dataSource.CreateCommand(
            """
            with due as not materialized (
                select d.event_id, d.subscriber, d.sequence from platform.delivery d
                 where d.handled_at is null and d.parked_at is null and d.next_attempt_at <= $1
                   and not exists (select 1 from platform.delivery e
                                    where e.subscriber = d.subscriber and e.key = d.key and e.sequence < d.sequence and e.handled_at is null))
            (select * from due order by sequence limit $2) union (select * from due order by sequence desc limit $3) order by sequence
            """);
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = OldestAtOnce });
        command.Parameters.Add(new() { Value = NewestAtOnce });
        var due = new List<(Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return due;
    }

    private async Task Deliver(Guid eventId, string subscriber, CancellationToken cancellationToken)
    {
        try
        {
            if (subscriptions.Find(subscriber) is not { } subscription)
            {
                throw new InvalidOperationException($"No handler is called {subscriber} any more.");
            }

            await Handle(eventId, subscription, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            CouldNotDeliver(error, eventId, subscriber);
            await RecordFailure(eventId, subscriber, error, cancellationToken);
        }
    }

    private async Task Handle(Guid eventId, Subscription subscription, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.Job(subscription.Name), eventId.ToString());
        var db = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(subscription.ContextType);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Another worker that is handling it holds the row; it is skipped, not waited for.
        var payload = await db.Database.SqlQuery<string>(
            $"""
            select o.payload as "Value" from platform.delivery d join platform.outbox o on o.event_id = d.event_id
             where d.event_id = {eventId} and d.subscriber = {subscription.Name} and d.handled_at is null and d.parked_at is null
               for update of d skip locked
            """).ToListAsync(cancellationToken);
        if (payload.Count == 0)
        {
            return;
        }

        var integrationEvent = (IIntegrationEvent)JsonSerializer.Deserialize(payload[0], subscription.EventType, MessageJson.Options)!;
        var handler = scope.ServiceProvider.GetRequiredService(subscription.HandlerType);
        await HandlerCall.Invoke(handler, subscription.EventType, integrationEvent, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update platform.delivery set handled_at = {clock.GetUtcNow()}, error = null where event_id = {eventId} and subscriber = {subscription.Name}",
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task RecordFailure(Guid eventId, string subscriber, Exception error, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            update platform.delivery
               set attempts = attempts + 1, error = $3,
                   next_attempt_at = $4 + least(300, power(2, attempts)) * interval '1 second',
                   parked_at = case when attempts + 1 >= $5 then $4 end
             where event_id = $1 and subscriber = $2 and handled_at is null
            """);
        // What the database said is told by the innermost one; those around it say only that something was not saved.
        var cause = error.GetBaseException();
        var text = $"{cause.GetType().Name}: {cause.Message}";
        command.Parameters.Add(new() { Value = eventId });
        command.Parameters.Add(new() { Value = subscriber });
        command.Parameters.Add(new() { Value = text.Length > 2000 ? text[..2000] : text });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = Delivery.AttemptsBeforeParking });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} could not be handled by {Subscriber}.")]
    private partial void CouldNotDeliver(Exception error, Guid eventId, string subscriber);

    /// <summary>Calls the one <c>Handle</c> method for a type known only at run time.</summary>
    private static class HandlerCall
    {
        public static Task Invoke(object handler, Type eventType, IIntegrationEvent integrationEvent, CancellationToken cancellationToken) =>
            (Task)typeof(HandlerCall).GetMethod(nameof(Call), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(eventType)
                .Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [handler, integrationEvent, cancellationToken], null)!;

        private static Task Call<TEvent>(IIntegrationEventHandler<TEvent> handler, TEvent integrationEvent, CancellationToken cancellationToken)
            where TEvent : IIntegrationEvent => handler.Handle(integrationEvent, cancellationToken);
    }
}
