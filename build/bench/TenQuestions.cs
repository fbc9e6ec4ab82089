using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Build;

/// <summary>A consultation with ten questions and as many responses as are asked for, each with an answer to every question, two of them in words.</summary>
internal static class TenQuestions
{
    /// <summary>Said by every thousandth.</summary>
    public const string RareWord = "otters";

    public const string CommonWord = "school";

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int WordsOfAText = 40;

    private static readonly string[] Words =
        "the bus stop near our school should stay because older people walk there every morning and it is cold in winter my neighbour cannot drive since her eyes are bad so she needs a safe crossing with light a bench and a timetable that is right parking takes all the space library green hedge river market cycle path hospital surgery".Split(' ');

    public static async Task FillAsync(NpgsqlDataSource database, Guid consultation, string slug, int responses)
    {
        await Responding.OpenAsync(database, consultation, slug);
        await using var connection = await database.OpenConnectionAsync();
        await using var import = await connection.BeginBinaryImportAsync(
            """
            copy participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language,
                 consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, answers, asked, answers_digest) from stdin (format binary)
            """);
        var random = new Random(responses);
        string[] asked = [.. Enumerable.Range(1, 10).Select(n => $"q{n}")];
        var first = TimeProvider.System.GetUtcNow().AddHours(-20);
        for (var n = 0; n < responses; n++)
        {
            var at = first.AddMilliseconds(n * 600_00.0 / Math.Max(1000, responses) * 1000);
            var answers = Answers(random, isRare: n % 1000 == 0);
            await import.StartRowAsync();
            await import.WriteAsync(consultation, NpgsqlDbType.Uuid);
            await import.WriteAsync(Guid.CreateVersion7(at), NpgsqlDbType.Uuid);
            await import.WriteAsync(RandomNumberGenerator.GetString(Alphabet, 12), NpgsqlDbType.Varchar);
            await import.WriteAsync($"bench {consultation} {n}", NpgsqlDbType.Varchar);
            await import.WriteAsync(new byte[32], NpgsqlDbType.Bytea);
            await import.WriteAsync(1, NpgsqlDbType.Integer);
            await import.WriteAsync(1, NpgsqlDbType.Integer);
            await import.WriteAsync("Web", NpgsqlDbType.Varchar);
            await import.WriteAsync("en", NpgsqlDbType.Varchar);
            await import.WriteAsync(true, NpgsqlDbType.Boolean);
            await import.WriteAsync(at, NpgsqlDbType.TimestampTz);
            await import.WriteAsync(DateOnly.FromDateTime(at.UtcDateTime), NpgsqlDbType.Date);
            await import.WriteAsync(false, NpgsqlDbType.Boolean);
            await import.WriteAsync(false, NpgsqlDbType.Boolean);
            await import.WriteAsync(answers, NpgsqlDbType.Jsonb);
            await import.WriteAsync(asked, NpgsqlDbType.Array | NpgsqlDbType.Text);
            await import.WriteAsync(SHA256.HashData(Encoding.UTF8.GetBytes(answers)), NpgsqlDbType.Bytea);
        }

        await import.CompleteAsync();
    }

    private static string Answers(Random random, bool isRare)
    {
        string[] One() => ["abcd"[random.Next(4)].ToString()];
        string[] Some() => [.. "abcd".Where(_ => random.Next(2) == 0).Append('d').Distinct().Order().Select(c => c.ToString())];
        string[] Point() => [random.Next(1, 6).ToString(CultureInfo.InvariantCulture)];
        string Text(string more) => string.Join(' ', Enumerable.Range(0, WordsOfAText).Select(_ => Words[random.Next(Words.Length)]).Append(more));
        return JsonSerializer.Serialize(new
        {
            q1 = One(), q10 = Text("there"), q2 = One(), q3 = One(), q4 = Some(), q5 = Some(), q6 = Point(), q7 = Point(), q8 = random.Next(8), q9 = Text(isRare ? RareWord : "there"),
        });
    }
}
