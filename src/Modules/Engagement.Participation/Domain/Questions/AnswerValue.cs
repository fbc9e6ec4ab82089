using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engagement.Participation.Domain.Questions;

/// <summary>
/// One answer as it is sent and shown: text (single choice by its option's code, texts, dates as <c>2026-11-27</c>), a number
/// (numbers, scales) or a list of option codes (multiple choice).
/// </summary>
[JsonConverter(typeof(AnswerValueConverter))]
public sealed record AnswerValue
{
    private AnswerValue()
    {
    }

    public string? Text { get; private init; }

    public decimal? Number { get; private init; }

    public IReadOnlyList<string>? List { get; private init; }

    /// <summary>An empty text or list says the same as no answer.</summary>
    internal bool IsEmpty => Number is null && string.IsNullOrWhiteSpace(Text) && List is not { Count: > 0 };

    public static AnswerValue Of(string text) => new() { Text = text };

    public static AnswerValue Of(decimal number) => new() { Number = number };

    public static AnswerValue Of(IReadOnlyList<string> list) => new() { List = list };

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (Text is not null)
        {
            writer.WriteStringValue(Text);
        }
        else if (Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStartArray();
            foreach (var item in List ?? [])
            {
                writer.WriteStringValue(item);
            }

            writer.WriteEndArray();
        }
    }
}

internal sealed class AnswerValueConverter : JsonConverter<AnswerValue>
{
    /// <summary>More than any question can have options.</summary>
    private const int LongestList = 500;

    public override AnswerValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => AnswerValue.Of(ReadText(ref reader)),
        JsonTokenType.Number => reader.TryGetDecimal(out var number) ? AnswerValue.Of(number) : throw new JsonException("The number is too large."),
        JsonTokenType.StartArray => AnswerValue.Of(ReadList(ref reader)),
        _ => throw new JsonException("An answer is a text, a number or a list of texts."),
    };

    public override void Write(Utf8JsonWriter writer, AnswerValue value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static List<string> ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(reader.TokenType == JsonTokenType.String && list.Count < LongestList
                ? ReadText(ref reader)
                : throw new JsonException("A list of answers holds texts, not too many."));
        }

        return list;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException("A text cannot hold the character NUL.") : text;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("A text holds half a character.", error);
        }
    }
}
