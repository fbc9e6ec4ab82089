using Engagement.Participation.Domain.Questions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>One part of a condition as it is chosen: an earlier question, and what its answer must be.</summary>
public sealed class TermForm
{
    public string? Question { get; set; }

    public ConditionTest? Test { get; set; }

    public List<string> Options { get; set; } = [];

    /// <summary>What was chosen; null with the reason in the model state.</summary>
    /// <param name="prefix">Of the fields' names: <c>Term.</c>.</param>
    public ConditionTerm? Read(Question on, ModelStateDictionary state, string prefix)
    {
        var choices = QuestionnaireWords.Choices(on);
        var test = choices.Count == 0 && Test is ConditionTest.AnyOf or ConditionTest.NoneOf ? null : Test;
        var needsOptions = test is ConditionTest.AnyOf or ConditionTest.NoneOf;
        if (test is null)
        {
            state.AddModelError(prefix + nameof(Test), "Choose what the answer must be.");
        }
        else if (needsOptions && Options.Count == 0)
        {
            state.AddModelError(prefix + nameof(Options), "Choose at least one answer.");
        }
        else
        {
            return new ConditionTerm(on.Code, test.Value, needsOptions ? Options : null);
        }

        return null;
    }
}

/// <param name="On">The earlier question that was chosen.</param>
public sealed record TermFields(TermForm Term, Question On);
