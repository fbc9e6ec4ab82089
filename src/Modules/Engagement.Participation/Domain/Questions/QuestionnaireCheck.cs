using System.Globalization;
using System.Text.RegularExpressions;

namespace Engagement.Participation.Domain.Questions;

/// <param name="Path">Where, such as <c>pages[0].questions[2].options</c>.</param>
internal sealed record DesignProblem(string Path, string Message);

/// <summary>Finds what would make a questionnaire unanswerable or its answers unusable, before anybody approves it.</summary>
internal sealed class QuestionnaireCheck
{
    public const int MostPages = 50;
    public const int MostQuestions = 200;
    public const int MostOptions = 200;
    public const int LongestWording = 2_000;
    public const int MostFacts = 10;
    public const int MostExits = 10;
    private const int LongestFact = 5_000;
    private const int LongestName = 200;

    // Without backtracking there is nothing to set a time limit for, which a busy machine would pass by accident.
    private static readonly Regex CodePattern = new("^[a-z0-9][a-z0-9_-]{0,29}\\z", RegexOptions.NonBacktracking);

    private readonly List<DesignProblem> problems = [];

    /// <summary>The questions before the place that is being looked at: all that a condition may rest on.</summary>
    private readonly Dictionary<string, Question> earlier = new(StringComparer.Ordinal);

    private readonly HashSet<string> all = new(StringComparer.Ordinal);

    private QuestionnaireCheck()
    {
    }

    public static IReadOnlyList<DesignProblem> Of(QuestionnaireContent content)
    {
        var check = new QuestionnaireCheck();
        if (HasGap(content))
        {
            check.Add("pages", "A list has an entry that is null. Take it out");
            return check.problems;
        }

        check.Check(content);
        return check.problems;
    }

    /// <summary>JSON allows null between the entries of a list; nothing below expects it.</summary>
    private static bool HasGap(QuestionnaireContent content) =>
        content.Pages.Any(p => p is null || HasGap(p.ShowWhen) || HasGap(p.Facts) || p.Exits?.Any(e => e is null || HasGap(e.When)) == true || p.Questions.Any(q =>
            q is null || HasGap(q.ShowWhen) || HasGap(q.Facts) || q.Options?.Any(o => o is null) == true));

    private static bool HasGap(IReadOnlyList<Fact>? facts) => facts?.Any(f => f is null || f.Documents?.Any(d => d is null) == true) == true;

    private static bool HasGap(DisplayCondition? condition) =>
        condition?.Terms.Any(t => t is null || t.Options?.Any(o => o is null) == true) == true;

    private void Check(QuestionnaireContent content)
    {
        OptionalWording("introduction", content.Introduction);
        OptionalWording("privacyNotice", content.PrivacyNotice, 20_000);
        Range("pages", content.Pages.Count, 1, MostPages, "pages");
        if (content.Questions.Count() > MostQuestions)
        {
            Add("pages", $"A questionnaire can have at most {MostQuestions} questions");
        }

        all.UnionWith(content.Questions.Select(q => q.Code));
        for (var p = 0; p < content.Pages.Count; p++)
        {
            var page = content.Pages[p];
            Wording($"pages[{p}].title", page.Title, "Enter the page's title");
            OptionalWording($"pages[{p}].introduction", page.Introduction);
            Condition($"pages[{p}].showWhen", page.ShowWhen);
            Facts($"pages[{p}].facts", page.Facts);
            if (page.Questions.Count == 0)
            {
                Add($"pages[{p}].questions", "A page needs at least one question");
            }

            for (var q = 0; q < page.Questions.Count; q++)
            {
                Check($"pages[{p}].questions[{q}]", page.Questions[q]);
            }

            Exits($"pages[{p}].exits", page.Exits ?? []);
        }
    }

    private void Check(string path, Question question)
    {
        Code($"{path}.code", question.Code);
        Wording($"{path}.text", question.Text, "Enter the question");
        OptionalWording($"{path}.hint", question.Hint);
        Condition($"{path}.showWhen", question.ShowWhen);
        Facts($"{path}.facts", question.Facts);
        switch (question.Type)
        {
            case QuestionType.Single or QuestionType.Multiple:
                Options(path, question);
                break;
            case QuestionType.ShortText or QuestionType.LongText:
                Range($"{path}.maximumLength", question.LengthLimit(), 1, Question.LongestText, "characters");
                break;
            case QuestionType.Number:
                Range($"{path}.decimals", question.Decimals ?? 0, 0, 6, "decimals");
                Order($"{path}.maximum", question.Minimum, question.Maximum);
                break;
            case QuestionType.Date:
                Order($"{path}.latest", question.Earliest, question.Latest);
                break;
            case QuestionType.Scale:
                Points($"{path}.scale", question.Scale);
                break;
            default:
                throw new InvalidOperationException($"A question of type {question.Type} is not known.");
        }

        OnlyWhatBelongs(path, question);
        if (!earlier.TryAdd(question.Code, question))
        {
            Add($"{path}.code", $"The code {Shown(question.Code)} is used more than once. Give each question a code of its own");
        }
    }

    private void Facts(string path, IReadOnlyList<Fact>? facts)
    {
        if (facts is null)
        {
            return;
        }

        Range(path, facts.Count, 1, MostFacts, "facts");
        for (var f = 0; f < facts.Count; f++)
        {
            var fact = facts[f];
            Wording($"{path}[{f}].title", fact.Title, "Enter what the fact is about", LongestName);
            OptionalWording($"{path}[{f}].text", fact.Text, LongestFact);
            if (string.IsNullOrWhiteSpace(fact.Text) && fact.Documents is not { Count: > 0 })
            {
                Add($"{path}[{f}].text", "Enter the fact, or name a document that says it");
            }

            for (var d = 0; d < fact.Documents?.Count; d++)
            {
                Wording($"{path}[{f}].documents[{d}]", fact.Documents[d], "Enter the document's name", LongestName);
            }
        }
    }

    private void Exits(string path, IReadOnlyList<ExitPage> exits)
    {
        if (exits.Count > MostExits)
        {
            Add(path, $"A page can have at most {MostExits} exits");
        }

        for (var e = 0; e < exits.Count; e++)
        {
            var exit = exits[e];
            Wording($"{path}[{e}].title", exit.Title, "Enter the heading of the exit page", LongestName);
            Wording($"{path}[{e}].text", exit.Text, "Enter why the form is not for this person", LongestFact);
            Wording($"{path}[{e}].nextStep", exit.NextStep, "Enter what this person can do instead");
            Condition($"{path}[{e}].when", exit.When);
            if (exit.Link is { } link)
            {
                Wording($"{path}[{e}].link.text", link.Text, "Enter what the link says", LongestName);
                if (!link.IsSafe())
                {
                    Add($"{path}[{e}].link.address", "Enter an address that begins with https://, mailto: or tel:");
                }
            }
        }
    }

    private void Options(string path, Question question)
    {
        var options = question.Options ?? [];
        Range($"{path}.options", options.Count, 2, MostOptions, "options");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var o = 0; o < options.Count; o++)
        {
            Code($"{path}.options[{o}].code", options[o].Code);
            Wording($"{path}.options[{o}].label", options[o].Label, "Enter what the option says");
            if (!codes.Add(options[o].Code))
            {
                Add($"{path}.options[{o}].code", $"The code {Shown(options[o].Code)} is used more than once. Give each option a code of its own");
            }
        }

        if (question.Type == QuestionType.Multiple)
        {
            Range($"{path}.minimumChoices", question.MinimumChoices ?? 1, 1, Math.Max(options.Count, 1), "choices");
            Range($"{path}.maximumChoices", question.MaximumChoices ?? Math.Max(options.Count, 1), question.MinimumChoices ?? 1, Math.Max(options.Count, 1), "choices");
        }
    }

    private void Points(string path, Scale? scale)
    {
        if (scale is null)
        {
            Add(path, "A scale needs its lowest and highest point, each with a label");
            return;
        }

        Wording($"{path}.lowLabel", scale.LowLabel, "Enter what the lowest point means");
        Wording($"{path}.highLabel", scale.HighLabel, "Enter what the highest point means");

        if (!scale.IsSound())
        {
            Add($"{path}.high", $"A scale has from 2 to {Scale.MostPoints} points, the highest above the lowest");
        }
    }

    private void OnlyWhatBelongs(string path, Question q)
    {
        var choice = q.Type is QuestionType.Single or QuestionType.Multiple;
        var text = q.Type is QuestionType.ShortText or QuestionType.LongText;
        Belongs($"{path}.options", q.Options is null || choice);
        Belongs($"{path}.minimumChoices", q.MinimumChoices is null || q.Type == QuestionType.Multiple);
        Belongs($"{path}.maximumChoices", q.MaximumChoices is null || q.Type == QuestionType.Multiple);
        Belongs($"{path}.maximumLength", q.MaximumLength is null || text);
        Belongs($"{path}.minimum", q.Minimum is null || q.Type == QuestionType.Number);
        Belongs($"{path}.maximum", q.Maximum is null || q.Type == QuestionType.Number);
        Belongs($"{path}.decimals", q.Decimals is null || q.Type == QuestionType.Number);
        Belongs($"{path}.earliest", q.Earliest is null || q.Type == QuestionType.Date);
        Belongs($"{path}.latest", q.Latest is null || q.Type == QuestionType.Date);
        Belongs($"{path}.scale", q.Scale is null || q.Type == QuestionType.Scale);
    }

    private void Condition(string path, DisplayCondition? condition)
    {
        if (condition is null)
        {
            return;
        }

        Range($"{path}.terms", condition.Terms.Count, 1, 20, "terms");
        for (var t = 0; t < condition.Terms.Count; t++)
        {
            Term($"{path}.terms[{t}]", condition.Terms[t]);
        }
    }

    private void Term(string path, ConditionTerm term)
    {
        if (!earlier.TryGetValue(term.Question, out var target))
        {
            Add($"{path}.question", all.Contains(term.Question)
                ? $"{Shown(term.Question)} does not come before this place. A condition can rest on earlier questions only"
                : $"There is no question with the code {Shown(term.Question)}");
            return;
        }

        var needsOptions = term.Test is ConditionTest.AnyOf or ConditionTest.NoneOf;
        if (!needsOptions)
        {
            Belongs($"{path}.options", term.Options is null);
            return;
        }

        var known = target.Choices().Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        if (known.Count == 0)
        {
            Add($"{path}.test", $"{Shown(term.Question)} has no options to choose from. Ask whether it is answered instead");
        }
        else if (term.Options is not { Count: > 0 })
        {
            Add($"{path}.options", "Name at least one option");
        }
        else if (term.Options.FirstOrDefault(o => !known.Contains(o)) is { } unknown)
        {
            Add($"{path}.options", $"{Shown(term.Question)} has no option {Shown(unknown)}");
        }
    }

    private void Code(string path, string code)
    {
        if (!CodePattern.IsMatch(code))
        {
            Add(path, "A code has 1 to 30 characters: lower-case letters, digits, hyphens and underscores, beginning with a letter or a digit");
        }
    }

    private void Wording(string path, string text, string whenEmpty, int longest = LongestWording)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(path, whenEmpty);
            return;
        }

        OptionalWording(path, text, longest);
    }

    private void OptionalWording(string path, string? text, int longest = LongestWording)
    {
        if (text?.Length > longest)
        {
            Add(path, string.Create(CultureInfo.InvariantCulture, $"This must be {longest:N0} characters or fewer"));
        }

        if (text?.Any(c => char.IsControl(c) && c is not '\n' and not '\t') == true)
        {
            Add(path, "Take out the control characters; a line ends with a line feed alone");
        }
    }

    private void Range(string path, int value, int least, int most, string what)
    {
        if (value < least || value > most)
        {
            Add(path, $"There must be from {least} to {most} {what}");
        }
    }

    private void Order<T>(string path, T? low, T? high)
        where T : struct, IComparable<T>
    {
        if (low is { } l && high is { } h && h.CompareTo(l) < 0)
        {
            Add(path, "The upper end lies below the lower end");
        }
    }

    private void Belongs(string path, bool fits)
    {
        if (!fits)
        {
            Add(path, "This does not belong here. Take it out");
        }
    }

    private void Add(string path, string message) => problems.Add(new DesignProblem(path, message));

    private static string Shown(string code) => code.Length <= 30 ? code : $"{code[..30]}…";
}
