using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Engagement.Platform.Audit;

/// <summary>JSON with one spelling: members sorted by code point, no white space, only what JSON must escape is escaped.</summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TypedIdJsonConverterFactory(), new JsonStringEnumConverter() },
    };

    public static string Of(object value) => Of(JsonSerializer.SerializeToNode(value, value.GetType(), Options));

    public static string Of(JsonNode? node) => Sort(node)?.ToJsonString(Options) ?? "null";

    /// <summary>The same spelling without a tree in between, for what is made a thousand times a second.</summary>
    /// <param name="write">Writes the members of each object in the order of their code points.</param>
    public static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sort(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
