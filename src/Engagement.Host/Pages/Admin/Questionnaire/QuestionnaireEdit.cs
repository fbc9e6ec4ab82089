using System.Globalization;
using System.Text;
using Engagement.Participation.Domain.Questions;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>Changes of a questionnaire's content as an officer makes them. Whether the result makes sense is for the questionnaire's own check to say.</summary>
internal static class QuestionnaireEdit
{
    private const int LongestCode = 30;

    /// <summary>Places count from 0; null where there is no such question.</summary>
    public static (int Page, int Question)? PlaceOf(this QuestionnaireContent content, string? code)
    {
        for (var p = 0; p < content.Pages.Count; p++)
        {
            for (var q = 0; q < content.Pages[p].Questions.Count; q++)
            {
                if (content.Pages[p].Questions[q].Code == code)
                {
                    return (p, q);
                }
            }
        }

        return null;
    }

    public static Question? Find(this QuestionnaireContent content, string? code) => content.Questions.FirstOrDefault(q => q.Code == code);

    public static QuestionnaireContent WithPage(this QuestionnaireContent content, int page, QuestionnairePage changed) =>
        content with { Pages = [.. content.Pages.Select((p, i) => i == page ? changed : p)] };

    /// <summary>The question in the place of the one with this code. Where its code or those of its options change, every condition follows.</summary>
    /// <param name="options">From old to new codes of its options.</param>
    public static QuestionnaireContent Replace(
        this QuestionnaireContent content, string code, Question question, IReadOnlyDictionary<string, string>? options = null)
    {
        var replaced = content.EachQuestion(q => q.Code == code ? question : q);
        return question.Code == code && options?.Any(o => o.Key != o.Value) != true ? replaced : replaced.EachCondition(c => c with
        {
            Terms =
            [
                .. c.Terms.Select(t => t.Question != code ? t : t with
                {
                    Question = question.Code,
                    Options = t.Options is null ? null : [.. t.Options.Select(o => options?.GetValueOrDefault(o) ?? o)],
                }),
            ],
        });
    }

    /// <summary>The question at the end of a page, counted from 0; of a page that is not there yet with this title.</summary>
    public static QuestionnaireContent Append(this QuestionnaireContent content, int page, string newPageTitle, Question question) =>
        page < content.Pages.Count
            ? content.WithPage(page, content.Pages[page] with { Questions = [.. content.Pages[page].Questions, question] })
            : content with { Pages = [.. content.Pages, new QuestionnairePage(newPageTitle, [question])] };

    /// <summary>Without the question; a page that is left without any goes too.</summary>
    public static QuestionnaireContent Remove(this QuestionnaireContent content, string code) => content with
    {
        Pages =
        [
            .. content.Pages.Select(p => p with { Questions = [.. p.Questions.Where(q => q.Code != code)] }).Where(p => p.Questions.Count > 0),
        ],
    };

    public static QuestionnaireContent RemovePage(this QuestionnaireContent content, int page) =>
        content with { Pages = [.. content.Pages.Where((_, i) => i != page)] };

    /// <summary>
    /// One place earlier or later: from the edge of a page onto the neighbouring one. The only question of a page takes its page with it, for
    /// a page has at least one question.
    /// </summary>
    public static QuestionnaireContent Move(this QuestionnaireContent content, string code, bool up)
    {
        if (content.PlaceOf(code) is not var (page, index))
        {
            return content;
        }

        var questions = content.Pages[page].Questions;
        var target = index + (up ? -1 : 1);
        if (target >= 0 && target < questions.Count)
        {
            return content.WithPage(page, content.Pages[page] with { Questions = Swapped(questions, index, target) });
        }

        var neighbour = page + (up ? -1 : 1);
        if (neighbour < 0 || neighbour >= content.Pages.Count)
        {
            return content;
        }

        if (questions.Count == 1)
        {
            return content.MovePage(page, up);
        }

        var moved = questions[index];
        var other = content.Pages[neighbour];
        return content
            .WithPage(page, content.Pages[page] with { Questions = [.. questions.Where(q => q.Code != code)] })
            .WithPage(neighbour, other with { Questions = up ? [.. other.Questions, moved] : [moved, .. other.Questions] });
    }

    public static QuestionnaireContent MoveToPage(this QuestionnaireContent content, string code, int page)
    {
        if (content.PlaceOf(code) is not var (from, _) || from == page || page >= content.Pages.Count)
        {
            return content;
        }

        // The page is found again by itself: taking the only question of an earlier page away shifts the numbers.
        var question = content.Find(code)!;
        var target = content.Pages[page];
        var extended = target with { Questions = [.. target.Questions, question] };
        var without = content.Pages.Select((p, i) => i == page ? extended : p with { Questions = [.. p.Questions.Where(q => q.Code != code)] });
        return content with { Pages = [.. without.Where(p => p.Questions.Count > 0)] };
    }

    public static QuestionnaireContent MovePage(this QuestionnaireContent content, int page, bool up)
    {
        var target = page + (up ? -1 : 1);
        return target < 0 || target >= content.Pages.Count ? content : content with { Pages = Swapped(content.Pages, page, target) };
    }

    /// <summary>A second one after the question, with a code of its own.</summary>
    public static QuestionnaireContent Duplicate(this QuestionnaireContent content, string code)
    {
        if (content.PlaceOf(code) is not var (page, index))
        {
            return content;
        }

        List<Question> questions = [.. content.Pages[page].Questions];
        questions.Insert(index + 1, questions[index] with { Code = content.NextCode() });
        return content.WithPage(page, content.Pages[page] with { Questions = questions });
    }

    /// <summary>The next free code of a question: <c>q7</c>.</summary>
    public static string NextCode(this QuestionnaireContent content)
    {
        var highest = content.Questions
            .Select(q => q.Code.StartsWith('q') && int.TryParse(q.Code.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .DefaultIfEmpty()
            .Max();
        return string.Create(CultureInfo.InvariantCulture, $"q{highest + 1}");
    }

    /// <summary>A code made of what an option says: lower-case letters, digits and hyphens, unlike those that are taken.</summary>
    public static string CodeOf(string label, ICollection<string> taken)
    {
        var code = new StringBuilder();
        foreach (var c in label.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                code.Append(c);
            }
            else if (code.Length > 0 && code[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && c != '\'' && c != '’')
            {
                code.Append('-');
            }
        }

        var whole = code.ToString().Trim('-');
        var stem = whole.Length == 0 ? "option" : whole.Length <= LongestCode ? whole : whole[..LongestCode].Trim('-');
        var free = stem;
        for (var n = 2; taken.Contains(free); n++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{n}");
            free = stem[..Math.Min(stem.Length, LongestCode - suffix.Length)].TrimEnd('-') + suffix;
        }

        return free;
    }

    private static QuestionnaireContent EachQuestion(this QuestionnaireContent content, Func<Question, Question> change) =>
        content with { Pages = [.. content.Pages.Select(p => p with { Questions = [.. p.Questions.Select(change)] })] };

    private static QuestionnaireContent EachCondition(this QuestionnaireContent content, Func<DisplayCondition, DisplayCondition> change) => content with
    {
        Pages =
        [
            .. content.Pages.Select(p => p with
            {
                ShowWhen = p.ShowWhen is null ? null : change(p.ShowWhen),
                Exits = p.Exits is null ? null : [.. p.Exits.Select(e => e with { When = change(e.When) })],
                Questions = [.. p.Questions.Select(q => q.ShowWhen is null ? q : q with { ShowWhen = change(q.ShowWhen) })],
            }),
        ],
    };

    private static List<T> Swapped<T>(IReadOnlyList<T> list, int one, int other)
    {
        List<T> swapped = [.. list];
        (swapped[one], swapped[other]) = (swapped[other], swapped[one]);
        return swapped;
    }
}
