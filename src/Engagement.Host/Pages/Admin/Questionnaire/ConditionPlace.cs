using Engagement.Participation.Domain.Questions;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>What a condition decides about: a question, a page, or an exit of a page.</summary>
/// <param name="Question">The question's code.</param>
/// <param name="Part">The page's number from 1.</param>
/// <param name="Exit">The exit's number on its page, from 1.</param>
public sealed record ConditionPlace(string? Question, int? Part, int? Exit)
{
    public string Query => Question is not null ? $"question={Question}" : Exit is null ? $"part={Part}" : $"part={Part}&exit={Exit}";

    internal bool IsIn(QuestionnaireContent content) => Question is not null
        ? content.Find(Question) is not null
        : Part >= 1 && Part <= content.Pages.Count && (Exit is null || (Exit >= 1 && Exit <= content.Pages[Part.Value - 1].Exits?.Count));

    internal string Name(QuestionnaireContent content) => Question is not null
        ? $"The question “{content.Find(Question)!.Text}”"
        : Exit is null ? $"Page {Part}, “{Page(content).Title}”," : $"The exit “{Page(content).Exits![Exit.Value - 1].Title}”";

    internal DisplayCondition? Of(QuestionnaireContent content) => Question is not null
        ? content.Find(Question)!.ShowWhen
        : Exit is null ? Page(content).ShowWhen : Page(content).Exits![Exit.Value - 1].When;

    /// <summary>The questions on which the condition can rest: those before the place; of an exit those of its own page too.</summary>
    internal IReadOnlyList<Question> Earlier(QuestionnaireContent content) => Question is not null
        ? [.. content.Questions.TakeWhile(q => q.Code != Question)]
        : [.. content.Pages.Take(Exit is null ? Part!.Value - 1 : Part!.Value).SelectMany(p => p.Questions)];

    internal QuestionnaireContent With(QuestionnaireContent content, DisplayCondition? condition)
    {
        if (Question is not null)
        {
            return content.Replace(Question, content.Find(Question)! with { ShowWhen = condition });
        }

        var page = Page(content);
        return content.WithPage(Part!.Value - 1, Exit is null
            ? page with { ShowWhen = condition }
            : page with { Exits = [.. page.Exits!.Select((e, i) => i == Exit - 1 ? e with { When = condition! } : e)] });
    }

    private QuestionnairePage Page(QuestionnaireContent content) => content.Pages[Part!.Value - 1];
}
