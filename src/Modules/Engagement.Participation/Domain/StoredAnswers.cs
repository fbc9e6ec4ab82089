using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Audit;

namespace Engagement.Participation.Domain;

/// <summary>
/// Answers as the database keeps them. The kind of JSON value says what an answer is, so that reports read it without the
/// questionnaire: an array holds option codes (single choice, multiple choice, scale), a number is a number, a string is a text,
/// and <c>{"date":"2026-11-27"}</c> is a date.
/// </summary>
internal sealed record StoredAnswers(string Json, IReadOnlyList<string> Asked)
{
    private const string DateMember = "date";

    public static StoredAnswers Of(QuestionnaireContent content, AnswerSheet sheet)
    {
        var json = CanonicalJson.Written(writer =>
        {
            writer.WriteStartObject();
            foreach (var question in content.Questions.Where(q => sheet.Answers.ContainsKey(q.Code)).OrderBy(q => q.Code, StringComparer.Ordinal))
            {
                writer.WritePropertyName(question.Code);
                Write(writer, question.Type, sheet.Answers[question.Code]);
            }

            writer.WriteEndObject();
        });
        return new StoredAnswers(json, sheet.Asked);
    }

    /// <summary>The answers as they were sent, normalised.</summary>
    public static IReadOnlyDictionary<string, AnswerValue> Read(QuestionnaireContent content, string json)
    {
        var stored = JsonNode.Parse(json)!.AsObject();
        var answers = new Dictionary<string, AnswerValue>(StringComparer.Ordinal);
        foreach (var question in content.Questions)
        {
            if (stored[question.Code] is { } value)
            {
                answers.Add(question.Code, question.Type switch
                {
                    QuestionType.Single => AnswerValue.Of(value[0]!.GetValue<string>()),
                    QuestionType.Multiple => AnswerValue.Of([.. value.AsArray().Select(o => o!.GetValue<string>())]),
                    QuestionType.Scale => AnswerValue.Of(decimal.Parse(value[0]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)),
                    QuestionType.Number => AnswerValue.Of(value.GetValue<decimal>()),
                    QuestionType.Date => AnswerValue.Of(value[DateMember]!.GetValue<string>()),
                    _ => AnswerValue.Of(value.GetValue<string>()),
                });
            }
        }

        return answers;
    }

    /// <summary>The digest of stored answers, however the database spelt them in between.</summary>
    public static byte[] DigestOf(string json) => SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Of(JsonNode.Parse(json))));

    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(Json));

    private static void Write(Utf8JsonWriter writer, QuestionType type, AnswerValue answer)
    {
        switch (type)
        {
            case QuestionType.Single:
                writer.WriteStartArray();
                writer.WriteStringValue(answer.Text);
                writer.WriteEndArray();
                break;
            case QuestionType.Scale:
                writer.WriteStartArray();
                writer.WriteStringValue(Scale.Code((int)answer.Number!.Value));
                writer.WriteEndArray();
                break;
            case QuestionType.Date:
                writer.WriteStartObject();
                writer.WriteString(DateMember, answer.Text);
                writer.WriteEndObject();
                break;
            default:
                answer.WriteTo(writer);
                break;
        }
    }
}
