using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Engagement.Platform.Security;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>What a body must not be, sent to every address of the API's description that takes one: no endpoint escapes by being new.</summary>
[Collection(AttackedCouncil.Name)]
public sealed class EveryBodyTests(AttackedCouncil council) : IAsyncLifetime
{
    private const string Json = "application/json";
    private const string MergePatch = "application/merge-patch+json";
    private HttpClient http = null!;
    private JsonElement description;

    public async Task InitializeAsync()
    {
        http = await council.Program.ClientAsync([.. Scopes.All]);
        description = await http.GetAsync("/openapi/v1.json").Success();
    }

    public Task DisposeAsync()
    {
        http.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    [Trait("Attack", "C20")]
    [Trait("Attack", "C22")]
    [Trait("Attack", "C23")]
    [Trait("Attack", "C24")]
    public async Task No_address_takes_a_body_that_is_ambiguous_too_deep_of_another_shape_or_of_another_type()
    {
        var found = new List<string>();
        var sent = 0;
        foreach (var operation in Operations().Where(o => o.Type is not null))
        {
            foreach (var (what, body, codes) in Bad(operation))
            {
                sent++;
                using var answer = await Send(operation, body, operation.Type!);
                await Expect(answer, 400, codes, $"{operation} {what}", found);
            }

            foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded" })
            {
                using var answer = await Send(operation, "{}", type);
                await Expect(answer, 415, ["unsupported-media-type"], $"{operation} {type}", found);
            }
        }

        found.ShouldBeEmpty();
        sent.ShouldBeGreaterThan(400);
    }

    [Fact]
    [Trait("Attack", "C20")]
    [Trait("Attack", "C22")]
    public async Task A_text_that_is_none_is_an_error_of_whoever_sends_it_and_never_ours()
    {
        var found = new List<string>();
        var sent = 0;
        foreach (var operation in Operations().Where(o => o.Type is not null))
        {
            foreach (var text in new[] { "a\\u0000b c", "\\ud800", "'; select pg_sleep(5)--", AttackedCouncil.Mark.Replace("\"", "\\\"", StringComparison.Ordinal), new string('x', 900_000) })
            {
                sent++;
                using var answer = await Send(operation, Example(operation.Schema, text, 0), operation.Type!);
                if ((int)answer.StatusCode >= 500)
                {
                    found.Add($"{operation} {text[..Math.Min(text.Length, 20)]}: {(int)answer.StatusCode} {council.LastError}");
                }
            }
        }

        found.ShouldBeEmpty();
        sent.ShouldBeGreaterThan(200);
    }

    private IEnumerable<(string What, string Body, string[] Codes)> Bad(Operation operation)
    {
        string[] invalid = ["invalid-json"];
        if (operation.Schema.TryGetProperty("properties", out var properties))
        {
            yield return ("members that nobody may set", """{"councilId":1,"state":"open","receivedAt":"2026-01-01T00:00:00Z","createdBy":"x","verified":true}""", ["unknown-member", "invalid-json"]);
            foreach (var member in properties.EnumerateObject())
            {
                var schema = Resolve(member.Value);
                var type = TypesOf(schema);
                if (type.Length == 0)
                {
                    continue;
                }

                if (!type.Contains("array", StringComparer.Ordinal))
                {
                    yield return ($"{member.Name} as a list", $$"""{"{{member.Name}}":[[1]]}""", invalid);
                }

                if (type.Contains("boolean", StringComparer.Ordinal))
                {
                    yield return ($"{member.Name} as a word", $$"""{"{{member.Name}}":"true"}""", invalid);
                }

                if (type.Contains("integer", StringComparer.Ordinal))
                {
                    yield return ($"{member.Name} beyond all numbers", $$"""{"{{member.Name}}":1e400}""", invalid);
                    yield return ($"{member.Name} as no number", $$"""{"{{member.Name}}":NaN}""", invalid);
                }
            }

            var first = properties.EnumerateObject().First();
            yield return ("a member twice", $$"""{"{{first.Name}}":{{Example(first.Value, "x", 0)}},"{{first.Name}}":{{Example(first.Value, "y", 0)}}}""", invalid);
            yield return ("200 levels", $$"""{"{{first.Name}}":{{new string('[', 200)}}{{new string(']', 200)}}}""", invalid);
            yield return ("a list", "[]", invalid);
        }

        yield return ("half a body", "{", invalid);
        yield return ("two bodies", "{}{}", ["invalid-json"]);
        yield return ("a comment", "{/* */}", invalid);
    }

    /// <summary>A body as the description has it, with this text in every text.</summary>
    private string Example(JsonElement schema, string text, int depth)
    {
        schema = Resolve(schema);
        if (depth > 6)
        {
            return "null";
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return values[0].GetRawText();
        }

        if ((schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices)) && !schema.TryGetProperty("type", out _))
        {
            return Example(choices.EnumerateArray().FirstOrDefault(c => !TypesOf(c).Contains("null", StringComparer.Ordinal)), text, depth + 1);
        }

        var format = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out var f) ? f.GetString() : null;
        return TypesOf(schema).FirstOrDefault(t => t != "null") switch
        {
            "object" when schema.TryGetProperty("properties", out var properties) =>
                $"{{{string.Join(',', properties.EnumerateObject().Select(p => $"\"{p.Name}\":{Example(p.Value, text, depth + 1)}"))}}}",
            "object" => schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object ? $"{{\"a\":{Example(more, text, depth + 1)}}}" : "{}",
            "array" => $"[{(schema.TryGetProperty("items", out var items) ? Example(items, text, depth + 1) : "")}]",
            "boolean" => "true",
            "integer" or "number" => "1",
            _ => format switch
            {
                "uuid" => $"\"{Guid.CreateVersion7()}\"",
                "date" => "\"2026-12-01\"",
                "date-time" => "\"2026-12-01T09:00:00Z\"",
                "time" => "\"09:00:00\"",
                _ => $"\"{text}\"",
            },
        };
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(description, (at, name) => at.GetProperty(name));
        }

        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("oneOf", out var choices) && !schema.TryGetProperty("type", out _)
            && choices.EnumerateArray().Where(c => !TypesOf(c).SequenceEqual(["null"])).ToList() is [var only])
        {
            return Resolve(only);
        }

        return schema;
    }

    private static string[] TypesOf(JsonElement schema) => schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private IEnumerable<Operation> Operations() =>
        from path in description.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        where method.Value.TryGetProperty("requestBody", out _)
        let content = method.Value.GetProperty("requestBody").GetProperty("content")
        let type = content.TryGetProperty(Json, out _) ? Json : content.TryGetProperty(MergePatch, out _) ? MergePatch : null
        select new Operation(method.Name.ToUpperInvariant(), path.Name, type, type is null ? default : Resolve(content.GetProperty(type).GetProperty("schema")));

    private async Task<HttpResponseMessage> Send(Operation operation, string body, string type)
    {
        var address = System.Text.RegularExpressions.Regex.Replace(operation.Path, @"\{\w+\}", _ => Guid.CreateVersion7().ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);

        // What is refused before it has been sent is not sent.
        request.Headers.ExpectContinue = body.Length > 100_000;
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"attack-{Guid.CreateVersion7():N}");
        return await http.SendAsync(request);
    }

    private static async Task Expect(HttpResponseMessage answer, int status, string[] codes, string what, List<string> found)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        var code = isProblem ? JsonSerializer.Deserialize<JsonElement>(text).GetProperty("type").GetString()!.Split(':')[^1] : "no problem";
        if ((int)answer.StatusCode != status || !codes.Contains(code, StringComparer.Ordinal))
        {
            found.Add($"{what}: {(int)answer.StatusCode} {code}");
        }
    }

    private sealed record Operation(string Method, string Path, string? Type, JsonElement Schema)
    {
        public override string ToString() => $"{Method} {Path}";
    }
}
