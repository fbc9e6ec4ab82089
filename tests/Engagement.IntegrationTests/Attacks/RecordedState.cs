using Npgsql;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What the whole database holds, table by table, so that a test can show that nothing has changed.</summary>
internal sealed record RecordedState(IReadOnlyDictionary<string, string> Tables)
{
    /// <summary>Tables that any visit writes to: when a session was last used, the keys of forms, tries to sign in, requests counted.</summary>
    private static readonly string[] OfVisits = ["access.session", "access.sign_in_count", "platform.account_use", "platform.data_protection_key", "platform.signing_key"];

    public static async Task<RecordedState> Of(NpgsqlDataSource database)
    {
        var names = new List<string>();
        await using (var command = database.CreateCommand(
            "select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
            }
        }

        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names.Except(OfVisits, StringComparer.Ordinal))
        {
            // The transaction that wrote a row last: an update that writes the same values is seen too.
            await using var command = database.CreateCommand($"select count(*) || ' rows, ' || coalesce(sum(xmin::text::bigint), 0) from {name}");
            tables[name] = (string)(await command.ExecuteScalarAsync())!;
        }

        return new RecordedState(tables);
    }

    public IEnumerable<string> ChangesSince(RecordedState before) =>
        Tables.Where(t => before.Tables.GetValueOrDefault(t.Key) != t.Value).Select(t => $"{t.Key}: {before.Tables.GetValueOrDefault(t.Key)} became {t.Value}");
}
