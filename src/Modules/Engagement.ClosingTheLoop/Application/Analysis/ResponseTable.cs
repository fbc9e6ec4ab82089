using System.Globalization;
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
    private readonly CsvWriter csv = CsvWriter.Create(
        stream, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true);

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
        foreach (var question in questions)
        {
            WriteAnswer(question, answers.RootElement.TryGetProperty(question.Code, out var answer) ? answer : default);
            if (question.IsFreeText)
            {
                WriteThemes(themes?.RootElement.TryGetProperty(question.Code, out var names) == true ? names : default);
            }
        }

        Text(string.Join(' ', questions.Select(q => q.Code).Where(c => !response.Asked.Contains(c, StringComparer.Ordinal))));
    }

    private void WriteAnswer(QuestionFacts question, JsonElement answer)
    {
        if (question.Type == "multiple")
        {
            foreach (var option in question.Options)
            {
                csv.WriteField(answer.ValueKind != JsonValueKind.Array ? "" : answer.EnumerateArray().Any(chosen => chosen.ValueEquals(option.Code)) ? "1" : "0");
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
                Text(answer.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } chosen ? chosen.GetString()! : "");
                break;
            case JsonValueKind.Object:
                Text(answer.GetProperty("date").GetString()!);
                break;
            default:
                Text(answer.ValueKind == JsonValueKind.String ? answer.GetString()! : "");
                break;
        }
    }

    private void WriteThemes(JsonElement names) => Text(
        names.ValueKind != JsonValueKind.Array ? ""
        : names.GetArrayLength() == 0 ? "none"
        : string.Join(" | ", names.EnumerateArray().Select(n => n.GetString()).Order(StringComparer.Ordinal)));

    private void Text(string text) => csv.WriteField(CsvCell.Neutral(text));
}
