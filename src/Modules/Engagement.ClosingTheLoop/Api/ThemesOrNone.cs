using System.Text.Json;
using System.Text.Json.Serialization;
using Engagement.ClosingTheLoop.Contracts;

namespace Engagement.ClosingTheLoop.Api;

/// <summary>The coding of one free text: a list of theme ids, or <c>"none"</c> where no theme applies.</summary>
/// <param name="Themes">Empty for "none".</param>
[JsonConverter(typeof(Converter))]
internal sealed record ThemesOrNone(IReadOnlyList<ThemeId> Themes)
{
    private const string None = "none";

    private sealed class Converter : JsonConverter<ThemesOrNone>
    {
        public override ThemesOrNone Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(None))
            {
                return new ThemesOrNone([]);
            }

            return reader.TokenType == JsonTokenType.StartArray && JsonSerializer.Deserialize<List<ThemeId>>(ref reader, options) is { Count: > 0 } themes
                ? new ThemesOrNone(themes)
                : throw new JsonException("The coding of an answer is a list with at least one theme's id, or \"none\".");
        }

        public override void Write(Utf8JsonWriter writer, ThemesOrNone value, JsonSerializerOptions options)
        {
            if (value.Themes.Count == 0)
            {
                writer.WriteStringValue(None);
            }
            else
            {
                JsonSerializer.Serialize(writer, value.Themes, options);
            }
        }
    }
}
