using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Engagement.Participation.Contracts;
using Engagement.Platform;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>
/// Writes responses as CSV: UTF-8 with its mark, RFC 4180, one row a response. Choices by their codes, a question with several
/// choices in a column for each option (1 chosen, 0 not); an empty cell is "no answer", and <c>not_asked</c> lists the questions
/// that the routing did not put.
/// </summary>
internal sealed class ResponseTable(Stream stream, IReadOnlyList<QuestionFacts> questions) : IAsyncDisposable
{
    private readonly CsvWriter csv = CsvTable.Begin(stream);

    private readonly Column[] columns = [.. questions.Select(q => new Column(q, Encoding.UTF8.GetBytes(q.Code), [.. q.Options.Select(o => Encoding.UTF8.GetBytes(o.Code))]))];

    private bool hasHeader;

    /// <summary>Responses that are written.</summary>
    public int Responses { get; private set; }

    public async Task AddAsync(ExportedResponse response, CancellationToken cancellationToken)
    {
        if (!hasHeader)
        {
            await WriteHeaderAsync(cancellationToken);
        }

        Write(response);
        await csv.EndRecordAsync(cancellationToken);
        Responses++;
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (!hasHeader)
        {
            await WriteHeaderAsync(cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => csv.DisposeAsync();

    private async Task WriteHeaderAsync(CancellationToken cancellationToken)
    {
        hasHeader = true;
        foreach (var name in (string[])["reference", "channel", "submitted_at", "received_on", "late", "consent_to_publish", "questionnaire_version"])
        {
            csv.WriteField(name);
        }

        foreach (var question in questions)
        {
            var title = $"{question.Code}: {question.Text}";
            if (question.Type == "multiple")
            {
                foreach (var option in question.Options)
                {
                    Text($"{question.Code}[{option.Code}]: {question.Text} – {option.Label}");
                }

                continue;
            }

            Text(title);
            if (question.IsFreeText)
            {
                Text($"{question.Code} themes");
            }
        }

        csv.WriteField("not_asked");
        await csv.EndRecordAsync(cancellationToken);
    }

    private void Write(ExportedResponse response)
    {
        Text(response.Reference);
        Text(response.Channel);
        csv.WriteField(response.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        csv.WriteField(response.ReceivedOn.ToString("O", CultureInfo.InvariantCulture));
        csv.WriteField(response.Late ? "1" : "0");
        csv.WriteField(response.ConsentToPublish ? "1" : "0");
        csv.WriteField(response.QuestionnaireVersion.ToString(CultureInfo.InvariantCulture));
        using var answers = JsonDocument.Parse(response.Answers);
        using var themes = response.Themes is null ? null : JsonDocument.Parse(response.Themes);
        foreach (var column in columns)
        {
            WriteAnswer(column, answers.RootElement.TryGetProperty(column.Code, out var answer) ? answer : default);
            if (column.Question.IsFreeText)
            {
                WriteThemes(themes?.RootElement.TryGetProperty(column.Code, out var names) == true ? names : default);
            }
        }

        Text(response.Asked is not { } asked ? "" : string.Join(' ', questions.Select(q => q.Code).Where(c => !asked.Contains(c, StringComparer.Ordinal))));
    }

    private void WriteAnswer(Column column, JsonElement answer)
    {
        if (column.Question.Type == "multiple")
        {
            foreach (var option in column.Options)
            {
                csv.WriteField(answer.ValueKind != JsonValueKind.Array ? "" : IsChosen(option, answer) ? "1" : "0");
            }

            return;
        }

        switch (answer.ValueKind)
        {
            case JsonValueKind.Number:
                // A number is a number to every spreadsheet, a negative one too.
                csv.WriteField(answer.GetDecimal());
                break;
            case JsonValueKind.Array:
                Text(answer.GetArrayLength() > 0 ? answer[0].GetString()! : "");
                break;
            case JsonValueKind.Object:
                Text(answer.GetProperty("date").GetString()!);
                break;
            default:
                Text(answer.ValueKind == JsonValueKind.String ? answer.GetString()! : "");
                break;
        }
    }

    private static bool IsChosen(byte[] option, JsonElement answer)
    {
        foreach (var chosen in answer.EnumerateArray())
        {
            if (chosen.ValueEquals(option))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteThemes(JsonElement names) => Text(
        names.ValueKind != JsonValueKind.Array ? ""
        : names.GetArrayLength() == 0 ? "none"
        : string.Join(" | ", names.EnumerateArray().Select(n => n.GetString()).Order(StringComparer.Ordinal)));

    private void Text(string text) => csv.WriteText(text);

    /// <param name="Code">As the answers are stored, UTF-8: a long export looks for each of them in each response.</param>
    /// <param name="Options">Their codes, likewise.</param>
    private sealed record Column(QuestionFacts Question, byte[] Code, byte[][] Options);
}
