using System.Diagnostics;
using Npgsql;

namespace Engagement.Build;

/// <summary>What officers read of many responses, beside the best single statement over what is stored.</summary>
internal static class Reports
{
    /// <summary>Of several ways to write it the fastest: no set of rows is made of a response's list, and the values are compared until one fits.</summary>
    private const string CrossTable =
        """
        select case when 'q1=a' = any(v.given) then 0 when 'q1=b' = any(v.given) then 1 when 'q1=c' = any(v.given) then 2 when 'q1=d' = any(v.given) then 3 end,
               case when 'q2=a' = any(v.given) then 0 when 'q2=b' = any(v.given) then 1 when 'q2=c' = any(v.given) then 2 when 'q2=d' = any(v.given) then 3 end, count(*)
          from participation.v1_given v where v.consultation_id = $1 group by 1, 2
        """;

    /// <param name="texts">A consultation with ten questions and many responses.</param>
    public static IEnumerable<Workload> Workloads(HttpSubject subject, NpgsqlDataSource database, Guid texts)
    {
        yield return new Workload(
            "results: how often each answer of every question was given, as a page", 1, "ms",
            span => subject.MedianAsync($"/admin/consultations/{texts}/results", span),
            span => MedianAsync(
                database, span, "select g, count(*) from participation.v1_given v cross join lateral unnest(v.given) g where v.consultation_id = $1 group by g", texts),
            "at most 1.5 times the floor's time",
            (_, ratio) => ratio <= 1.5);
        yield return new Workload(
            "results: two questions against each other, as a page", 1, "ms",
            span => subject.MedianAsync($"/admin/consultations/{texts}/results/compare?Rows=q1&Columns=q2", span),
            span => MedianAsync(database, span, CrossTable, texts),
            "at most 1.5 times the floor's time",
            (_, ratio) => ratio <= 1.5);
    }

    public static async Task<double> MedianAsync(NpgsqlDataSource database, TimeSpan span, string sql, params object[] parameters)
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
