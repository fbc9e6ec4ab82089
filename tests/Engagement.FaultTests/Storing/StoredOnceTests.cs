using System.Globalization;
using Engagement.FaultTests.Closing;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>Whoever got a receipt is stored, once, whatever is killed, cut or stopped meanwhile.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class StoredOnceTests(FaultServer server, ITestOutputHelper output)
{
    private static readonly TimeSpan LongestBeforeAKill = FaultSettings.Long ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(1);

    [Fact]
    public async Task X01_X02_X08_X09_Every_acknowledged_response_is_stored_once_though_web_worker_and_PostgreSQL_are_killed_and_PostgreSQL_is_restarted_every_twenty_seconds()
    {
        await TryKills();
        if (FaultSettings.Long)
        {
            await TryRestarts();
        }
    }

    [Fact]
    public async Task X10_An_answer_that_was_lost_after_the_commit_is_given_again_to_the_same_key()
    {
        var rig = await server.WholeRigAsync();
        var cuts = FaultSettings.Long ? 200 : 20;
        var history = await rig.UnderLoad(output, async (_, _) =>
        {
            for (var cut = 1; cut <= cuts; cut++)
            {
                var before = rig.Between.Cut;
                rig.Between.CutAnswers(1);
                await rig.WaitUntil("an answer was lost", TimeSpan.FromSeconds(30), () => Task.FromResult(rig.Between.Cut == before + 1));
            }
        });

        history.Attempts.Count(a => a.Replayed).ShouldBeGreaterThanOrEqualTo(cuts, "what they had sent was stored, so they got the receipt of it");
    }

    [Fact]
    public async Task X07_A_web_process_that_is_asked_to_stop_answers_what_it_has_begun()
    {
        var rig = await server.WholeRigAsync();
        await rig.UnderLoad(output, async (consultation, history) =>
        {
            for (var stop = 1; stop <= (FaultSettings.Long ? 10 : 1); stop++)
            {
                if (stop > 1)
                {
                    await rig.SomeAreTaken(history);
                }

                (await rig.Web.StopAsync()).ShouldBe(0);

                // Nobody is there to answer: whoever asks anew has heard all that they will ever hear of what they sent before.
                var stopped = Instants.Now;
                await rig.WaitUntil("everybody asked anew", TimeSpan.FromSeconds(30), () => Task.FromResult(
                    history.Attempts.Where(a => a.Started > stopped).Select(a => a.Client).Distinct().Count() == Load.Participants));
                var acknowledged = history.Responses.Where(r => r.Any(a => a.IsAcknowledged)).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
                var keys = await rig.Rows("select regexp_replace(idempotency_key, '^.* ', '') from participation.response where consultation_id = $1", row => row.GetString(0), consultation.Id);
                keys.Except(acknowledged, StringComparer.Ordinal).ShouldBeEmpty("these were stored, and whoever sent them was cut off");
                await rig.StartWebAsync();
            }
        });
    }

    [Fact]
    public async Task X37_A_backup_that_was_taken_while_responses_arrive_is_restored_to_the_last_row()
    {
        var rig = await server.WholeRigAsync();
        var file = rig.PathOf("all.backup");
        List<string> before = [];
        await rig.UnderLoad(output, async (_, history) =>
        {
            before.AddRange(history.Responses.Where(r => r.Any(a => a.IsAcknowledged)).Select(r => r.Key));
            await rig.Run("backup", "--file", file);
        });

        var restored = await rig.RunOnEmptyDatabase("restore", "--file", file);
        await using (var database = Npgsql.NpgsqlDataSource.Create(restored))
        {
            var (then, now) = (await Responses(database), await Responses(rig.Database));
            before.ShouldNotBeEmpty();
            before.Except(then.Keys, StringComparer.Ordinal).ShouldBeEmpty("these had been acknowledged before the backup was begun");
            then.Count.ShouldBeLessThan(now.Count, "nothing arrived meanwhile, so nothing was tried");
            then.Where(r => now[r.Key] != r.Value).ShouldBeEmpty();
        }

        await server.DropDatabaseAsync(restored);

        static async Task<Dictionary<string, string>> Responses(Npgsql.NpgsqlDataSource database)
        {
            await using var command = database.CreateCommand("select regexp_replace(idempotency_key, '^.* ', ''), r::text from participation.response r");
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new Dictionary<string, string>(StringComparer.Ordinal);
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetString(0), reader.GetString(1));
            }

            return rows;
        }
    }

    private async Task TryKills()
    {
        var random = new Random(FaultSettings.Seed);
        var rig = await server.WholeRigAsync();
        (string Victim, Func<Task> Kill)[] victims =
        [
            ("web", async () =>
            {
                await rig.Web.KillAsync();
                await rig.StartWebAsync();
            }),
            ("worker", rig.ReplaceWorkerAsync),
            ("PostgreSQL", rig.KillDatabaseAsync),
        ];
        var order = Enumerable.Range(0, FaultSettings.Long ? 20 : victims.Length).Select(n => victims[n % victims.Length]).ToArray();
        random.Shuffle(order);
        await rig.UnderLoad(output, async (_, history) =>
        {
            foreach (var (victim, kill) in order)
            {
                await Task.Delay(random.NextDouble() * LongestBeforeAKill);
                await kill();
                var back = Instants.Now;
                await rig.WaitUntil("somebody is answered again", TimeSpan.FromSeconds(30), () => Task.FromResult(history.Attempts.Any(a => a.IsAcknowledged && a.Started > back)));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed {victim}: {history.Attempts.Count(a => a.IsAcknowledged)} acknowledged, {history.Attempts.Count(a => a.IsUnknown)} without an answer so far"));
            }
        });

        (await rig.Run("audit", "verify")).ShouldContain("the record is whole");
    }

    private async Task TryRestarts()
    {
        var rig = await server.WholeRigAsync();
        var (web, workers) = (rig.Web, rig.Workers);
        var seen = await rig.UnderLoad(output, async (_, history) =>
        {
            for (var restart = 1; restart <= 15; restart++)
            {
                var next = Instants.Now.AddSeconds(20);
                await rig.RestartDatabaseAsync(immediately: restart % 2 == 0);
                await rig.ResponsesAreTakenAgain(history);
                await Instants.Until(next);
            }
        });

        seen.Attempts.Where(a => a.Status is null).ShouldBeEmpty("whoever was not served was told so");
        await rig.CheckRecord();
        rig.Web.ShouldBe(web);
        web.IsAlive.ShouldBeTrue();
        rig.Workers.ShouldBe(workers);
    }
}
