using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>Asks before a question or a page goes.</summary>
[Authorize("participation:write")]
public sealed class DeleteModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    [FromQuery(Name = "question")]
    public string? QuestionCode { get; set; }

    [FromQuery(Name = "part")]
    public int? Part { get; set; }

    public ConditionPlace Place => new(QuestionCode, Part, null);

    /// <summary>The questions that would go.</summary>
    public IReadOnlyList<Question> Going => QuestionCode is not null ? [Asked.Find(QuestionCode)!] : Asked.Pages[Part!.Value - 1].Questions;

    /// <summary>The page goes with its only question.</summary>
    public QuestionnairePage? PageGoing => QuestionCode is null
        ? Asked.Pages[Part!.Value - 1]
        : Asked.Pages.FirstOrDefault(p => p.Questions is [{ } only] && only.Code == QuestionCode);

    public bool IsLast => PageGoing is not null && Asked.Pages.Count == 1;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return !Place.IsIn(Asked) ? NotFound() : CanBeEdited ? Page() : BackTo();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!Place.IsIn(Asked))
        {
            return BackTo();
        }

        var content = QuestionCode is null ? Asked.RemovePage(Part!.Value - 1) : Asked.Remove(QuestionCode);
        var done = QuestionCode is null ? $"Page “{PageGoing!.Title}” is deleted" : $"The question “{Going[0].Text}” is deleted";
        return await Save(content, done, cancellationToken) ? BackTo() : Page();
    }
}
