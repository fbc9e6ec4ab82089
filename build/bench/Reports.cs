using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Engagement.Build;

/// <summary>What officers read of many responses, beside the best single statement over what is stored.</summary>
internal static class Reports
{
    /// <param name="busiest">The consultation with most responses.</param>
    public static IEnumerable<Workload> Workloads(HttpSubject subject, NpgsqlDataSource database, string busiest)
    {
        yield return new Workload(
            "results: how often each answer of every question was given, as a page", 1, "ms",
            span => subject.MedianAsync($"/admin/consultations/{busiest}/results", span),
            span => MedianAsync(
                database, span, "select g, count(*) from participation.v1_given v cross join lateral unnest(v.given) g where v.consultation_id = $1 group by g", Guid.Parse(busiest, CultureInfo.InvariantCulture)),
            "at most 1.5 times the floor's time",
            (_, ratio) => ratio <= 1.5);
    }

    private static async Task<double> MedianAsync(NpgsqlDataSource database, TimeSpan span, string sql, params object[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync();
        var times = new List<double>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < span || times.Count == 0;)
        {
            var before = Stopwatch.GetTimestamp();
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new() { Value = parameter });
            }

            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                // Every row has to come.
            }

            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return Measurement.Median(times);
    }
}
