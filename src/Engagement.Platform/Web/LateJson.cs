using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Engagement.Platform.Web;

/// <summary>
/// How something of ours is read and written as JSON is worked out when it is first needed. The framework asks for every body of the API when it makes the endpoints, which is at the
/// first request of any kind.
/// </summary>
/// <param name="owner">For these options alone: whoever copies them, as the description of the API does, sees the types as they are.</param>
internal sealed class LateJson(JsonSerializerOptions owner) : IJsonTypeInfoResolver
{
    private readonly DefaultJsonTypeInfoResolver atOnce = new();

    /// <summary>The same rules, for what is read and written in the end. Options that are equal share what they know of types, so the resolver must be another.</summary>
    private readonly Lazy<JsonSerializerOptions> inFull = new(() => new JsonSerializerOptions(owner) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => ReferenceEquals(options, owner) && IsOurs(type)
        ? ((ILate)Activator.CreateInstance(typeof(Late<>).MakeGenericType(type), inFull)!).DescribeFor(options)
        : atOnce.GetTypeInfo(type, options);

    private static bool IsOurs(Type type) => type is { IsClass: true, IsGenericType: false } && type.Namespace?.StartsWith("Engagement.", StringComparison.Ordinal) == true;

    private interface ILate
    {
        JsonTypeInfo DescribeFor(JsonSerializerOptions options);
    }

    private sealed class Late<T>(Lazy<JsonSerializerOptions> inFull) : JsonConverter<T>, ILate
    {
        public JsonTypeInfo DescribeFor(JsonSerializerOptions options) => JsonMetadataServices.CreateValueInfo<T>(options, this);

        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<T>(ref reader, inFull.Value);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, inFull.Value);
    }
}
