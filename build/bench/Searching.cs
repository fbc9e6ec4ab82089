using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Engagement.Build;

/// <summary>
/// What officers read of many responses one by one, by the API: found by words, page after page, and taken along. The floor of a page is the bare indexed statement for its rows
/// (with the words around what was found, where something was searched for), and a bare endpoint that answers as many bytes.
/// </summary>
internal static class Searching
{
    private const string Columns = "r.response_id, r.reference, r.received_on, r.channel, r.standing, r.counted";
    private const string List = $"select {Columns}, r.answers from participation.v1_received r where r.consultation_id = $1 and r.response_id < $2 order by r.response_id desc limit 26";

    private const string Search =
        $"""
        select {Columns}, ts_headline('pg_catalog.english', concat_ws(E'\n', r.answers ->> 'q9', r.answers ->> 'q10'), websearch_to_tsquery('pg_catalog.english', $2), 'MaxWords=35, MinWords=20, MaxFragments=1')
          from (select * from participation.v1_received r
                 where r.consultation_id = $1 and r.words @@ websearch_to_tsquery('pg_catalog.english', $2) order by r.response_id desc limit 26) r
        """;

    /// <param name="texts">A consultation with many responses.</param>
    /// <param name="few">One with a hundredth of them.</param>
    public static IEnumerable<Workload> Workloads(Subject subject, NpgsqlDataSource database, Guid texts, Guid few)
    {
        foreach (var (name, word) in new[] { ("one that a thousandth says", TenQuestions.RareWord), ("one that most say", TenQuestions.CommonWord) })
        {
            var address = $"/api/v1/consultations/{texts}/received?words={word}";
            yield return Page(subject, $"search in free texts for a word: {name}", () => Task.FromResult(address), span => Reports.MedianAsync(database, span, Search, texts, word));
        }

        foreach (var (name, share) in new[] { ("the first", 1.0), ("in the middle", 0.5), ("the last", 0.0) })
        {
            Guid? after = null;
            yield return Page(
                subject, $"responses, 25 to a page: {name}",
                async () => $"/api/v1/consultations/{texts}/received?after={after ??= await AtAsync(database, texts, share)}",
                async span => await Reports.MedianAsync(database, span, List, texts, after ??= await AtAsync(database, texts, share)));
        }

        yield return new Workload(
            "CSV export of every response", 1, "ms",
            span => subject.Api.MedianAsync($"/api/v1/consultations/{texts}/export.csv", span),
            async span => await ReadAndWriteAsync(database, texts, await subject.SizeByApiAsync($"/api/v1/consultations/{texts}/export.csv"), span),
            "at most 1.5 times the floor's time",
            (_, ratio) => ratio <= 1.5);
        yield return new Workload(
            "CSV export: most memory held meanwhile, beside that for a hundredth of the responses", 1, "MB",
            async _ => await PeakAsync(subject, texts),
            async _ => await PeakAsync(subject, few),
            "at most 1.25 times the floor's",
            (_, ratio) => ratio <= 1.25);
    }

    private static Workload Page(Subject subject, string name, Func<Task<string>> address, Func<TimeSpan, Task<double>> statement) => new(
        name, 1, "ms",
        async span => await subject.Api.MedianAsync(await address(), span),
        async span => await statement(span / 2) + await subject.Floor.MedianAsync(await subject.SizeByApiAsync(await address()), span / 2),
        "at most 3 times the floor's time",
        (_, ratio) => ratio <= 3);

    private static async Task<Guid> AtAsync(NpgsqlDataSource database, Guid consultation, double share)
    {
        await using var command = database.CreateCommand(
            "select id from (select id, row_number() over (order by id) n, count(*) over () of from participation.response where consultation_id = $1) r where n = greatest(27, (of * $2)::int) limit 1");
        command.Parameters.Add(new() { Value = consultation });
        command.Parameters.Add(new() { Value = share });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<double> PeakAsync(Subject subject, Guid consultation)
    {
        subject.Web.ForgetPeak();
        await subject.Api.GetAsync($"/api/v1/consultations/{consultation}/export.csv");
        return subject.Web.PeakMemory;
    }

    /// <summary>A reader that takes every row with all that the file holds of it, and writes as many bytes.</summary>
    private static async Task<double> ReadAndWriteAsync(NpgsqlDataSource database, Guid consultation, int bytes, TimeSpan span)
    {
        var times = new List<double>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < span || times.Count == 0;)
        {
            var before = Stopwatch.GetTimestamp();
            await using var command = database.CreateCommand(
                """
                select r.reference, r.channel, r.submitted_at, r.received_on, r.late, r.consent_to_publish, r.questionnaire_version, r.asked, a.answers::text
                  from participation.v1_responses r join participation.v1_received a using (consultation_id, response_id)
                 where r.consultation_id = $1 order by r.submitted_at, r.response_id
                """);
            command.CommandTimeout = 0;
            command.Parameters.Add(new() { Value = consultation });
            await using var file = new StreamWriter(Stream.Null, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024);
            await using var reader = await command.ExecuteReaderAsync();
            var line = new StringBuilder();
            var written = 0L;
            while (await reader.ReadAsync())
            {
                line.Clear();
                line.Append(CultureInfo.InvariantCulture, $"{reader.GetString(0)},{reader.GetString(1)},{reader.GetDateTime(2):O},{reader.GetFieldValue<DateOnly>(3):O},{reader.GetBoolean(4)},{reader.GetBoolean(5)},{reader.GetInt32(6)},");
                line.AppendJoin(' ', reader.GetFieldValue<string[]>(7)).Append(',').Append(reader.GetString(8)).Append("\r\n");
                written += line.Length;
                await file.WriteAsync(line);
            }

            for (; written < bytes; written++)
            {
                await file.WriteAsync(' ');
            }

            await file.FlushAsync();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return Measurement.Median(times);
    }
}
