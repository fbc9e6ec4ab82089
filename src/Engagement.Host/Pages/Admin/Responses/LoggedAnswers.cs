using System.Globalization;
using Engagement.Participation.Domain.Questions;

namespace Engagement.Host.Pages.Admin.Responses;

/// <summary>
/// The answers of a response that somebody logs by hand, as they were typed: all questions on one page, none of them required, because
/// what was left out on paper is missing here too.
/// </summary>
public sealed class LoggedAnswers(IFormCollection? form)
{
    public static string NameOf(string question) => $"answer-{question}";

    /// <summary>What was typed or chosen last; empty where nothing was.</summary>
    public IReadOnlyList<string> TypedFor(Question question) => form is null ? [] : [.. form[NameOf(question.Code)].OfType<string>()];

    public DateInput DateFor(Question question)
    {
        var name = NameOf(question.Code);
        return form is null ? new DateInput() : new DateInput { Day = form[$"{name}.Day"], Month = form[$"{name}.Month"], Year = form[$"{name}.Year"] };
    }

    public Dictionary<string, AnswerValue?> Read(IEnumerable<Question> questions) => questions.ToDictionary(q => q.Code, Read, StringComparer.Ordinal);

    private AnswerValue? Read(Question question)
    {
        if (question.Type == QuestionType.Date)
        {
            // What is no date goes on as it was typed, and is refused as that.
            var date = DateFor(question);
            return date.IsEmpty ? null
                : AnswerValue.Of(date.TryGetDate(out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : $"{date.Day}/{date.Month}/{date.Year}");
        }

        var typed = TypedFor(question);
        return question.Type switch
        {
            QuestionType.Multiple => typed.Count == 0 ? null : AnswerValue.Of(typed),
            _ when typed.Count == 0 || string.IsNullOrWhiteSpace(typed[0]) => null,
            QuestionType.Number or QuestionType.Scale when decimal.TryParse(
                typed[0].Replace(",", "", StringComparison.Ordinal), NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) => AnswerValue.Of(number),
            _ => AnswerValue.Of(typed[0].ReplaceLineEndings("\n")),
        };
    }
}

/// <summary>One question of the form.</summary>
public sealed record LoggedQuestion(Question Question, LoggedAnswers Answers);
