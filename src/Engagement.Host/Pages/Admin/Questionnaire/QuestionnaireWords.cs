using System.Globalization;
using System.Text.RegularExpressions;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Domain.Questions.Lint;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>A questionnaire's types, limits, conditions and faults in plain English.</summary>
internal static class QuestionnaireWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private static readonly Regex Place = new("^pages\\[(?<page>\\d+)\\](?:\\.questions\\[(?<question>\\d+)\\])?", RegexOptions.NonBacktracking);

    public static readonly IReadOnlyList<(QuestionType Type, string Name, string Hint)> Types =
    [
        (QuestionType.Single, "One choice", "People choose one of several answers"),
        (QuestionType.Multiple, "Several choices", "People choose any number of the answers"),
        (QuestionType.Scale, "Scale", "A number between two ends, such as from 1 (not at all) to 5 (very)"),
        (QuestionType.ShortText, "Short text", "One line, such as a postcode"),
        (QuestionType.LongText, "Long text", "As much as people want to say, up to a limit"),
        (QuestionType.Number, "Number", "Such as how many hours a week"),
        (QuestionType.Date, "Date", "A day of the calendar"),
    ];

    /// <summary>What a piece of advice is about.</summary>
    public static string NameOf(LintKind kind) => kind switch
    {
        LintKind.Leading => "Leading",
        LintKind.DoubleBarrelled => "Two questions in one",
        LintKind.Jargon => "Jargon",
        LintKind.NoWayOut => "No way out",
        LintKind.UnbalancedScale => "Unbalanced",
        LintKind.ReadingAge => "Hard to read",
        _ => "Return of paper forms",
    };

    public static string NameOf(QuestionType type) => Types.First(t => t.Type == type).Name;

    /// <summary>What an answer may be; null where nothing limits it beyond its type.</summary>
    public static string? Limits(Question q) => q.Type switch
    {
        QuestionType.Multiple when q.MinimumChoices is { } least && q.MaximumChoices is { } most => $"From {least} to {most} of them",
        QuestionType.Multiple when q.MinimumChoices is { } least => $"At least {least} of them",
        QuestionType.Multiple when q.MaximumChoices is { } most => $"At most {most} of them",
        QuestionType.ShortText or QuestionType.LongText => string.Create(
            English, $"Up to {q.MaximumLength ?? (q.Type == QuestionType.ShortText ? Question.ShortTextLength : Question.LongTextLength):N0} characters"),
        QuestionType.Number => Between(q.Minimum?.ToString(English), q.Maximum?.ToString(English)),
        QuestionType.Date => Between(q.Earliest?.ToString("d MMMM yyyy", English), q.Latest?.ToString("d MMMM yyyy", English)),
        QuestionType.Scale when q.Scale is { } s => $"From {s.Low} ({s.LowLabel}) to {s.High} ({s.HighLabel})",
        _ => null,
    };

    /// <summary>Such as <c>“Do you use the library?” is answered “Yes”</c>; without a full stop.</summary>
    public static string Condition(QuestionnaireContent content, DisplayCondition condition) =>
        string.Join(condition.Match == ConditionMatch.All ? ", and " : ", or ", condition.Terms.Select(t => Term(content, t)));

    public static string Term(QuestionnaireContent content, ConditionTerm term)
    {
        var question = content.Find(term.Question);
        var name = question is null ? $"question {term.Question}, which is no longer there," : $"“{question.Text}”";
        var choices = string.Join(" or ", (term.Options ?? []).Select(o => $"“{LabelOf(question, o)}”"));
        return term.Test switch
        {
            ConditionTest.Answered => $"{name} is answered",
            ConditionTest.NotAnswered => $"{name} is not answered",
            ConditionTest.AnyOf => $"{name} is answered {choices}",
            _ => $"{name} is not answered {choices}",
        };
    }

    /// <summary>What somebody can choose from: the options, or the points of a scale; empty for the other types.</summary>
    public static IReadOnlyList<QuestionOption> Choices(Question question) => question.Type switch
    {
        QuestionType.Single or QuestionType.Multiple => question.Options ?? [],
        QuestionType.Scale when question.Scale is { } s => [.. Enumerable.Range(s.Low, s.High - s.Low + 1).Select(n => n.ToString(CultureInfo.InvariantCulture))
            .Select(n => new QuestionOption(n, n == s.Low.ToString(CultureInfo.InvariantCulture) ? $"{n} ({s.LowLabel})" : n == s.High.ToString(CultureInfo.InvariantCulture) ? $"{n} ({s.HighLabel})" : n))],
        _ => [],
    };

    /// <summary>Where a fault lies, from its path in the content: <c>On page 2, “Why?”</c>; null for the questionnaire as a whole.</summary>
    public static string? Where(QuestionnaireContent content, string path)
    {
        var match = Place.Match(path);
        if (!match.Success || Number(match, "page") is not { } page || page >= content.Pages.Count)
        {
            return null;
        }

        return Number(match, "question") is { } question && question < content.Pages[page].Questions.Count
            ? $"On page {page + 1}, “{content.Pages[page].Questions[question].Text}”"
            : $"Page {page + 1}, “{content.Pages[page].Title}”";
    }

    private static int? Number(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string LabelOf(Question? question, string code) =>
        (question is null ? null : Choices(question).FirstOrDefault(o => o.Code == code)?.Label) ?? code;

    private static string? Between(string? low, string? high) => (low, high) switch
    {
        (null, null) => null,
        (_, null) => $"From {low}",
        (null, _) => $"Up to {high}",
        _ => $"From {low} to {high}",
    };
}
