using System.Globalization;
using Npgsql;

namespace Engagement.Build;

/// <summary>Many consultations that close at the same instant, with one worker: by the instants at which the transactions were committed.</summary>
internal sealed class Closings(string[] database, NpgsqlDataSource dataSource, int consultations, TimeSpan drainWindow)
{
    private const string Those = "(select id from consultations.consultation where slug like 'bench-closing-%')";
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private double _sealed;

    public IEnumerable<Workload> Workloads()
    {
        var many = consultations.ToString("N0", CultureInfo.InvariantCulture);
        yield return new Workload($"{many} consultations close at one instant: all Closing, none early", 1, "s", _ => MeasureAsync(), null, "within 2 s", (value, _) => value <= 2, Once: true);

        // Of the measurement before.
        yield return new Workload($"{many} consultations close at one instant: all sealed, after the drain window", 1, "s", _ => Task.FromResult(_sealed), null, "within 10 s", (value, _) => value <= 10, Once: true);
    }

    private async Task<double> MeasureAsync()
    {
        await using var worker = await Running.StartAsync(
            "worker", database, new Dictionary<string, string>(StringComparer.Ordinal) { ["Consultations__DrainWindow"] = drainWindow.ToString("c") });
        var now = TimeProvider.System.GetUtcNow() + Notice;
        var closesAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)).AddSeconds(1 + (consultations / 1000));
        await PrepareAsync(closesAt);
        await UntilAllAsync("Recording that they close", closesAt, $"select count(*) from consultations.history where event = 'ConsultationClosing' and aggregate_id in {Those}");
        await UntilAllAsync("Sealing their responses", closesAt + drainWindow, $"select count(*) from participation.history where event = 'ResponsesSealed' and aggregate_id in {Those}");
        var (earliest, closing) = await CommitsAsync("consultations.history", "ConsultationClosing");
        var (_, sealedAt) = await CommitsAsync("participation.history", "ResponsesSealed");
        if (earliest < closesAt)
        {
            throw new StepFailedException("Closing many consultations", $"one was closed {(closesAt - earliest).TotalMilliseconds:0} ms early", "see what the job that closes them asks for.");
        }

        _sealed = (sealedAt - closesAt - drainWindow).TotalSeconds;
        return (closing - closesAt).TotalSeconds;
    }

    private async Task PrepareAsync(DateTimeOffset closesAt)
    {
        var at = $"'{closesAt.ToString("O", CultureInfo.InvariantCulture)}'::timestamptz";
        await Load.CopyAsync(dataSource, "consultations.consultation", consultations, new()
        {
            ["id"] = "gen_random_uuid()",
            ["slug"] = "'bench-closing-' || g",
            ["closes_at"] = at,
        }, $"(select * from consultations.consultation where id = '{Responding.Consultation}')");
        await using var forms = dataSource.CreateCommand(
            """
            insert into participation.response_form (consultation_id, version, slug, title, questionnaire_version, opens_at, closes_at, is_withdrawn)
            select id, 1, slug, title, 1, opens_at, closes_at, false from consultations.consultation where slug like 'bench-closing-%'
            """);
        await forms.ExecuteNonQueryAsync();
        await Load.CopyAsync(dataSource, "participation.response", consultations, new()
        {
            ["id"] = "gen_random_uuid()",
            ["consultation_id"] = "(select id from consultations.consultation where slug = 'bench-closing-' || g)",
            ["reference"] = "upper(left(md5(s.id::text || g || 'closing'), 12))",
            ["idempotency_key"] = "'closing ' || s.id || '-' || g",
        }, $"(select * from participation.response where consultation_id = '{Subject.Texts}' order by id limit 3)");
    }

    private async Task UntilAllAsync(string step, DateTimeOffset from, string count)
    {
        while (await Load.NumberAsync(dataSource, count) < consultations)
        {
            if (TimeProvider.System.GetUtcNow() > from + Patience)
            {
                throw new StepFailedException(step, $"not all of {consultations} within {Patience.TotalMinutes:0} minutes", "see the worker's jobs on the pages of the administration.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }
    }

    private async Task<(DateTimeOffset First, DateTimeOffset Last)> CommitsAsync(string table, string happened)
    {
        await using var command = dataSource.CreateCommand(
            $"select min(pg_xact_commit_timestamp(xmin)), max(pg_xact_commit_timestamp(xmin)), count(*), count(distinct aggregate_id) from {table} where event = $1 and aggregate_id in {Those}");
        command.Parameters.Add(new() { Value = happened });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        if (reader.GetInt64(2) != consultations || reader.GetInt64(3) != consultations)
        {
            throw new StepFailedException("Closing many consultations", $"{happened} was recorded {reader.GetInt64(2)} times of {reader.GetInt64(3)} consultations, not once of each of {consultations}", "see the history.");
        }

        return (reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1));
    }
}
