using System.Text.Json.Nodes;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What stands for the parts of an address of the API: something of the demonstration, something of another consultation, nothing at all.</summary>
internal static class Things
{
    private const string Answered = "(select consultation_id from closing_the_loop.commitment order by consultation_id limit 1)";

    /// <summary>By the beginning of the path and the part: a query for an example, as text.</summary>
    private static readonly (string Below, string Part, string Query)[] Examples =
    [
        ("/api/v1/consultations", "id", $"select {Answered}::text"),
        ("/api/v1/consultations", "documentId", "select id::text from consultations.document order by id limit 1"),
        ("/api/v1/consultations", "noticeId", "select id::text from consultations.notice order by id limit 1"),
        ("/api/v1/consultations", "proofId", "select id::text from consultations.proof order by id limit 1"),
        ("/api/v1/consultations", "consulteeId", "select id::text from consultations.consultee order by id limit 1"),
        ("/api/v1/consultations", "responseId", $"select response_id::text from participation.v1_responses where consultation_id = {Answered} order by submitted_at limit 1"),
        ("/api/v1/consultations", "themeId", $"select id::text from closing_the_loop.theme where consultation_id = {Answered} order by id limit 1"),
        ("/api/v1/consultations", "commitmentId", $"select id::text from closing_the_loop.commitment where consultation_id = {Answered} order by id limit 1"),
        ("/api/v1/consultations", "questionCode", "select 'why'"),
        ("/api/v1/consultations", "name", "select 'minutes.pdf'"),
        ("/api/v1/consultations", "input", "select 'published'"),
        ("/api/v1/engagements", "id", $"select engagement_id::text from consultations.consultation where id = {Answered}"),
        ("/api/v1/engagements", "criterionKey", "select 'heard'"),
        ("/api/v1/public/consultations", "slug", $"select slug from consultations.consultation where id = {Answered}"),
        ("/api/v1/public/consultations", "documentId", "select id::text from consultations.document order by id limit 1"),
        ("/api/v1/public/consultations", "version", "select '1'"),
        ("/api/v1/public/responses", "reference", "select reference from participation.v1_responses order by submitted_at limit 1"),
        ("/api/v1/public/unsubscribe", "token", "select 'none-of-ours'"),
        ("/api/v1/regimes", "id", "select 'tro-permanent'"),
        ("/api/v1/calendars", "id", "select coalesce((select id::text from consultations.calendar_entry limit 1), gen_random_uuid()::text)"),
        ("/api/v1/administration/jobs", "name", "select 'close-due-consultations'"),
        ("/api/v1/work", "id", "select id::text from platform.work limit 1"),
    ];

    /// <summary>Bodies that rules beyond the schema ask for.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/engagements/{id}/waivers"] = """{"check":"areas","reason":"Not needed","planVersion":1}""",
        ["POST /api/v1/consultations/{id}/consultees/{consulteeId}/steps"] = """{"step":"notified","on":"2026-11-23","note":"By letter"}""",
        ["POST /api/v1/consultations/{id}/assurance/evidence"] = """{"practice":"integrity","text":"It was read","link":"https://www.example.org/minutes"}""",
        ["POST /api/v1/consultations/{id}/assurance/judgements"] = """{"stage":"publication","judgements":[{"practice":"integrity","status":"met"}]}""",
        ["PUT /api/v1/regimes/{id}/definition"] = """{"definition":{},"source":"Cabinet, 12 May 2026, minute 34"}""",
        ["POST /api/v1/calendars/{id}/withdrawal"] = """{"reason":"It was wrong"}""",
        ["PUT /api/v1/consultations/{id}/questionnaire"] = """{"pages":[{"title":"You","questions":[{"code":"q1","type":"short-text","text":"Why?"}]}]}""",
        ["POST /api/v1/consultations/{id}/responses"] = """{"channel":"paper","answers":{},"receivedOn":"2026-11-23"}""",
        ["POST /api/v1/consultations/{id}/decision"] = """
            {"body":"Cabinet","decidedOn":"2026-11-23","minute":"Minute 42","decisionMaker":{"name":"Alex Okafor","role":"Leader"},"confirmsConsideration":true,
             "reportReference":"CAB/26/117","reportVersion":"2.1","reportReadOn":"2026-11-23","summary":"Open on Saturdays."}
            """,
    };

    /// <summary>What stands behind the question mark where nothing is answered without it.</summary>
    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/consultations/{id}/timetable/day-count"] = "rule=tro-permanent/min_close",
        ["GET /api/v1/consultations/{id}/results/cross-table"] = "rows=q1&columns=q2",
    };

    /// <summary>Parts of a consultation: the table that says whose each is.</summary>
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["documentId"] = "consultations.document",
        ["noticeId"] = "consultations.notice",
        ["proofId"] = "consultations.proof",
        ["consulteeId"] = "consultations.consultee",
        ["responseId"] = "participation.response",
        ["themeId"] = "closing_the_loop.theme",
        ["commitmentId"] = "closing_the_loop.commitment",
    };

    public static async Task<IReadOnlyDictionary<string, string>> Of(Operation operation, GuardedCouncil council)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in operation.Parts)
        {
            var example = Examples.Where(e => e.Part == part && operation.Path.StartsWith(e.Below + "/", StringComparison.Ordinal)).OrderByDescending(e => e.Below.Length).FirstOrDefault();
            values[part] = example.Query is { } query ? await council.Council.Value<string>(query) : throw new InvalidOperationException($"{operation}: say in Things what stands for {part}.");
        }

        return values;
    }

    /// <summary>Something that is there and that whoever asks may not know of, or that belongs elsewhere than the address says.</summary>
    /// <returns>Null where there is no such thing: a client holds its scopes in the whole council.</returns>
    public static async Task<IReadOnlyDictionary<string, string>?> OfAnother(Operation operation, GuardedCouncil council)
    {
        var values = new Dictionary<string, string>(await Of(operation, council), StringComparer.Ordinal);
        if (operation.Path.StartsWith("/api/v1/work/", StringComparison.Ordinal))
        {
            values["id"] = council.SomebodysWork.ToString();
        }
        else if (operation.Parts.Contains("reference", StringComparer.Ordinal))
        {
            // It is there, and the secret that comes with it is another one's.
        }
        else if (operation.Parts is ["slug", "documentId"])
        {
            values["documentId"] = council.DraftDocumentId;
        }
        else if (operation.Parts.Contains("slug", StringComparer.Ordinal))
        {
            values["slug"] = council.DraftSlug;
        }
        else if (operation.Parts.LastOrDefault(Tables.ContainsKey) is { } part)
        {
            var ids = (await council.Council.Value<string>($"select id || ' ' || consultation_id from {Tables[part]} order by consultation_id = {Answered} desc, id limit 1")).Split(' ');
            values[part] = ids[0];
            values["id"] = await council.Council.Value<string>($"select consultation_id::text from closing_the_loop.loop where consultation_id <> '{ids[1]}' order by coding_completed_at is null desc limit 1");
        }
        else
        {
            return null;
        }

        return values;
    }

    public static string QueryOf(Operation operation) => Queries.GetValueOrDefault(operation.ToString(), "");

    /// <returns>Null where what the schema asks for will do.</returns>
    public static JsonNode? BodyOf(Operation operation) => Bodies.TryGetValue(operation.ToString(), out var body) ? JsonNode.Parse(body) : null;

    /// <summary>Nothing that there is.</summary>
    public static string Unknown(string part) => part is "version" ? "999" : part.EndsWith("id", StringComparison.OrdinalIgnoreCase) ? Guid.CreateVersion7().ToString() : $"nothing-{Guid.CreateVersion7():N}";

    /// <summary>The part that is guessed at: the innermost that has an id of its own.</summary>
    public static string GuessedOf(Operation operation) => operation.Parts.LastOrDefault(Tables.ContainsKey) ?? operation.Parts[0];
}
