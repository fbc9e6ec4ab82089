using System.Diagnostics;
using Npgsql;

namespace Engagement.Build;

/// <summary>
/// The program from its start on a database that is up and migrated, and what it holds in memory: as docker-compose.yml runs it, one process for pages and interfaces and one for what is
/// done in the background; and both in one process, as on a small machine.
/// </summary>
internal sealed class Starting(string[] database, NpgsqlDataSource dataSource, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> pages)
{
    private const double Most = 250;
    private const int Clients = 64;

    private const string Waiting =
        """
        select ((select count(*) from platform.delivery where handled_at is null) + (select count(*) from platform.work where state in ('Queued', 'Running'))
              + (select count(*) from platform.notification where sent_at is null and failed_at is null and superseded_at is null))::text
        """;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    /// <summary>For each page: compiling what is hot adds to the memory for about so long.</summary>
    private static readonly TimeSpan Crowd = TimeSpan.FromSeconds(10);

    private double _busy;

    public IEnumerable<Workload> Workloads()
    {
        yield return new Workload("start to the first page", 1, "s", StartAsync, null, "within 2 s", (value, _) => value <= 2);
        foreach (var (role, name) in new[] { ("web", "pages and interfaces"), ("all", "both in one") })
        {
            yield return Memory($"{name}, idle", 1, span => MemoryAsync(role, pages, span));

            // Of the measurement before.
            yield return Memory($"{name}, under load at most", Clients, _ => Task.FromResult(_busy));
        }

        yield return Memory("the background, idle", 1, span => MemoryAsync("worker", [], span));
    }

    private static Workload Memory(string what, int clients, Func<TimeSpan, Task<double>> measure) =>
        new($"memory held by the process for {what}", clients, "MB", measure, null, "at most 250 MB", (value, _) => value <= Most, Once: true);

    private async Task<double> StartAsync(TimeSpan span)
    {
        await DoWhatWaitsAsync();
        var begun = Stopwatch.GetTimestamp();
        await using var program = await Running.StartAsync("all", database, settings, ready: pages[0]);
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <returns>Megabytes while it is idle; those under load are kept for the next.</returns>
    private async Task<double> MemoryAsync(string role, IReadOnlyList<string> asked, TimeSpan span)
    {
        await DoWhatWaitsAsync();
        await using var program = await Running.StartAsync(role, database, settings);
        await Task.Delay(Rest);
        var idle = program.Memory;
        program.ForgetPeak();
        foreach (var page in asked)
        {
            await program.Visitor.RateAsync(page, Clients, span < TimeSpan.FromSeconds(1) ? span : Crowd);
        }

        _busy = program.PeakMemory;
        return idle;
    }

    /// <summary>The measurement has left what no worker has done yet; a process that is busy with it is not idle.</summary>
    private async Task DoWhatWaitsAsync()
    {
        await using var worker = await Running.StartAsync("worker", database, settings);
        var watch = Stopwatch.StartNew();
        do
        {
            // Its jobs look for work every few seconds.
            await Task.Delay(Rest);
            if (watch.Elapsed > TimeSpan.FromMinutes(5))
            {
                throw new StepFailedException("Doing what waits", "the worker has not done it in 5 minutes", "look at the page of jobs and events and see what it waits for.");
            }
        }
        while (await Load.TextAsync(dataSource, Waiting) != "0");
    }
}
