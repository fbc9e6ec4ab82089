using System.Globalization;
using System.Text;
using Engagement.Participation.Domain.Questions;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>Answers as people read them, page by page: on the summary, on a receipt, and in the copy that somebody takes away.</summary>
/// <param name="Sections">A page of the questionnaire each.</param>
public sealed record AnswersInWords(IReadOnlyList<AnswersInWords.Section> Sections)
{
    /// <param name="ChangeAddress">Where the answers of this page are changed; null where they are not.</param>
    public sealed record Section(string Title, string? ChangeAddress, IReadOnlyList<Row> Rows);

    /// <param name="Field">The id of the question's first field.</param>
    /// <param name="Answer">Empty where there is none.</param>
    public sealed record Row(string Question, string Field, IReadOnlyList<string> Answer);

    /// <param name="asked">Codes of the questions that were put to this person.</param>
    /// <param name="changeAddress">Of a page by its number; null where nothing is changed.</param>
    public static AnswersInWords Of(
        QuestionnaireContent questionnaire, IEnumerable<string> asked, IReadOnlyDictionary<string, AnswerValue> answers, Func<int, string>? changeAddress = null)
    {
        var shown = asked.ToHashSet(StringComparer.Ordinal);
        return new AnswersInWords(
        [
            .. questionnaire.Pages.Select((page, index) => new Section(
                    page.Title,
                    changeAddress?.Invoke(index + 1),
                    [
                        .. page.Questions.Where(q => shown.Contains(q.Code))
                            .Select(q => new Row(q.Text, AnswerForm.NameOf(q.Code), AnswerForm.InWords(q, answers.GetValueOrDefault(q.Code)))),
                    ]))
                .Where(s => s.Rows.Count > 0),
        ]);
    }

    /// <summary>Every question with an answer, also those that are asked no more: nobody loses words.</summary>
    public static AnswersInWords OfEverything(QuestionnaireContent questionnaire, IReadOnlyDictionary<string, AnswerValue> answers) =>
        Of(questionnaire, answers.Keys, answers);

    /// <summary>As a plain text to keep.</summary>
    public string AsText(params string[] head)
    {
        var text = new StringBuilder();
        foreach (var line in head)
        {
            text.Append(line).Append("\r\n");
        }

        foreach (var section in Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\r\n{section.Title}\r\n{new string('-', Math.Min(section.Title.Length, 60))}\r\n");
            foreach (var row in section.Rows)
            {
                text.Append(CultureInfo.InvariantCulture, $"\r\n{row.Question}\r\n{(row.Answer.Count == 0 ? "Not answered" : string.Join("\n", row.Answer)).ReplaceLineEndings("\r\n")}\r\n");
            }
        }

        return text.ToString();
    }
}
