using System.Text.Json;
using System.Text.Json.Serialization;
using Engagement.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Consultations.Infrastructure.Persistence;

/// <summary>Keeps a value that is only ever read and written whole in one <c>jsonb</c> column.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new TypedIdJsonConverterFactory(), new JsonStringEnumConverter() },
    };

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasColumnType("jsonb").HasConversion(value => Write(value), text => Read<T>(text), new ByText<T>());
        return property;
    }

    public static ComplexTypePropertyBuilder<T> IsJson<T>(this ComplexTypePropertyBuilder<T> property)
    {
        property.HasColumnType("jsonb").HasConversion(value => Write(value), text => Read<T>(text), new ByText<T>());
        return property;
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Json)!;

    private sealed class ByText<T>() : ValueComparer<T>((a, b) => Write(a) == Write(b), value => Write(value).GetHashCode(StringComparison.Ordinal), value => value);
}
