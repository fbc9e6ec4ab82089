using System.Diagnostics;
using Npgsql;

namespace Engagement.Build;

/// <summary>The whole program, web and worker in one process, from its start on a database that is up and migrated; and what it holds in memory.</summary>
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

    private double _idle;
    private double _busy;

    public IEnumerable<Workload> Workloads()
    {
        yield return new Workload("start to the first page", 1, "s", MeasureAsync, null, "within 2 s", (value, _) => value <= 2);

        // Of the measurement before.
        yield return new Workload("memory held by the process, idle", 1, "MB", _ => Task.FromResult(_idle), null, "at most 250 MB", (value, _) => value <= Most);
        yield return new Workload("memory held by the process, under load at most", Clients, "MB", _ => Task.FromResult(_busy), null, "at most 250 MB", (value, _) => value <= Most);
    }

    private async Task<double> MeasureAsync(TimeSpan span)
    {
        await DoWhatWaitsAsync();
        var begun = Stopwatch.GetTimestamp();
        await using var program = await Running.StartAsync("all", database, settings, ready: pages[0]);
        var took = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.Delay(Rest);
        _idle = program.Memory;
        program.ForgetPeak();
        foreach (var page in pages)
        {
            await program.Visitor.RateAsync(page, Clients, span);
        }

        _busy = program.PeakMemory;
        return took;
    }

    /// <summary>The measurement has left what no worker has done yet; a process that is busy with it is not idle.</summary>
    private async Task DoWhatWaitsAsync()
    {
        await using var worker = await Running.StartAsync("worker", database, settings);
        for (var watch = Stopwatch.StartNew(); await Load.TextAsync(dataSource, Waiting) != "0"; await Task.Delay(Rest))
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(5))
            {
                throw new StepFailedException("Doing what waits", "the worker has not done it in 5 minutes", "look at the page of jobs and events and see what it waits for.");
            }
        }
    }
}
