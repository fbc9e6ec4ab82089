using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>The equality questions on one page: the same after a response and from a receipt.</summary>
/// <param name="Answers">Those that are kept already; null where none are.</param>
/// <param name="SkipAddress">Where "No, skip" leads.</param>
public sealed record EqualityForm(
    EqualityQuestions Questions, IReadOnlyDictionary<string, AnswerValue>? Answers, IReadOnlyDictionary<string, AnswerValue?>? Typed, EqualityAnswers Kept, string SkipAddress)
{
    public AnswerValue? Shown(string question) => Typed is not null ? Typed.GetValueOrDefault(question) : Answers?.GetValueOrDefault(question);

    /// <summary>All of them stand on one page, so a question that not everybody is asked says whom it is for; what does not apply is not kept.</summary>
    public Question WithCondition(Question question)
    {
        if (question.ShowWhen?.Terms is not [{ Options: { } options } term])
        {
            return question;
        }

        var about = Questions.Questions.Single(q => q.Code == term.Question);
        var chosen = string.Join(" or ", about.Choices().Where(o => options.Contains(o.Code, StringComparer.Ordinal)).Select(o => $"\"{o.Label}\""));
        var whom = term.Test == ConditionTest.AnyOf ? $"Answer this only if you chose {chosen} for: {about.Text}" : $"Leave this out if you chose {chosen} for: {about.Text}";
        return question with { Hint = question.Hint is null ? whom : $"{question.Hint}. {whom}" };
    }

    public static async Task<EqualityForm> Load(
        IMediator mediator, string receipt, EqualityAnswers kept, string skipAddress, IReadOnlyDictionary<string, AnswerValue?>? typed, CancellationToken cancellationToken) => new(
        await mediator.Send(new ShowEqualityQuestions(), cancellationToken),
        await mediator.Send(new ShowOwnEqualityAnswers(receipt), cancellationToken),
        typed,
        kept,
        skipAddress);

    /// <returns>What was typed; null where it has been kept.</returns>
    public static async Task<IReadOnlyDictionary<string, AnswerValue?>?> Save(PageModel page, IMediator mediator, string receipt, DateTimeOffset arrivedAt, CancellationToken cancellationToken)
    {
        var questions = (await mediator.Send(new ShowEqualityQuestions(), cancellationToken)).Questions;
        var typed = AnswerForm.Read(page.Request.Form, questions);
        var sent = await page.SendOrShowErrors(
            mediator, new SaveEqualityAnswers(receipt, arrivedAt, typed), cancellationToken,
            member => member.StartsWith("answers.", StringComparison.OrdinalIgnoreCase) ? AnswerForm.NameOf(member["answers.".Length..]) : null);
        return sent.Succeeded ? null : typed;
    }
}
