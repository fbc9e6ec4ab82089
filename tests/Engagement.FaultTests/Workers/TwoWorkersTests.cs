using System.Globalization;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Workers;

/// <summary>Two workers that wake at the same instant do everything once, and one of them suffices.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class TwoWorkersTests(FaultServer server, ITestOutputHelper output)
{
    private static readonly int Consultations = FaultSettings.Long ? 40 : 10;
    private const string DeliveriesOf = "platform.delivery d join platform.outbox o on o.event_id = d.event_id where (o.payload::jsonb ->> 'consultationId')::uuid = any($1)";
    private static readonly string[] Transitions = ["ConsultationOpened", "ConsultationClosing", "ConsultationClosed"];

    [Fact]
    public async Task X05_X06_X24_Consultations_that_close_at_the_same_instant_are_each_closed_once()
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ENGAGEMENT_FAULTS_SEED={FaultSettings.Seed}"));
        var rig = await server.WholeRigAsync();
        await Round(rig, beforeTheEnd: _ => Task.CompletedTask);
        if (FaultSettings.Long)
        {
            // Somewhere between the deadline and the end of the drain window one of them dies, and in another round freezes.
            var moment = new Random(FaultSettings.Seed).NextDouble() * ProductionRig.DrainWindow;
            await Round(rig, async closesAt =>
            {
                await Instants.Until(closesAt + moment);
                var victim = rig.Workers[0];
                await victim.KillAsync();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{victim.Name} killed {moment.TotalMilliseconds:0} ms after the instant"));
            });
            await rig.HealAsync();
            var frozen = rig.Workers[0];
            var ids = await Round(rig, async closesAt =>
            {
                await Instants.Until(closesAt + moment);
                await frozen.FreezeAsync();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frozen.Name} frozen {moment.TotalMilliseconds:0} ms after the instant"));
            });

            // It goes on where it was, and looks at everything a few times.
            await frozen.ThawAsync();
            await Task.Delay(TimeSpan.FromSeconds(5));
            await CheckThatEachHappenedOnce(rig, ids);
        }

        await rig.CheckRecord();
    }

    private async Task<Guid[]> Round(ProductionRig rig, Func<DateTimeOffset, Task> beforeTheEnd)
    {
        var consultations = await rig.ScheduledConsultations(
            [.. Enumerable.Range(1, Consultations).Select(n => string.Create(CultureInfo.InvariantCulture, $"Stop {n}"))], TimeSpan.FromSeconds(FaultSettings.Long ? 4 : 1));
        var closesAt = consultations[0].ClosesAt;
        await beforeTheEnd(closesAt);
        var ids = consultations.Select(c => c.Id).ToArray();
        await rig.WaitUntil("all are closed", TimeSpan.FromSeconds(60), async () =>
            await rig.Scalar<long>("select count(*) from consultations.consultation where id = any($1) and status = 'Closed'", ids) == Consultations);
        await rig.WaitUntil("every event is handled", TimeSpan.FromSeconds(60), async () =>
            await rig.Scalar<long>($"select count(*) from {DeliveriesOf} and d.handled_at is null", ids) == 0);

        await CheckThatEachHappenedOnce(rig, ids);
        await Print(rig, consultations, closesAt);
        return ids;
    }

    private static async Task CheckThatEachHappenedOnce(ProductionRig rig, Guid[] ids)
    {
        await EachOnce("consultations.history", Transitions);
        await EachOnce("participation.history", ["ResponseFormClosing", "ResponsesSealed"]);
        var published = await rig.Rows(
            "select type, payload::jsonb ->> 'consultationId', count(*) from platform.outbox where (payload::jsonb ->> 'consultationId')::uuid = any($1) group by 1, 2",
            row => (Type: row.GetString(0), Times: row.GetInt64(2)),
            ids);
        published.ShouldAllBe(p => p.Times == 1);
        foreach (var type in new[] { "ConsultationScheduledV1", "ConsultationOpenedV1", "ConsultationClosingV1", "ResponsesSealedV1", "ConsultationClosedV1" })
        {
            published.Count(p => p.Type == type).ShouldBe(ids.Length, type);
        }

        (await rig.Scalar<long>($"select count(*) from {DeliveriesOf} and d.parked_at is not null", ids)).ShouldBe(0);
        (await rig.Scalar<long>("select count(*) from closing_the_loop.loop where consultation_id = any($1)", ids)).ShouldBe(ids.Length);

        async Task EachOnce(string history, string[] events)
        {
            var times = await rig.Rows(
                $"select aggregate_id, event, count(*) from {history} where aggregate_id = any($1) and event = any($2) group by 1, 2",
                row => (row.GetGuid(0), row.GetString(1), Times: row.GetInt64(2)),
                ids, events);
            times.Count.ShouldBe(ids.Length * events.Length, history);
            times.ShouldAllBe(t => t.Times == 1);
        }
    }

    private async Task Print(ProductionRig rig, IReadOnlyList<RiggedConsultation> consultations, DateTimeOffset closesAt)
    {
        foreach (var transition in Transitions[1..])
        {
            var lags = new List<double>();
            foreach (var consultation in consultations)
            {
                lags.Add((await rig.CommitOf(consultation, transition) - closesAt).TotalMilliseconds);
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{transition}: the first {lags.Min():0} ms after the instant, the last {lags.Max():0} ms"));
        }

        var ids = consultations.Select(c => c.Id).ToArray();
        var deliveries = await rig.Scalar<long>($"select count(*) from {DeliveriesOf}", ids);
        var repeated = await rig.Scalar<long>($"select count(*) from {DeliveriesOf} and d.attempts > 0", ids);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{deliveries} deliveries, {repeated} of them tried again"));
    }
}
