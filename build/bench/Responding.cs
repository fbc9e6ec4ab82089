using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Engagement.Build;

/// <summary>What many clients got done at once.</summary>
/// <param name="Rate">A second, of all of them.</param>
/// <param name="P50">Milliseconds from asking to the whole answer: half of them took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
internal sealed record Throughput(double Rate, double P50, double P99)
{
    /// <summary>Every client does one after the other until the time is over, and one at least.</summary>
    /// <param name="client">Makes what one client does once; disposed of in the end.</param>
    public static async Task<Throughput> OfAsync<T>(int clients, TimeSpan span, Func<Task<T>> client, Func<T, Task> once)
        where T : IAsyncDisposable
    {
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => client()));
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(all.Select(c => Task.Run(async () =>
        {
            var own = new List<double>(4096);
            do
            {
                var before = Stopwatch.GetTimestamp();
                await once(c);
                own.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
            while (watch.Elapsed < span);

            return own;
        })));
        var took = watch.Elapsed.TotalSeconds;
        foreach (var c in all)
        {
            await c.DisposeAsync();
        }

        var sorted = times.SelectMany(t => t).Order().ToArray();
        return new Throughput(sorted.Length / took, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }
}

/// <summary>
/// The closing minute: responses to ten questions, about 2 kB each, over HTTP, each validated, under a key of its own and on disk before it
/// is acknowledged; beside it the same rows inserted into the same table by as many connections that do nothing else.
/// </summary>
internal sealed class Responding
{
    public const string Slug = "bench-ten-questions";
    public static readonly Guid Consultation = new("01900000-0000-7000-8000-00000000be10");
    private static readonly string[] Words =
        "the bus stop near our school should stay because older people walk there every morning and it is cold in winter my neighbour cannot drive since her eyes are bad so she needs a safe crossing with light a bench and a timetable that is right parking takes all the space".Split(' ');

    private readonly Uri _address;
    private readonly NpgsqlDataSource _database;
    private readonly (string Body, string Stored)[] _responses;
    private Throughput? _product;
    private Throughput? _floor;

    private Responding(Uri address, NpgsqlDataSource database)
    {
        _address = address;
        _database = database;
        _responses = [.. Enumerable.Range(0, 256).Select(n => Compose(new Random(n)))];
    }

    public static async Task<Responding> PrepareAsync(Uri address, NpgsqlDataSource database)
    {
        await OpenAsync(database, Consultation, Slug);
        return new Responding(address, database);
    }

    /// <summary>Opens a consultation with ten questions: a copy of one that the demonstration opened.</summary>
    public static async Task OpenAsync(NpgsqlDataSource database, Guid consultation, string slug)
    {
        await Load.CopyAsync(database, "consultations.consultation", 1, new()
        {
            ["id"] = $"'{consultation}'",
            ["slug"] = $"'{slug}'",
            ["questionnaire_version"] = "1",
            ["opens_at"] = "now() - interval '1 day'",
            ["closes_at"] = "now() + interval '1 day'",
        }, "(select * from consultations.consultation where status = 'Open' order by id limit 1)");
        await using var command = database.CreateCommand(
            """
            with version as (insert into participation.questionnaire_version (consultation_id, number, content_json, digest, created_at) values ($1, 1, $2, '', now()))
            insert into participation.response_form (consultation_id, version, slug, title, questionnaire_version, opens_at, closes_at, is_withdrawn)
            select id, 1, slug, title, 1, opens_at, closes_at, false from consultations.consultation where id = $1
            """);
        command.Parameters.Add(new() { Value = consultation });
        command.Parameters.Add(new() { Value = Questionnaire() });
        await command.ExecuteNonQueryAsync();
    }

    public IEnumerable<Workload> Workloads()
    {
        foreach (var (clients, least) in new[] { (1, 0.0), (16, 0.5), (64, 0.0), (128, 0.9) })
        {
            const string name = "accept a response (10 questions, 2 kB)";
            yield return new Workload(
                name, clients, "responses/s",
                async span => (_product = await AcceptAsync(clients, span)).Rate,
                async span => (_floor = await InsertAsync(clients, span)).Rate,
                least == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"at least {least} of the floor"),
                (_, ratio) => ratio >= least);

            // Of the measurement before.
            yield return new Workload(
                $"{name}: half within", clients, "ms", _ => Task.FromResult(_product!.P50), _ => Task.FromResult(_floor!.P50), "", (_, _) => true);
            yield return new Workload(
                $"{name}: 99 of 100 within", clients, "ms", _ => Task.FromResult(_product!.P99), _ => Task.FromResult(_floor!.P99), "under 10 times the floor's", (_, ratio) => ratio < 10);
        }
    }

    private Task<Throughput> AcceptAsync(int clients, TimeSpan span) =>
        Throughput.OfAsync(clients, span, () => PlainHttp.ConnectAsync(_address), http => http.PostAsync(
            $"/api/v1/public/consultations/{Slug}/responses", $"Idempotency-Key: {Guid.CreateVersion7()}", Any().Body, HttpStatusCode.Created));

    private Task<Throughput> InsertAsync(int clients, TimeSpan span) =>
        Throughput.OfAsync(clients, span, () => Inserter.OpenAsync(_database), inserter => inserter.InsertAsync(Any().Stored));

    private (string Body, string Stored) Any() => _responses[Random.Shared.Next(_responses.Length)];

    private static string Questionnaire()
    {
        static object Option(string code) => new { code, label = $"Option {code}" };
        object[] choices = [Option("a"), Option("b"), Option("c"), Option("d")];
        return JsonSerializer.Serialize(new
        {
            pages = new object[]
            {
                new { title = "Where", questions = new object[] { Single("q1"), Single("q2"), Single("q3"), Multiple("q4") } },
                new { title = "How", questions = new object[] { Multiple("q5"), Scale("q6"), Scale("q7"), new { code = "q8", type = "number", text = "How many days?", minimum = 0, maximum = 7 } } },
                new { title = "Your words", questions = new object[] { Text("q9"), Text("q10") } },
            },
        });

        object Single(string code) => new { code, type = "single", text = $"Question {code}?", required = true, options = choices };
        object Multiple(string code) => new { code, type = "multiple", text = $"Question {code}?", options = choices };
        static object Scale(string code) => new { code, type = "scale", text = $"Question {code}?", required = true, scale = new { low = 1, high = 5, lowLabel = "Bad", highLabel = "Good" } };
        static object Text(string code) => new { code, type = "long-text", text = $"Question {code}?", required = true };
    }

    /// <returns>As it is sent, and as it is stored.</returns>
    private static (string Body, string Stored) Compose(Random random)
    {
        string One() => "abcd"[random.Next(4)].ToString();
        string[] Some() => [.. "abcd".Where(_ => random.Next(2) == 0).Append('d').Distinct().Order().Select(c => c.ToString())];
        string Text() => string.Join(' ', Enumerable.Range(0, 155).Select(_ => Words[random.Next(Words.Length)]));
        var (one, some, points, text) = (new[] { One(), One(), One() }, new[] { Some(), Some() }, new[] { random.Next(1, 6), random.Next(1, 6) }, new[] { Text(), Text() });
        var days = random.Next(8);
        var body = JsonSerializer.Serialize(new
        {
            answers = new { q1 = one[0], q2 = one[1], q3 = one[2], q4 = some[0], q5 = some[1], q6 = points[0], q7 = points[1], q8 = days, q9 = text[0], q10 = text[1] },
            consentToPublish = true,
        });
        string[] Point(int n) => [n.ToString(CultureInfo.InvariantCulture)];
        var stored = JsonSerializer.Serialize(new
        {
            q1 = new[] { one[0] }, q10 = text[1], q2 = new[] { one[1] }, q3 = new[] { one[2] }, q4 = some[0], q5 = some[1], q6 = Point(points[0]), q7 = Point(points[1]), q8 = days, q9 = text[0],
        });
        return (body, stored);
    }

    /// <summary>A connection that inserts rows as they are, each committed by itself.</summary>
    private sealed class Inserter(NpgsqlConnection connection, NpgsqlCommand command) : IAsyncDisposable
    {
        private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        private static readonly string[] Asked = [.. Enumerable.Range(1, 10).Select(n => $"q{n}")];

        public static async Task<Inserter> OpenAsync(NpgsqlDataSource database)
        {
            var connection = await database.OpenConnectionAsync();
            var command = new NpgsqlCommand(
                """
                insert into participation.response (consultation_id, id, reference, idempotency_key, fingerprint, version, questionnaire_version, channel, language,
                       consent_to_publish, submitted_at, received_on, is_late, entered_after_seal, answers, asked, answers_digest)
                values ($1, $2, $3, $4, $5, 1, 1, 'Web', 'en', true, $6, $7, false, false, $8, $9, $10)
                """,
                connection);
            foreach (var type in new[]
            {
                NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bytea, NpgsqlDbType.TimestampTz, NpgsqlDbType.Date, NpgsqlDbType.Jsonb,
                NpgsqlDbType.Array | NpgsqlDbType.Text, NpgsqlDbType.Bytea,
            })
            {
                command.Parameters.Add(new() { NpgsqlDbType = type });
            }

            await command.PrepareAsync();
            return new Inserter(connection, command);
        }

        public Task InsertAsync(string answers)
        {
            var now = TimeProvider.System.GetUtcNow();
            object[] values =
            [
                Consultation, Guid.CreateVersion7(), RandomNumberGenerator.GetString(Alphabet, 12), $"public:anyone {Guid.CreateVersion7()}", RandomNumberGenerator.GetBytes(32),
                now, DateOnly.FromDateTime(now.UtcDateTime), answers, Asked, SHA256.HashData(Encoding.UTF8.GetBytes(answers)),
            ];
            foreach (var (parameter, value) in command.Parameters.Zip(values))
            {
                parameter.Value = value;
            }

            return command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

/// <summary>
/// HTTP/1.1 on one connection, without a library: on two cores what sends the load takes from what is measured, so it takes as little as it can.
/// </summary>
internal sealed class PlainHttp : IAsyncDisposable
{
    private readonly Socket _socket;
    private byte[] _answer = new byte[64 * 1024];

    private PlainHttp(Socket socket) => _socket = socket;

    /// <summary>Header lines of the last answer, and its body as it came.</summary>
    public string Answer { get; private set; } = "";

    public static async Task<PlainHttp> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        return new PlainHttp(socket);
    }

    /// <exception cref="StepFailedException">Another status: its time would be the time of something else.</exception>
    public async Task PostAsync(string path, string header, string body, HttpStatusCode expected, string type = "application/json")
    {
        var bytes = Encoding.UTF8.GetByteCount(body);
        await ExchangeAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\nContent-Type: {type}\r\nContent-Length: {bytes}\r\n\r\n{body}", path, expected);
    }

    public Task GetAsync(string path, string header, HttpStatusCode expected) => ExchangeAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n", path, expected);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ExchangeAsync(string request, string path, HttpStatusCode expected)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var length = 0;
        while (!IsWhole(_answer.AsSpan(0, length)))
        {
            if (length == _answer.Length)
            {
                Array.Resize(ref _answer, _answer.Length * 2);
            }

            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            length += read > 0 ? read : throw new StepFailedException($"Measuring {path}", "the connection was closed", "see what the program writes.");
        }

        Answer = Encoding.UTF8.GetString(_answer, 0, length);
        var status = int.Parse(Answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (status != (int)expected)
        {
            throw new StepFailedException($"Measuring {path}", $"it answered {status}:\n{Answer}", "send the same by hand and see why.");
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = answer[..(end + 2)];
        var body = answer[(end + 4)..];
        var at = head.IndexOf("\r\nContent-Length: "u8);
        if (at < 0)
        {
            return body.EndsWith("0\r\n\r\n"u8);
        }

        var number = head[(at + 18)..];
        return body.Length >= int.Parse(number[..number.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
