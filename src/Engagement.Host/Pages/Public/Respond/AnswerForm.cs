using System.Globalization;
using Engagement.Participation.Domain.Questions;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>Between a question and the fields of a form: what was typed becomes an answer, and an answer what is shown again, word for word.</summary>
public static class AnswerForm
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string NameOf(string question) => $"answer-{question}";

    public static Dictionary<string, AnswerValue?> Read(IFormCollection form, IEnumerable<Question> questions) =>
        questions.ToDictionary(q => q.Code, q => Read(form, q), StringComparer.Ordinal);

    /// <summary>A date as typed; of one that is no date, the three parts as they were.</summary>
    public static DateInput DateOf(AnswerValue? answer) =>
        answer?.Text is not { } text ? new DateInput()
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? DateInput.From(date)
        : text.Split('/') is [var day, var month, var year] ? new DateInput { Day = day, Month = month, Year = year }
        : new DateInput { Day = text };

    public static string? TextOf(AnswerValue? answer) => answer is null ? null : answer.Text ?? answer.Number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>An answer as people read it: one line for each choice; empty where there is none.</summary>
    public static IReadOnlyList<string> InWords(Question question, AnswerValue? answer) => answer is null ? [] : question.Type switch
    {
        QuestionType.Single => [LabelOf(question, answer.Text!)],
        QuestionType.Multiple => [.. answer.List!.Select(c => LabelOf(question, c))],
        QuestionType.Scale => [LabelOf(question, TextOf(answer)!)],
        QuestionType.Date when DateOnly.TryParseExact(answer.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => [date.ToString("d MMMM yyyy", English)],
        QuestionType.Date => [answer.Text!.Replace('/', ' ')],
        _ => [TextOf(answer)!],
    };

    /// <summary>What needs correcting, for people in front of a form; with the question's own words where there are several on the page.</summary>
    public static string Problem(Question question, AnswerValue? answer, string message, bool alone)
    {
        var said = question.Type switch
        {
            QuestionType.Number when answer?.Text is not null => "Enter a number in figures, such as 4",
            QuestionType.Date when answer is not null && message.StartsWith("Enter a real date", StringComparison.Ordinal) => "Enter a real date, such as 27 11 2026",
            _ => message,
        };
        return alone ? said : $"{said}: {question.Text}";
    }

    private static string LabelOf(Question question, string code) => question.Choices().FirstOrDefault(o => o.Code == code)?.Label ?? code;

    private static AnswerValue? Read(IFormCollection form, Question question)
    {
        var name = NameOf(question.Code);
        var sent = form[name];
        return question.Type switch
        {
            QuestionType.Multiple => sent.Count == 0 ? null : AnswerValue.Of([.. sent.OfType<string>()]),
            QuestionType.Date => ReadDate(new DateInput { Day = form[$"{name}.Day"], Month = form[$"{name}.Month"], Year = form[$"{name}.Year"] }),
            QuestionType.Number or QuestionType.Scale => string.IsNullOrWhiteSpace(sent) ? null : ReadNumber(sent.ToString()),
            _ => string.IsNullOrWhiteSpace(sent) ? null : AnswerValue.Of(sent.ToString()),
        };
    }

    /// <summary>People group thousands by commas and spaces.</summary>
    private static AnswerValue ReadNumber(string typed) =>
        decimal.TryParse(
            string.Concat(typed.Where(c => c != ',' && !char.IsWhiteSpace(c))), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? AnswerValue.Of(number)
            : AnswerValue.Of(typed);

    private static AnswerValue? ReadDate(DateInput typed) =>
        typed.IsEmpty ? null
        : typed.TryGetDate(out var date) ? AnswerValue.Of(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        : AnswerValue.Of($"{Part(typed.Day)}/{Part(typed.Month)}/{Part(typed.Year)}");

    private static string Part(string? typed) => (typed ?? "").Replace('/', ' ').Trim();
}

/// <summary>One question as a page shows it.</summary>
/// <param name="IsHeading">Whether the question is the page's heading.</param>
/// <param name="Documents">Those of the consultation that are shown, by name: facts link to them.</param>
public sealed record QuestionFields(Question Question, AnswerValue? Answer, bool IsHeading, FactDocuments Documents)
{
    /// <summary>An option that excludes the others stands apart, after "or".</summary>
    public static bool StandsApart(QuestionOption option) =>
        option.Label.StartsWith("None of ", StringComparison.OrdinalIgnoreCase)
        || option.Label.StartsWith("Prefer not to say", StringComparison.OrdinalIgnoreCase)
        || option.Label.StartsWith("Don't know", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Slug">Of the consultation.</param>
public sealed record FactDocuments(string Slug, IReadOnlyList<Engagement.Consultations.Application.DocumentView> Shown)
{
    public static readonly FactDocuments None = new("", []);

    /// <summary>The document's address, media type and size; null for one that is not shown (any more).</summary>
    public (string Address, string Description)? Find(string name) =>
        Shown.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? ($"/consultations/{Slug}/documents/{found.Id}", $"{PublicWords.FileType(found.MediaType)}, {PublicWords.FileSize(found.Size)}")
            : null;
}

/// <summary>Facts as a page shows them, with links to documents where there are any.</summary>
public sealed record FactList(IReadOnlyList<Fact>? Facts, FactDocuments Documents);
