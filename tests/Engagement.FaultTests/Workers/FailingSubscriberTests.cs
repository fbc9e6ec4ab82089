using System.Net.Http.Json;
using Engagement.FaultTests.Rig;
using Engagement.TestKit;

namespace Engagement.FaultTests.Workers;

/// <summary>One consultation's event cannot be handled whatever is tried: it stops itself only, is seen, and is tried again by hand.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class FailingSubscriberTests(FaultServer server)
{
    private const string Subscriber = "closing_the_loop/BeginLoopOfClosedConsultation";

    [Fact]
    public async Task X29_An_event_that_always_fails_is_parked_and_seen_and_tried_again_by_hand_and_the_others_pass()
    {
        var rig = await server.WholeRigAsync();
        var scheduled = await rig.ScheduledConsultations(["Poisoned", "Healthy"], TimeSpan.FromSeconds(1));
        var (poisoned, healthy) = (scheduled[0], scheduled[1]);
        await Execute(rig, $"""
            create function closing_the_loop.fail_always() returns trigger language plpgsql as $$ begin raise exception 'it always fails'; end $$;
            create trigger fail_always before insert on closing_the_loop.loop for each row when (new.consultation_id = '{poisoned.Id}') execute function closing_the_loop.fail_always();
            """);
        try
        {
            await rig.WaitUntil("the event is parked", TimeSpan.FromMinutes(2), async () =>
            {
                // The pauses between attempts double; here they are over at once, and the workers are told.
                await Execute(rig, $"""
                    with due as (update platform.delivery set next_attempt_at = now() where subscriber = '{Subscriber}' and handled_at is null and next_attempt_at > now() returning event_id)
                    select pg_notify('engagement_relay', '') from due
                    """);
                return (await Parked(rig, poisoned)).Count == 1;
            });
            await rig.WaitUntil("the other one has passed", TimeSpan.FromSeconds(30), async () => await rig.LoopsOf(healthy.Id) == 1);
            (await rig.StatusOf(poisoned)).ShouldBe("closed", "the other subscribers of the same event are not held up");
            (await rig.LoopsOf(poisoned.Id)).ShouldBe(0);
        }
        finally
        {
            await Execute(rig, "drop trigger fail_always on closing_the_loop.loop; drop function closing_the_loop.fail_always()");
        }

        var parked = (await Parked(rig, poisoned)).ShouldHaveSingleItem();
        parked.Error.ShouldContain("it always fails");
        var tried = await rig.Author.PostAsJsonAsync("/api/v1/administration/events/retries", new { eventId = parked.EventId, subscriber = Subscriber }).Success();
        tried.GetProperty("count").GetInt32().ShouldBe(1);
        await rig.WaitUntil("it has passed", TimeSpan.FromSeconds(30), async () => await rig.LoopsOf(poisoned.Id) == 1);
        (await Parked(rig, poisoned)).ShouldBeEmpty();
    }

    /// <summary>As an administrator sees them.</summary>
    private static async Task<List<(Guid EventId, string Error)>> Parked(ProductionRig rig, RiggedConsultation consultation) =>
    [
        .. (await rig.Author.GetAsync("/api/v1/administration/events/stuck").Success()).GetProperty("parked").EnumerateArray()
            .Where(e => e.GetProperty("key").GetGuid() == consultation.Id && e.GetProperty("subscriber").GetString() == Subscriber)
            .Select(e => (e.GetProperty("eventId").GetGuid(), e.GetProperty("error").GetString()!)),
    ];

    private static async Task Execute(ProductionRig rig, string sql)
    {
        await using var command = rig.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
