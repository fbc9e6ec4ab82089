using Engagement.Participation.Contracts;
using Engagement.Platform;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>What the columns of an export ask and what its codes mean, as CSV: a row for each question, of one with options a row for each of these.</summary>
internal static class QuestionTable
{
    private static readonly OptionFacts NoOption = new("", "");

    public static async Task WriteAsync(Stream stream, IReadOnlyList<QuestionFacts> questions, CancellationToken cancellationToken)
    {
        await using var csv = CsvTable.Begin(stream);
        await csv.WriteRowAsync(["question", "text", "type", "required", "option", "option_text"], cancellationToken);
        foreach (var (question, option) in questions.SelectMany(q => q.Options.DefaultIfEmpty(NoOption), (q, o) => (q, o)))
        {
            await csv.WriteRowAsync([question.Code, question.Text, question.Type, question.Required ? "1" : "0", option.Code, option.Label], cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }
}
