using System.Globalization;
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

    private readonly Dictionary<string, List<ExportedAnswer>> answers = new(StringComparer.Ordinal);
    private ExportedAnswer? current;
    private bool hasHeader;

    /// <summary>Responses that are written.</summary>
    public int Responses { get; private set; }

    public async Task AddAsync(ExportedAnswer answer, CancellationToken cancellationToken)
    {
        if (current is not null && current.ResponseId != answer.ResponseId)
        {
            await WriteAsync(current, cancellationToken);
            answers.Clear();
        }

        current = answer;
        if (answer.QuestionCode is { } code)
        {
            if (!answers.TryGetValue(code, out var rows))
            {
                answers.Add(code, rows = []);
            }

            rows.Add(answer);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (current is null)
        {
            await WriteHeaderAsync(cancellationToken);
        }
        else
        {
            await WriteAsync(current, cancellationToken);
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

    private async Task WriteAsync(ExportedAnswer response, CancellationToken cancellationToken)
    {
        if (!hasHeader)
        {
            await WriteHeaderAsync(cancellationToken);
        }

        Responses++;
        Text(response.Reference);
        Text(response.Channel);
        csv.WriteField(response.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        csv.WriteField(response.ReceivedOn.ToString("O", CultureInfo.InvariantCulture));
        csv.WriteField(response.Late ? "1" : "0");
        csv.WriteField(response.ConsentToPublish ? "1" : "0");
        csv.WriteField(response.QuestionnaireVersion.ToString(CultureInfo.InvariantCulture));
        foreach (var question in questions)
        {
            WriteAnswer(question, answers.GetValueOrDefault(question.Code) ?? []);
        }

        Text(string.Join(' ', questions.Select(q => q.Code).Except(response.Asked, StringComparer.Ordinal)));
        await csv.EndRecordAsync(cancellationToken);
    }

    private void WriteAnswer(QuestionFacts question, List<ExportedAnswer> rows)
    {
        if (question.Type == "multiple")
        {
            foreach (var option in question.Options)
            {
                csv.WriteField(rows.Count == 0 ? "" : rows.Exists(r => r.OptionCode == option.Code) ? "1" : "0");
            }

            return;
        }

        var answer = rows.FirstOrDefault();
        if (answer?.Number is { } number)
        {
            // A number is a number to every spreadsheet, a negative one too.
            csv.WriteField(number);
        }
        else
        {
            Text(answer?.Text ?? answer?.OptionCode ?? answer?.Date?.ToString("O", CultureInfo.InvariantCulture) ?? "");
        }

        if (question.IsFreeText)
        {
            Text(answer is not { IsCoded: true } ? "" : answer.Themes is null ? "none" : string.Join(" | ", answer.Themes.Order(StringComparer.Ordinal)));
        }
    }

    private void Text(string text) => csv.WriteField(CsvCell.Neutral(text));
}
