using System.Globalization;

namespace Engagement.Participation.Domain.Questions;

/// <summary>What each type of question accepts. A refusal is a sentence that says what to do.</summary>
internal static class AnswerRules
{
    public static string WhenMissing(Question question) => question.Type switch
    {
        QuestionType.Single => "Choose an answer",
        QuestionType.Multiple => "Choose at least one answer",
        QuestionType.Scale => "Choose a point on the scale",
        QuestionType.Number => "Enter a number",
        QuestionType.Date => "Enter a date",
        _ => "Enter your answer",
    };

    /// <returns>The normalised answer, or what is wrong with it; neither where nothing is left after normalisation.</returns>
    public static (AnswerValue? Value, string? Problem) Check(Question question, AnswerValue sent) => question.Type switch
    {
        QuestionType.Single => Single(question, sent),
        QuestionType.Multiple => Multiple(question, sent),
        QuestionType.ShortText or QuestionType.LongText => Text(question, sent),
        QuestionType.Number => Number(question, sent),
        QuestionType.Date => Date(question, sent),
        _ => Point(question, sent),
    };

    private static (AnswerValue?, string?) Single(Question question, AnswerValue sent) =>
        sent.Text is not { } code ? (null, "Give the code of one option, as a text")
        : HasOption(question, code) ? (sent, null)
        : (null, "Choose one of the options of this question");

    private static (AnswerValue?, string?) Multiple(Question question, AnswerValue sent)
    {
        if (sent.List is not { } chosen)
        {
            return (null, "Give the codes of the options, as a list of texts");
        }

        if (!chosen.All(c => HasOption(question, c)))
        {
            return (null, "Choose from the options of this question only");
        }

        if (chosen.Distinct(StringComparer.Ordinal).Count() != chosen.Count)
        {
            return (null, "Choose each option once only");
        }

        if (chosen.Count < question.MinimumChoices)
        {
            return (null, $"Choose at least {question.MinimumChoices} of the options");
        }

        // In the order shown: the order of clicks is not an answer.
        return chosen.Count > question.MaximumChoices
            ? (null, $"Choose at most {question.MaximumChoices} of the options")
            : (AnswerValue.Of([.. question.Options!.Select(o => o.Code).Where(c => chosen.Contains(c, StringComparer.Ordinal))]), null);
    }

    private static (AnswerValue?, string?) Text(Question question, AnswerValue sent)
    {
        if (sent.Text is not { } text)
        {
            return (null, "Give the answer as a text");
        }

        var clean = PlainText.Clean(text);
        if (question.Type == QuestionType.ShortText)
        {
            clean = clean.ReplaceLineEndings(" ");
        }

        var limit = question.LengthLimit();
        return clean.Length == 0 ? (null, question.Required ? WhenMissing(question) : null)
            : clean.Length > limit ? (null, string.Create(CultureInfo.InvariantCulture, $"Your answer must be {limit:N0} characters or fewer. It has {clean.Length:N0}"))
            : (AnswerValue.Of(clean), null);
    }

    private static (AnswerValue?, string?) Number(Question question, AnswerValue sent)
    {
        if (sent.Number is not { } number)
        {
            return (null, "Give a number");
        }

        // 12.50 says the same as 12.5.
        var plain = number / 1.0000000000000000000000000000m;
        return Decimals(plain) > (question.Decimals ?? 0)
                ? (null, (question.Decimals ?? 0) == 0 ? "Enter a whole number" : $"Enter a number with at most {question.Decimals} digits after the point")
            : plain < question.Minimum || plain > question.Maximum
                ? (null, question.Maximum is null ? $"Enter {Plain(question.Minimum)} or more"
                    : question.Minimum is null ? $"Enter {Plain(question.Maximum)} or less"
                    : $"Enter a number from {Plain(question.Minimum)} to {Plain(question.Maximum)}")
            : (AnswerValue.Of(plain), null);
    }

    private static (AnswerValue?, string?) Date(Question question, AnswerValue sent) =>
        sent.Text is not { } text || !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (null, "Enter a real date, such as 2026-11-27")
        : date < question.Earliest || date > question.Latest
            ? (null, question.Latest is null ? $"Enter a date on or after {Plain(question.Earliest)}"
                : question.Earliest is null ? $"Enter a date on or before {Plain(question.Latest)}"
                : $"Enter a date from {Plain(question.Earliest)} to {Plain(question.Latest)}")
        : (sent, null);

    private static (AnswerValue?, string?) Point(Question question, AnswerValue sent)
    {
        var (low, high) = (question.Scale!.Low, question.Scale.High);
        return sent.Number is { } point && point == decimal.Truncate(point) && point >= low && point <= high
            ? (AnswerValue.Of(decimal.Truncate(point)), null)
            : (null, $"Choose a whole number from {low} to {high}");
    }

    private static bool HasOption(Question question, string code) => question.Options!.Any(o => string.Equals(o.Code, code, StringComparison.Ordinal));

    private static int Decimals(decimal number) => (decimal.GetBits(number)[3] >> 16) & 0x7F;

    private static string? Plain(decimal? limit) => limit?.ToString(CultureInfo.InvariantCulture);

    private static string? Plain(DateOnly? limit) => limit?.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
}
