using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>One operation of the API as the running program describes it.</summary>
/// <param name="Scope">What a client must hold; null where everybody may.</param>
/// <param name="Parts">The parts of the path that stand for something, in their order.</param>
internal sealed record Operation(HttpMethod Method, string Path, string? Scope, IReadOnlyList<string> Parts, bool NeedsVersion, JsonNode? Body, string? MediaType)
{
    public override string ToString() => $"{Method} {Path}";

    /// <param name="values">What stands for each part.</param>
    /// <param name="body">In place of the least that its schema allows.</param>
    /// <param name="version">For <c>If-Match</c>, where the operation asks for one.</param>
    /// <param name="query">Beside what the operation needs.</param>
    public HttpRequestMessage Request(IReadOnlyDictionary<string, string> values, JsonNode? body = null, int version = 1, string query = "")
    {
        var address = values.Aggregate(Path, (path, part) => path.Replace($"{{{part.Key}}}", Uri.EscapeDataString(part.Value), StringComparison.Ordinal));
        var request = new HttpRequestMessage(Method, new Uri($"{address}?{Things.QueryOf(this)}&{query}".TrimEnd('&', '?'), UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"attack-{Guid.CreateVersion7():N}");
        request.Headers.TryAddWithoutValidation("Receipt-Secret", "RECEIPT.of-nobody");
        if (NeedsVersion)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));
        }

        if (MediaType is not null)
        {
            request.Content = MediaType.EndsWith("json", StringComparison.Ordinal)
                ? new StringContent((body ?? Body)?.ToJsonString() ?? "null", Encoding.UTF8, MediaType)
                : new ByteArrayContent(Encoding.ASCII.GetBytes("%PDF-1.4\nminutes\n%%EOF")) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
        }

        return request;
    }
}

/// <summary>Every operation of the API, so that none escapes by being new, with a well-formed body made from its schema.</summary>
internal static class DescribedApi
{
    public static async Task<IReadOnlyList<Operation>> Of(HttpClient anyone)
    {
        var document = JsonNode.Parse(await anyone.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => Read(document, path.Key, o.Key, o.Value!)))];
    }

    private static Operation Read(JsonNode document, string path, string method, JsonNode operation)
    {
        var parameters = operation["parameters"]?.AsArray().Select(p => (In: p!["in"]!.GetValue<string>(), Name: p["name"]!.GetValue<string>())).ToList() ?? [];
        var (mediaType, content) = operation["requestBody"]?["content"]?.AsObject().First() ?? default;
        return new Operation(
            HttpMethod.Parse(method), path,
            operation["security"]?[0]?["client"]?[0]?.GetValue<string>(),
            [.. parameters.Where(p => p.In == "path").Select(p => p.Name)],
            parameters.Any(p => p.Name == "If-Match"),
            content?["schema"] is { } schema ? Example(document, schema, "") : null,
            mediaType);
    }

    /// <summary>What must be given, filled in with the least that its schema allows.</summary>
    private static JsonNode? Example(JsonNode document, JsonNode schema, string name)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return Example(document, document["components"]!["schemas"]![reference.Split('/')[^1]]!, name);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return Example(document, choices.First(c => c!["type"]?.ToJsonString() != "\"null\"")!, name);
        }

        if (schema["enum"] is JsonArray values)
        {
            return values[0]!.DeepClone();
        }

        var types = schema["type"] is JsonArray several ? several.Select(t => t!.GetValue<string>()).ToList() : [schema["type"]?.GetValue<string>() ?? "object"];
        return types.Contains("null") ? null : types[0] switch
        {
            "object" => new JsonObject((schema["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>())
                .Select(member => KeyValuePair.Create(member, Example(document, schema["properties"]![member]!, member)))),
            "array" => new JsonArray(Example(document, schema["items"]!, name)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => schema["format"]?.GetValue<string>() switch
            {
                "uuid" => Guid.CreateVersion7().ToString(),
                "date" => "2026-11-23",
                "date-time" => "2026-11-23T09:00:00Z",
                "time" => "17:00:00",
                _ => "Some words about it",
            },
        };
    }
}
