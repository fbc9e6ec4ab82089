using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Engagement.Build;

/// <summary>Fills the database with copies of what the demonstration made by ordinary commands, so that every row has the shape of a real one.</summary>
internal static class Load
{
    public static async Task AsMuchAsAsync(NpgsqlDataSource dataSource, Settings settings)
    {
        Step.Say("Filling the database …");
        var watch = Stopwatch.StartNew();
        var engagements = await NumberAsync(dataSource, "select count(*) from engagements.engagement");
        var responses = Math.Max(1, await NumberAsync(dataSource, "select count(*) from participation.response"));
        var copies = (int)Math.Ceiling((double)settings.Engagements / engagements);
        await CopyAsync(dataSource, "engagements.engagement", copies, new()
        {
            ["id"] = "md5(s.id::text || g)::uuid",
            ["reference"] = "'ENG-2025-' || lpad((row_number() over ())::text, 4, '0')",
            ["title"] = "s.title || ' ' || g",
        });
        await CopyAsync(dataSource, "consultations.consultation", copies, new()
        {
            ["id"] = "md5(s.id::text || g)::uuid",
            ["engagement_id"] = "md5(s.engagement_id::text || g)::uuid",
            ["slug"] = "left(s.slug, 90) || '-' || g",
        });
        await CopyAsync(dataSource, "engagements.engagement_consultation", copies, new()
        {
            ["consultation_id"] = "md5(s.consultation_id::text || g)::uuid",
            ["engagement_id"] = "md5(s.engagement_id::text || g)::uuid",
        });
        await CopyAsync(dataSource, "consultations.assurance", copies, new() { ["consultation_id"] = "md5(s.consultation_id::text || g)::uuid" });
        await CopyAsync(dataSource, "participation.response", (int)Math.Ceiling((double)settings.Responses / responses), new()
        {
            ["id"] = "gen_random_uuid()",
            ["reference"] = "upper(left(md5(s.id::text || g), 12))",
            ["idempotency_key"] = "s.idempotency_key || '-' || g",
            ["submitted_at"] = "s.submitted_at + g * interval '1 microsecond'",
        });

        Step.Say($"  done in {watch.Elapsed.TotalSeconds:0.0} s: {await NumberAsync(dataSource, "select count(*) from engagements.engagement"):N0} engagements, "
            + $"{await NumberAsync(dataSource, "select count(*) from participation.response"):N0} responses");
    }

    /// <summary>As the server itself does within a minute of so much new.</summary>
    public static async Task SettleAsync(NpgsqlDataSource dataSource)
    {
        await using var analyse = dataSource.CreateCommand("vacuum analyze");
        analyse.CommandTimeout = 0;
        await analyse.ExecuteNonQueryAsync();
    }

    /// <summary>Opens a session, as signing in would.</summary>
    /// <returns>The token that the browser would keep.</returns>
    public static async Task<string> SignedInAsync(NpgsqlDataSource dataSource)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var command = dataSource.CreateCommand(
            """
            with officer as (update access.officer set must_change_password = false where normalised_email = 'bench@example.org' returning id, security_stamp)
            insert into access.session (id, officer_id, token_hash, security_stamp, browser, created_at, last_seen_at, expires_at, second_factor)
            select gen_random_uuid(), id, $1, security_stamp, 'bench', now(), now(), now() + interval '12 hours', 'Given' from officer
            """);
        command.Parameters.Add(new() { Value = SHA256.HashData(Encoding.UTF8.GetBytes(token)) });
        return await command.ExecuteNonQueryAsync() == 1 ? token : throw new StepFailedException("Signing in", "there is no officer bench@example.org", "see what 'officer create' says.");
    }

    public static async Task<string> TextAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<long> NumberAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every column as it is, but for those that must differ; <c>s</c> is the row, <c>g</c> counts its copies from 1.</summary>
    /// <param name="source">What is copied; null for all of the table.</param>
    public static async Task CopyAsync(NpgsqlDataSource dataSource, string table, int copies, Dictionary<string, string> different, string? source = null)
    {
        var columns = new List<string>();
        await using (var command = dataSource.CreateCommand(
            "select column_name::text from information_schema.columns where table_schema || '.' || table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO' order by ordinal_position"))
        {
            command.Parameters.Add(new() { Value = table });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                columns.Add(reader.GetString(0));
            }
        }

        await using var insert = dataSource.CreateCommand(
            $"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", columns.Select(c => different.GetValueOrDefault(c, $"s.{c}")))} from {source ?? table} s cross join generate_series(1, {copies}) g");
        insert.CommandTimeout = 0;
        await insert.ExecuteNonQueryAsync();
    }
}
