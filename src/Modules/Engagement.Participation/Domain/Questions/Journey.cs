namespace Engagement.Participation.Domain.Questions;

/// <summary>
/// One person's way through a questionnaire, page by page, by the answers given so far. Routing is the answer sheet's; this
/// says where in it somebody stands.
/// </summary>
/// <param name="Pages">Those that are shown, in order; after an exit there are none.</param>
/// <param name="Exit">Where the form ends early, after the last of the pages; null where it goes to its end.</param>
public sealed record Journey(IReadOnlyList<JourneyPage> Pages, ExitPage? Exit)
{
    /// <summary>The first page that needs an answer or a correction; null where every page is complete.</summary>
    public int? FirstIncomplete => Pages.FirstOrDefault(p => p.Problems.Count > 0)?.Number;

    public JourneyPage? Find(int number) => Pages.FirstOrDefault(p => p.Number == number);

    public int? Before(int number) => Pages.LastOrDefault(p => p.Number < number)?.Number;

    public int? After(int number) => Pages.FirstOrDefault(p => p.Number > number)?.Number;

    internal static Journey Of(QuestionnaireContent content, IReadOnlyDictionary<string, AnswerValue> answers)
    {
        var sheet = AnswerSheet.Check(content, Known(content, answers));
        var pages = new List<JourneyPage>(content.Pages.Count);
        var asked = 0;
        foreach (var (index, page) in content.Pages.Index())
        {
            // What was asked stands in the order of the questionnaire.
            var shown = new List<string>(page.Questions.Count);
            foreach (var question in page.Questions)
            {
                if (asked < sheet.Asked.Count && sheet.Asked[asked] == question.Code)
                {
                    shown.Add(question.Code);
                    asked++;
                }
            }

            if (shown.Count > 0)
            {
                pages.Add(new JourneyPage(index + 1, shown, [.. sheet.Problems.Where(p => shown.Contains(p.Question)).Select(p => new JourneyProblem(p.Question, p.Message))]));
            }
        }

        return new Journey(pages, sheet.Exit);
    }

    /// <summary>A question of an earlier version that is asked no more has no place here.</summary>
    internal static Dictionary<string, AnswerValue?> Known(QuestionnaireContent content, IReadOnlyDictionary<string, AnswerValue> answers) =>
        content.Questions.Where(q => answers.ContainsKey(q.Code)).ToDictionary(q => q.Code, q => (AnswerValue?)answers[q.Code], StringComparer.Ordinal);
}

/// <param name="Number">Of the page in the questionnaire, from 1: the last part of its address.</param>
/// <param name="Questions">Codes of the questions that are shown on it, in order.</param>
/// <param name="Problems">What needs an answer or a correction.</param>
public sealed record JourneyPage(int Number, IReadOnlyList<string> Questions, IReadOnlyList<JourneyProblem> Problems);

/// <param name="Question">The question's code.</param>
public sealed record JourneyProblem(string Question, string Message);
