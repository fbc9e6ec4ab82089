namespace Engagement.Participation.Domain.Questions;

/// <param name="Question">The question's code, as it was sent.</param>
internal sealed record AnswerProblem(string Question, string Message);

/// <summary>
/// The answers of one response, checked against one version of the questionnaire. Routing is evaluated here and nowhere else:
/// an answer to a question that is not shown is dropped, and every later condition sees the question as not answered.
/// </summary>
internal sealed class AnswerSheet
{
    private readonly Dictionary<string, AnswerValue> answers = new(StringComparer.Ordinal);
    private readonly List<string> asked = [];
    private readonly List<AnswerProblem> problems = [];

    private AnswerSheet()
    {
    }

    /// <summary>By question code, normalised; questions without an answer are absent.</summary>
    public IReadOnlyDictionary<string, AnswerValue> Answers => answers;

    /// <summary>Codes of the questions that were put to the participant, in order.</summary>
    public IReadOnlyList<string> Asked => asked;

    public IReadOnlyList<AnswerProblem> Problems => problems;

    /// <summary>Where the form ended early: what comes after it was not asked. Null where it went to its end.</summary>
    public ExitPage? Exit { get; private set; }

    /// <param name="sent">By question code; null, an empty text or an empty list is no answer.</param>
    /// <param name="mayBeIncomplete">
    /// On paper nobody stops a person from leaving a question out, and the council may not throw the response away for it: what
    /// is required then need not be there, and no exit ends the form.
    /// </param>
    public static AnswerSheet Check(QuestionnaireContent content, IReadOnlyDictionary<string, AnswerValue?> sent, bool mayBeIncomplete = false)
    {
        var sheet = new AnswerSheet();
        var known = content.Questions.Select(q => q.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var page in content.Pages.Where(p => sheet.Holds(p.ShowWhen)))
        {
            foreach (var question in page.Questions.Where(q => sheet.Holds(q.ShowWhen)))
            {
                sheet.asked.Add(question.Code);
                sheet.Take(question, sent.GetValueOrDefault(question.Code), mayBeIncomplete);
            }

            // What needs correcting is corrected first: a missing answer is no reason to send anybody away.
            if (!mayBeIncomplete && sheet.problems.Count == 0 && page.Exits?.FirstOrDefault(e => sheet.Holds(e.When)) is { } exit)
            {
                sheet.Exit = exit;
                break;
            }
        }

        sheet.problems.AddRange(sent.Keys.Where(code => !known.Contains(code)).Take(20)
            .Select(code => new AnswerProblem(code.Length <= 30 ? code : code[..30], "There is no question with this code")));
        return sheet;
    }

    private void Take(Question question, AnswerValue? sent, bool mayBeIncomplete)
    {
        if (sent is null || sent.IsEmpty)
        {
            if (question.Required && !mayBeIncomplete)
            {
                problems.Add(new AnswerProblem(question.Code, AnswerRules.WhenMissing(question)));
            }

            return;
        }

        var (value, problem) = AnswerRules.Check(question, sent);
        if (problem is not null)
        {
            problems.Add(new AnswerProblem(question.Code, problem));
        }
        else if (value is not null)
        {
            answers.Add(question.Code, value);
        }
    }

    private bool Holds(DisplayCondition? condition) => condition is null
        || (condition.Match == ConditionMatch.All ? condition.Terms.All(Holds) : condition.Terms.Any(Holds));

    private bool Holds(ConditionTerm term)
    {
        var answer = answers.GetValueOrDefault(term.Question);
        return term.Test switch
        {
            ConditionTest.Answered => answer is not null,
            ConditionTest.NotAnswered => answer is null,
            ConditionTest.AnyOf => ChosenIn(answer).Intersect(term.Options ?? [], StringComparer.Ordinal).Any(),
            _ => !ChosenIn(answer).Intersect(term.Options ?? [], StringComparer.Ordinal).Any(),
        };
    }

    private static IEnumerable<string> ChosenIn(AnswerValue? answer) =>
        answer is null ? []
        : answer.List is { } list ? list
        : answer.Number is { } number ? [Scale.Code((int)number)]
        : [answer.Text!];
}
